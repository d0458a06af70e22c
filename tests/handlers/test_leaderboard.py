from tests.handlers.town import Town


def with_four_on_the_board(town: Town) -> None:
    """Only members rank in Slack: join those whom Slack knows, and show them."""
    town.joins("U_ANIA", "U_PIOTR")


def test_a_board_of_few_has_no_ranks(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=4)
    town.uses("northwind", "marek", times=4, days=8)
    reply = town.types("U_ANIA", "/leaderboard")
    assert reply.only_visible_to_them
    assert reply.text == (
        "*Northwind, 9–15 March: 60 points together.*\n"
        "Goal, Onboarding workshop: 120 of 3,000.\n"
        "Ranks begin when four people chose to be on the board.\n"
        "You: *60 points*.\n"
        "Today · This month · All time\n"
        "Only you see this."
    )


def test_a_period_is_a_word_or_a_press(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=2, days=8)
    typed = town.types("U_ANIA", "/leaderboard month")
    assert typed.text.startswith("*Northwind, March 2026: 30 points together")
    pressed = town.presses(town.types("U_ANIA", "/leaderboard"), "This month")
    assert pressed.text == typed.text
    assert town.types("U_ANIA", "/leaderboard last week").text.startswith("*Northwind, 2–8 March: 30 points together")


def test_a_chart_of_no_ranks_is_refused_in_words(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania")
    town.types("U_ANIA", "/leaderboard chart")
    said = town.driver.waits_for_message("C_NORTHWIND", "There is no chart of this", as_="U_ANIA")
    assert said.only_visible_to_them


def test_a_mistyped_period_is_met_with_the_nearest(town: Town) -> None:
    assert "Did you mean `/leaderboard month`?" in town.types("U_ANIA", "/leaderboard mnoth").text
