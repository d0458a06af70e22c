"""Seasons, from the desk to the boards and back, through the real bot in a local Slack."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session

from loyalty.boards.seasons import Opened, open_season, opened
from loyalty.verify.ledger import verify
from sandbox.driver import Shown
from storage.database import OPERATOR
from storage.tables import Account
from tests.handlers.boards.test_leaderboard import on_the_board
from tests.handlers.desk.test_overview import NOT_YOURS, NOT_YOURS_IN_KOREAN, audited, manager_of, outgoing
from tests.support.workspace import NOW, Town

MARCH = dt.date(2026, 3, 1)


def seasons(town: Town, account: str) -> list[Opened]:
    account_id = town.accounts[account]
    return town.database.read({account_id}, lambda session: opened(session, account_id))


def season(town: Town, starts: dt.date, name: str | None = None, account: str = "northwind") -> None:
    """Let an account have a season, opened out of sight."""
    account_id = town.accounts[account]

    def run(session: Session) -> None:
        open_season(session, account_id, starts=starts, name=name, author="operator", now=NOW)

    town.database.write({account_id}, run)


def opens(town: Town) -> Shown:
    """The window in which a season is opened."""
    assert town.driver.presses(town.types("U_EWA", "/desk"), "Otwórz sezon")
    view = town.driver.view("U_EWA")
    assert view is not None
    return view


def asks(town: Town, **given: str) -> Shown:
    """The window that asks whether it is right."""
    assert town.driver.submits(opens(town), given) == {}
    view = town.driver.view("U_EWA")
    assert view is not None
    return view


def test_a_season_is_looked_at_confirmed_and_announced(town: Town) -> None:
    sure = asks(town, name="  Spring & all ")
    assert sure.title == "Czy się zgadza?"
    assert sure.words[1] == (
        "*A new season: Spring &amp; all.* A fresh start for everyone: it counts what is earned from 1 March on. Your"
        " points stay yours, and the board of all time goes on."
    )
    assert seasons(town, "northwind") == []
    assert town.driver.submits(sure) == {}
    receipt = town.driver.view("U_EWA")
    assert receipt is not None
    assert receipt.words[:2] == ["*Sezon jest otwarty*: Northwind.", "Sezon: Spring &amp; all, początek: marzec 2026."]
    [made] = seasons(town, "northwind")
    assert (made.starts, made.name) == (MARCH, "Spring & all")
    assert seasons(town, "hanbit") == []
    northwind, ewa = town.accounts["northwind"], manager_of(town, "northwind")
    details = {"season": made.id, "starts": "2026-03-01"}
    assert audited(town) == [(northwind, ewa, "season.open", details)]
    assert outgoing(town) == [(northwind, "season", "waiting")]
    assert town.database.read(OPERATOR, lambda session: verify(session, week_starts="monday")) == []


def test_this_month_is_chosen_first_and_months_of_other_seasons_are_not_offered(town: Town) -> None:
    def offered(view: Shown) -> tuple[list[str], str]:
        element = next(block["element"] for block in view.blocks if block.get("block_id") == "month")
        return [each["value"] for each in element["options"]], element["initial_option"]["value"]

    assert offered(opens(town)) == (["2026-02-01", "2026-03-01", "2026-04-01"], "2026-03-01")
    season(town, MARCH)
    assert offered(opens(town)) == (["2026-04-01", "2026-05-01", "2026-06-01"], "2026-04-01")


def test_what_was_opened_meanwhile_is_said_and_nothing_more_is_opened(town: Town) -> None:
    sure = asks(town)
    season(town, MARCH, "Another")
    assert town.driver.submits(sure) == {}
    told = town.driver.view("U_EWA")
    assert told is not None
    assert told.words[0].startswith("Jest już sezon od tego miesiąca")
    assert [each.name for each in seasons(town, "northwind")] == ["Another"]


def test_the_latest_season_is_undone_by_a_press_and_once(town: Town) -> None:
    season(town, MARCH, "Spring")
    season(town, MARCH, account="hanbit")
    desk = town.types("U_EWA", "/desk")
    assert "Sezon: Spring, początek: marzec 2026." in desk.words
    assert town.presses(desk, "Wycofaj sezon").text.startswith("*Sezon wycofano.*")
    assert town.presses(desk, "Wycofaj sezon").text.startswith("Tego sezonu już nie ma.")
    assert (seasons(town, "northwind"), len(seasons(town, "hanbit"))) == ([], 1)
    assert "Wycofaj sezon" not in town.types("U_EWA", "/desk").buttons


def test_an_older_season_is_not_undone(town: Town) -> None:
    season(town, MARCH, "Spring")
    desk = town.types("U_EWA", "/desk")
    season(town, dt.date(2026, 4, 1))
    assert town.presses(desk, "Wycofaj sezon").text.startswith("Otwarto już późniejszy sezon")
    assert len(seasons(town, "northwind")) == 2


@pytest.mark.parametrize("who", ["U_ANIA", "U_NEW", "U_JUN"])
def test_nobody_else_opens_or_undoes_one(town: Town, who: str) -> None:
    town.joins("U_ANIA")
    season(town, MARCH)
    northwind = town.accounts["northwind"]
    number = seasons(town, "northwind")[0].id
    buttons: list[dict[str, Any]] = [
        {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": action}, "value": value}
        for action, value in (("seasons.start", str(northwind)), ("seasons.undo", f"{northwind}/{number}"))
    ]
    blocks = [{"type": "actions", "elements": buttons}]
    town.bot.app.client.chat_postMessage(channel="C_NORTHWIND", text="desk", blocks=blocks)
    posted = next(one for one in town.driver.messages("C_NORTHWIND", as_=who) if one.text == "desk")
    for action in posted.buttons:
        assert town.presses(posted, action).text.startswith((NOT_YOURS, NOT_YOURS_IN_KOREAN))
    assert town.driver.view(who) is None
    assert len(seasons(town, "northwind")) == 1


def test_a_board_of_the_season_shows_the_top_third_and_ones_own_place(town: Town) -> None:
    on_the_board(town)
    town.uses("northwind", "piotr", times=40, days=20)
    season(town, MARCH, "Spring")
    assert town.types("U_ANIA", "/leaderboard season").text == (
        "*Northwind, season Spring: 390 points together.*\n"
        "Goal, Onboarding workshop: 990 of 3,000.\n"
        "*1. Ania Nowak 135* (you)\n"
        "2. Piotr Zając 90\n"
        "You: *135 points*, place 1.\n"
        "Today · This week · This month · This quarter · This year · All time\n"
        "As a chart · My place · My points\n"
        "Only you see this."
    )
    assert "1. Piotr Zając 690" in town.types("U_ANIA", "/leaderboard all").text


def test_the_season_is_a_press_away_and_so_are_its_chart_and_ones_place(town: Town) -> None:
    on_the_board(town)
    season(town, MARCH)
    board = town.presses(town.types("U_ANIA", "/leaderboard"), "This season")
    assert board.text.startswith("*Northwind, the season since March 2026: 390 points together.*")
    mine = town.presses(board, "My place")
    assert mine.text.startswith("*Northwind, the season since March 2026*\nYou: *135 points*, place 1.\n")
    assert town.presses(mine, "Leaderboard").text == board.text
    town.types("U_ANIA", "/leaderboard sezon chart")
    picture = town.driver.waits_for_message("C_NORTHWIND", "Leaderboard. Northwind", as_="U_ANIA")
    assert picture.text.startswith("Leaderboard. Northwind, the season since March 2026. 1. Ania Nowak 135;")


def test_the_season_before_is_its_own_months(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=2, days=20)
    town.uses("northwind", "ania", times=1)
    season(town, dt.date(2026, 2, 1), "Winter")
    assert town.types("U_ANIA", "/leaderboard season").text.startswith(
        "*Northwind, season Winter: 45 points together.*"
    )
    season(town, MARCH)
    now = town.types("U_ANIA", "/leaderboard season")
    assert now.text.startswith("*Northwind, the season since March 2026: 15 points together.*")
    last = town.presses(now, "The season before")
    assert last.text.startswith("*Northwind, season Winter: 30 points together.*")
    assert town.presses(last, "This season").text == now.text
    season(town, dt.date(2026, 4, 1), "Summer")
    assert town.types("U_ANIA", "/leaderboard season").text.startswith("*Northwind, March 2026: 15 points together.*")


def test_where_there_is_no_season_yet_words_help(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania")
    season(town, MARCH, account="hanbit")
    none = town.types("U_ANIA", "/leaderboard season")
    assert none.only_visible_to_them
    assert none.text == (
        "*There is no season yet.* Your account manager can open one; these boards are there now.\n"
        "This month · All time\n"
        "Only you see this."
    )
    assert town.presses(none, "All time").text.startswith("*Northwind, from the first day until now: 15 points")
    assert "This season" not in town.types("U_ANIA", "/leaderboard").buttons
    season(town, MARCH)
    first = town.types("U_ANIA", "/leaderboard last season")
    assert first.words[0] == "This is the first season: there was none before it."
    assert town.presses(first, "This season").text.startswith("*Northwind, the season since March 2026")


def test_in_the_mode_team_a_season_names_nobody(town: Town) -> None:
    on_the_board(town)
    season(town, MARCH)

    def switch(session: Session) -> None:
        session.get_one(Account, town.accounts["northwind"]).mode = "team"

    town.database.write({town.accounts["northwind"]}, switch)
    told = town.types("U_ANIA", "/leaderboard season").text
    assert told.startswith("*Northwind, the season since March 2026: 390 points together.*\nGoal, ")
    assert "Piotr" not in told
