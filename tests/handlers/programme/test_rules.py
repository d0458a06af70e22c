from loyalty.apply_programme import apply_programme
from storage.database import OPERATOR
from tests.support.workspace import NOW, PROGRAMME, Town


def test_rules_are_read_by_anybody_of_the_client(town: Town) -> None:
    assert town.types("U_NEW", "/rules").text == (
        "*Orbit Champions: what earns points*\n"
        "• Report scheduled: 15 points\n"
        "• Dashboard shared: 10 points for the whole team\n"
        "*Badges on the way*\n"
        "• Explorer: 100 points\n"
        "• Onboarding workshop: 3,000 points together\n"
        "Points are a thank-you, never money. Nobody sees yours unless you choose so, and nobody is ever shown last."
        " Each point says where it came from; a mistake is taken back with its reason, never hidden.\n"
        "My points\n"
        "Only you see this."
    )


def test_rules_say_that_points_become_rewards_and_never_money(town: Town) -> None:
    said = "Points become rewards that help you in your work. None of them is money, or can be turned into money."
    assert said not in town.types("U_NEW", "/rules").text
    seat = "{key: seat, kind: training_seat, name: A day, worth: With a trainer, cost: 400, value: 90}"
    text = PROGRAMME + f"value_cap: 100\nrewards: [{seat}]\n"
    town.database.write(
        OPERATOR, lambda session: apply_programme(session, text, author="operator", now=NOW, confirmed=["seat"])
    )
    assert said in town.types("U_NEW", "/rules").text.splitlines()
    town.joins("U_PIOTR")
    assert "nagrody, które pomagają Ci w pracy" in town.types("U_PIOTR", "/rules").text


def test_laurels_is_a_home_for_every_command(town: Town) -> None:
    town.joins("U_ANIA")
    for by_name, plain in (
        ("/laurels points", "/points"),
        ("/laurels points why", "/points why"),
        ("/laurels ranking month", "/leaderboard month"),
        ("/laurels rules", "/rules"),
        ("/laurels settings", "/points settings"),
        ("/laurels points help", "/points help"),
        ("/laurels", "/laurels help"),
    ):
        assert town.types("U_ANIA", by_name).text == town.types("U_ANIA", plain).text
    assert "Did you mean `/laurels points`?" in town.types("U_ANIA", "/laurels piont").text
    assert town.types("U_PIOTR", "/laurels join").text.startswith("*Jesteś w programie.*")


def test_each_command_tells_what_it_knows_and_guesses_what_was_meant(town: Town) -> None:
    for command, word, meant in (
        ("/points", "histroy", "history"),
        ("/leaderboard", "chrat", "chart"),
        ("/rules", "hepl", "help"),
        ("/laurels", "rulse", "rules"),
    ):
        told = town.types("U_ANIA", f"{command} help").text
        assert f"`{command}" in told
        assert f"Did you mean `{command} {meant}`?" in town.types("U_ANIA", f"{command} {word}").text
