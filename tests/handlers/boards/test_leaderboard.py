import datetime as dt

import pytest
from slack_sdk import WebClient
from sqlmodel import Session

from leaderboards.boards import Board, BoardRow
from leaderboards.periods import span_of
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.join import choose, join
from loyalty.people.people import open_people
from messages.boards import board as boards
from messages.kit.reader import Reader
from sandbox.driver import Shown
from storage.tables import Account, Person
from tests.support.workspace import NOW, Town

TEAM = {"ania": 9, "piotr": 6, "marek": 5, "ola": 3, "front-desk": 2, "zoe": 1}
"""Who is on the board, with how many reports scheduled this week."""


def on_the_board(town: Town) -> None:
    """Let six people of Northwind join and be shown; Ania by her own presses."""
    northwind = town.accounts["northwind"]
    town.joins("U_ANIA")
    town.presses(town.types("U_ANIA", "/points settings"), "Show me on boards")

    def run(session: Session) -> None:
        people = open_people(session, northwind, list(TEAM), excluded=lambda _: False, now=NOW)
        for external_id, person_id in people.items():
            person = session.get_one(Person, (northwind, person_id))
            person.email = f"{external_id}@northwind.example"
            session.flush()
            user = SlackUser("", "T_ELSEWHERE", f"U_{person_id}")
            if external_id != "ania":
                join(session, northwind, SlackProfile(user=user, email=person.email), now=NOW)
                choose(session, northwind, person_id, boards=True)

    town.database.write({northwind}, run)
    for person, times in TEAM.items():
        town.uses("northwind", person, times=times)


def test_a_board_shows_the_top_third_and_ones_own_place(town: Town) -> None:
    on_the_board(town)
    assert town.types("U_ANIA", "/leaderboard").text == (
        "*Northwind, 9–15 March: 390 points together.*\n"
        "Goal, Onboarding workshop: 390 of 3,000.\n"
        "*1. Ania Nowak 135* (you)\n"
        "2. Piotr Zając 90\n"
        "You: *135 points*, place 1.\n"
        "Today · This month · This quarter · This year · All time\n"
        "The week before · As a chart · My place · My points\n"
        "Only you see this."
    )


def test_a_chart_follows_its_figures_and_is_nobody_elses(town: Town) -> None:
    on_the_board(town)
    reply = town.types("U_ANIA", "/leaderboard week chart")
    assert "2. Piotr Zając 90" in reply.text
    picture = town.driver.waits_for_message("C_NORTHWIND", "Leaderboard. Northwind", as_="U_ANIA")
    assert picture.only_visible_to_them
    assert picture.text == (
        "Leaderboard. Northwind, 9–15 March. 1. Ania Nowak 135; 2. Piotr Zając 90\nOnly you see this."
    )
    assert [block["type"] for block in picture.blocks] == ["image", "context"]
    assert town.driver.messages("C_NORTHWIND", as_="U_EWA") == []


def test_where_the_upload_fails_the_figures_stand_alone(town: Town) -> None:
    on_the_board(town)
    town.driver.orders_trouble("server_error", "files.getUploadURLExternal")
    town.types("U_ANIA", "/leaderboard week chart")
    # That there is no chart may be said before the driver looks what came first.
    assert town.driver.waits_for_message("C_NORTHWIND", "2. Piotr Zając 90", as_="U_ANIA").only_visible_to_them
    said = town.driver.waits_for_message("C_NORTHWIND", "The chart could not be made", as_="U_ANIA")
    assert said.only_visible_to_them


def test_the_mode_team_shows_no_ranks(town: Town) -> None:
    on_the_board(town)

    def switch(session: Session) -> None:
        session.get_one(Account, town.accounts["northwind"]).mode = "team"

    town.database.write({town.accounts["northwind"]}, switch)
    told = town.types("U_ANIA", "/leaderboard").text
    assert "Strong weeks: Ania Nowak 135, Piotr Zając 90, Marek Lis 75." in told
    assert "1. Ania" not in told


def test_a_board_of_few_has_no_ranks(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=4)
    town.uses("northwind", "marek", times=4, days=8)
    reply = town.types("U_ANIA", "/leaderboard")
    assert reply.only_visible_to_them
    assert reply.text == (
        "*Northwind, 9–15 March: 60 points together.*\n"
        "Goal, Onboarding workshop: 120 of 3,000.\n"
        "Ranks begin once four people who chose to be shown have points here.\n"
        "You: *60 points*.\n"
        "Today · This month · This quarter · This year · All time\n"
        "The week before · My place · My points\n"
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


def test_what_a_button_says_can_be_typed(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania")
    labels = "this week", "This month", "this quarter", "this year", "all time", "ten rok", "od początku", "이번 주"
    for label in (*labels, "전체 기간"):
        assert town.types("U_ANIA", f"/leaderboard {label}").text.startswith("*Northwind, "), label


def test_a_chart_of_no_ranks_is_refused_in_words(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania")
    town.types("U_ANIA", "/leaderboard chart")
    said = town.driver.waits_for_message("C_NORTHWIND", "There is no chart of this", as_="U_ANIA")
    assert said.only_visible_to_them


def test_a_mistyped_period_is_met_with_the_nearest(town: Town) -> None:
    assert "Did you mean `/leaderboard month`?" in town.types("U_ANIA", "/leaderboard mnoth").text


def test_me_is_ones_place_and_ones_best(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=3, days=15)
    town.uses("northwind", "ania", times=5)
    assert town.types("U_ANIA", "/leaderboard me").text == (
        "*Northwind, 9–15 March*\n"
        "You: *75 points*.\n"
        "That is your best so far. Before, it was 45 points, 23 February – 1 March.\n"
        "Today · This month · This quarter · This year · All time\n"
        "The week before · Leaderboard · My points\n"
        "Only you see this."
    )
    before = town.types("U_ANIA", "/leaderboard last me").text
    assert before.startswith(
        "*Northwind, 2–8 March*\nYou have no points here yet.\nYour best so far: 45 points, 23 February – 1 March.\n"
        "Today · This week · "
    )


def test_a_best_of_another_year_says_so(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=3, days=80)
    told = town.types("U_ANIA", "/leaderboard me").text
    assert "Your best so far: 45 points, 22–28 December 2025.\n" in told


def test_what_was_asked_of_the_last_week_stays_with_it(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=2, days=8)
    last = town.presses(town.types("U_ANIA", "/leaderboard"), "The week before")
    assert last.text == town.types("U_ANIA", "/leaderboard last week").text
    mine = town.presses(last, "My place")
    assert mine.text.startswith("*Northwind, 2–8 March*\nYou: *30 points*.")
    assert town.presses(mine, "Leaderboard").text == last.text
    assert town.presses(last, "This week").text.startswith("*Northwind, 9–15 March: 0 points together")


def under_a_post(town: Town, day: dt.date, label: str = "My week", *rows: BoardRow) -> Shown:
    """Post a week's board as the bot does, and let Ania press what is under it."""
    board = Board(account="Northwind", mode="team", period="week", span=span_of("week", day), total=1, rows=rows)
    posted = boards.board_message(Reader(), board, {})
    client = WebClient("xoxb-laurels", base_url=f"{town.driver.url}/api/", retry_handlers=[])
    client.chat_postMessage(channel="C_NORTHWIND", text=posted.text, blocks=list(posted.blocks))
    shown = town.driver.waits_for_message("C_NORTHWIND", posted.text.splitlines()[0], as_="U_ANIA")
    return town.presses(shown, label)


def test_my_week_under_a_posted_board_is_the_week_it_was_of_however_long_ago(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=5)
    town.uses("northwind", "ania", times=2, days=8)
    town.uses("northwind", "ania", times=3, days=15)
    told = [under_a_post(town, dt.date(2026, 3, 12) - dt.timedelta(weeks=ago)).text.splitlines() for ago in range(3)]
    assert [lines[:2] for lines in told] == [
        ["*Northwind, 9–15 March*", "You: *75 points*."],
        ["*Northwind, 2–8 March*", "You: *30 points*."],
        ["*Northwind, 23 February – 1 March*", "You: *45 points*."],
    ]
    assert [lines[-3:-1] for lines in told] == [
        ["Today · This month · This quarter · This year · All time", "The week before · Leaderboard · My points"],
        ["Today · This week · This month · This quarter · This year · All time", "Leaderboard · My points"],
        ["Today · This week · This month · This quarter · This year · All time", "My points"],
    ]


def test_the_chart_under_a_posted_board_is_of_the_week_it_was_of(town: Town) -> None:
    on_the_board(town)
    for who, times in TEAM.items():
        town.uses("northwind", who, times=times + 1, days=8)
    shown = under_a_post(town, dt.date(2026, 3, 5), "As a chart", BoardRow(1, "Ania Nowak", 150, None))
    assert shown.text.startswith("*Northwind, 2–8 March*\nYou: *150 points*, place 1.")
    picture = town.driver.waits_for_message("C_NORTHWIND", "Leaderboard. Northwind", as_="U_ANIA")
    assert picture.only_visible_to_them
    assert picture.text.startswith("Leaderboard. Northwind, 2–8 March. 1. Ania Nowak 150; 2. Piotr Zając 105")


@pytest.mark.parametrize("words", ["week me 2026-99-99", "fortnight me 2026-03-09", "week me yesterday"])
def test_a_period_that_there_never_was_is_met_with_help(town: Town, words: str) -> None:
    assert "I don't know" in town.types("U_ANIA", f"/leaderboard {words}").text
