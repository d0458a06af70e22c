"""Whoever may not, where nobody is meant, with old buttons and twice: words that help, and nothing moves."""

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlmodel import Session, select

from bot.app import ROUTES
from messages.actions import BoardAction as Board
from messages.actions import JoinAction as Joining
from messages.actions import PointsAction as Points
from messages.actions import ProgrammeAction as Rules
from messages.actions import RewardAction as Rewards
from messages.actions import SettingsAction as Settings
from messages.actions import WebinarAction as Webinars
from sandbox.driver import Shown
from storage.database import OPERATOR, Database
from storage.tables import Member, Person, Tenant
from tests.support.workspace import SEED, Town, open_town, settle

SORRY = "Something went wrong"
WORDS = {
    "/points": ("", "why", "history", "statement", "statement last", "settings", "help", "xyzzy"),
    "/leaderboard": ("", "last", "month", "all chart", "me", "help", "xyzzy"),
    "/rules": ("", "help", "xyzzy"),
    "/laurels": ("", "points", "rewards", "redeem xyzzy", "settings", "help", "xyzzy"),
    "/rewards": ("", "mine", "goal", "goal hour", "goal none", "help", "xyzzy"),
    "/redeem": ("", "seat", "xyzzy", "help"),
    "/desk": ("", "account", "help", "xyzzy"),
    "/webinars": ("", "here 1234", "help", "xyzzy"),
}
OLD = ("xyzzy", "1/999", "later 2026-03-01/999", "0001-01-01")
"""What stood on buttons of long ago."""


def facts(town: Town) -> dict[str, list[Any]]:
    """Return every row there is, but for when members were last looked at, and whether they were there then."""

    def find(session: Session) -> dict[str, list[Any]]:
        tables = Tenant.metadata.tables
        for member in session.exec(select(Member)):
            member.looked_at = None
        for person in session.exec(select(Person)):
            person.left_at = None
        session.flush()
        return {name: sorted(map(str, session.execute(table.select()))) for name, table in tables.items()}

    return town.database.dry_run(OPERATOR, find)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_town_knows_nothing_of_what_was_done_in_another(town: Town, sqlite_database: Database, turn: str) -> None:
    settle(sqlite_database)
    assert facts(town) == facts(replace(town, database=sqlite_database))
    assert town.driver.messages("C_NORTHWIND", as_="U_ANIA") == []
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=3)
    assert facts(town) != facts(replace(town, database=sqlite_database))


OWN: tuple[str, ...] = (
    *(set(Joining) - {Joining.HOW, Joining.DECLINE}),
    Settings.LANGUAGE,
    Settings.LEAVE,
    Settings.ERASE,
)
"""What anybody may press about themselves."""
ACTIONS: tuple[str, ...] = (*sorted(map(str, ROUTES.actions)), "gone.long.ago")


def posted(town: Town, who: str, where: str, value: str) -> Shown:
    """Let the bot post a button for every action, and one for an action that is no more."""
    slack = WebClient(token="xoxb-laurels", base_url=f"{town.driver.url}/api/", retry_handlers=[])
    buttons = [
        {"type": "button", "text": {"type": "plain_text", "text": action}, "action_id": action, "value": value}
        for action in ACTIONS
    ]
    blocks = [{"type": "actions", "elements": buttons[at : at + 20]} for at in range(0, len(buttons), 20)]
    slack.chat_postMessage(channel=where, text="Buttons", blocks=blocks)
    return town.driver.messages(where, as_=who)[-1]


def told(town: Town, shown: Shown, action: str, where: str) -> str:
    """Press something, and return the words with which it was met, for that person alone."""
    who = shown.seen_by
    before = town.driver.messages(where, as_=who)
    assert town.driver.presses(shown, action)

    def new() -> Shown | None:
        view = town.driver.view(who)
        if view is not None:
            return view
        return next((m for m in reversed(town.driver.messages(where, as_=who)) if m not in before), None)

    found = town.driver.waits_for(new)
    if "view" in found.place:
        town.driver.closes(found, everything=True)
    else:
        assert found.only_visible_to_them
    return "\n".join(found.words)


NOBODYS = [
    pytest.param("U_NEW", "C_LOOSE", (), id="a stranger in a channel that means nobody"),
    pytest.param("U_NEW", "app", (), id="a stranger in a direct message"),
    pytest.param("U_GUEST", "C_NORTHWIND", (), id="a guest"),
    pytest.param("U_JUN", "C_NORTHWIND", (Joining.JOIN,), id="somebody of another client"),
    pytest.param("U_ANIA", "C_NORTHWIND", (Joining.JOIN, Joining.DECLINE), id="somebody who has not joined"),
]
"""Who asks, where, and which presses are theirs to make: what those do is told in the tests of joining."""


@pytest.mark.parametrize(("who", "where", "theirs"), NOBODYS)
def test_whoever_may_not_gets_words_and_nothing_moves(
    town: Town, who: str, where: str, theirs: tuple[str, ...]
) -> None:
    town.joins("U_JUN", channel="C_HANBIT")
    town.uses("northwind", "ania", times=3)
    town.uses("hanbit", "jun", times=2)
    where = town.driver.direct(who) if where == "app" else where
    shown = posted(town, who, where, "1")
    before = facts(town)
    for command in ROUTES.commands:
        for words in WORDS[command]:
            reply = town.types(who, f"{command} {words}", channel=where)
            assert reply.only_visible_to_them
            assert SORRY not in reply.text
    for action in ACTIONS:
        if action not in theirs:
            words = told(town, shown, action, where)
            assert words
            assert SORRY not in words, action
    assert facts(town) == before


def test_whoever_is_switched_off_in_slack_gets_words_and_nothing_moves(sqlite_database: Database) -> None:
    """Slack lets them do nothing; what was on its way when they were switched off still arrives."""
    people = tuple(replace(one, deleted=one.id == "U_ANIA") for one in SEED.people)
    with open_town(sqlite_database, seed=replace(SEED, people=people)) as town:
        town.uses("northwind", "ania", times=3)
        shown = posted(town, "U_ANIA", "C_NORTHWIND", "1")
        before = facts(town)
        for command in ROUTES.commands:
            for words in WORDS[command]:
                assert SORRY not in town.types("U_ANIA", f"{command} {words}").text
        for action in (Joining.JOIN, Joining.DECLINE):
            assert "this account is switched off" in told(town, shown, action, "C_NORTHWIND")
        for each in ACTIONS:
            assert SORRY not in told(town, shown, each, "C_NORTHWIND"), each
        assert facts(town) == before


@pytest.mark.parametrize("value", ["1", "team", "pl"])
def test_a_member_who_is_switched_off_moves_nothing_of_their_own(town: Town, value: str) -> None:
    town.joins("U_PIOTR")
    town.uses("northwind", "piotr", times=3)
    shown = posted(town, "U_PIOTR", "C_NORTHWIND", "en")
    told(town, shown, Joining.SHOW, "C_NORTHWIND")
    told(town, shown, Settings.LANGUAGE, "C_NORTHWIND")
    shown = posted(town, "U_PIOTR", "C_NORTHWIND", value)
    before = facts(town)
    town.becomes("U_PIOTR", deleted=True)
    for action in OWN:
        assert "this account is switched off" in told(town, shown, action, "C_NORTHWIND"), action
    for command in ROUTES.commands:
        for words in WORDS[command]:
            assert SORRY not in town.types("U_PIOTR", f"{command} {words}").text
    for action in ACTIONS:
        assert SORRY not in told(town, shown, action, "C_NORTHWIND"), action
    assert facts(town) == before


@pytest.mark.parametrize("kind", ["server_error", "rate_limited", "malformed", "cut_before", "cut_after"])
def test_where_slack_does_not_say_what_it_said_last_stands(town: Town, kind: str) -> None:
    town.joins("U_PIOTR", "U_ANIA")
    shown = {who: posted(town, who, "C_NORTHWIND", "pl") for who in ("U_PIOTR", "U_ANIA")}
    town.becomes("U_ANIA", deleted=True)
    told(town, shown["U_ANIA"], Joining.SHOW, "C_NORTHWIND")
    before = facts(town)
    town.driver.orders_trouble(kind, "users.info", times=2)
    assert "this account is switched off" in told(town, shown["U_ANIA"], Joining.SHOW, "C_NORTHWIND")
    assert facts(town) == before
    told(town, shown["U_PIOTR"], Joining.SHOW, "C_NORTHWIND")
    assert facts(town) != before


def test_whoever_is_switched_on_again_is_believed_at_once(town: Town) -> None:
    town.joins("U_ANIA")
    shown = posted(town, "U_ANIA", "C_NORTHWIND", "pl")
    before = facts(town)
    town.becomes("U_ANIA", deleted=True)
    assert "this account is switched off" in told(town, shown, Joining.SHOW, "C_NORTHWIND")
    assert facts(town) == before
    town.becomes("U_ANIA", deleted=False)
    told(town, shown, Joining.SHOW, "C_NORTHWIND")
    assert facts(town) != before


MOVING = (Joining.DECLINE, Settings.LEAVE, Settings.ERASE)
ASKING = (Webinars.ASK, Webinars.HERE)
"""What opens a modal instead of saying something."""


@pytest.mark.parametrize("value", OLD)
def test_yesterdays_buttons_still_help_a_member(town: Town, value: str) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=3)
    shown = posted(town, "U_ANIA", "C_NORTHWIND", value)
    for action in (Joining.SHOW, Joining.CELEBRATE):
        told(town, shown, action, "C_NORTHWIND")
    before = facts(town)
    for pressed in ACTIONS:
        if pressed not in {*MOVING, Joining.HIDE, Joining.HUSH}:
            assert SORRY not in told(town, shown, pressed, "C_NORTHWIND"), pressed
    assert facts(town) == before


@pytest.mark.parametrize("action", [Joining.JOIN, Joining.SHOW, Joining.CELEBRATE, Joining.HIDE, *MOVING[1:]])
def test_a_second_press_changes_nothing_more(town: Town, action: str) -> None:
    town.uses("northwind", "ania", times=3)
    shown = posted(town, "U_ANIA", "C_NORTHWIND", "1")
    if action != Joining.JOIN:
        town.joins("U_ANIA")
    first = told(town, shown, action, "C_NORTHWIND")
    once = facts(town)
    second = told(town, shown, action, "C_NORTHWIND")
    assert first
    assert second
    assert SORRY not in first + second
    assert facts(town) == once


def newest(town: Town, shown: Shown, action: str, where: str) -> Shown:
    """Press something, and return the message that came of it."""
    before = town.driver.messages(where, as_=shown.seen_by)
    town.driver.presses(shown, action)

    def new() -> Shown | None:
        return next((m for m in town.driver.messages(where, as_=shown.seen_by) if m not in before), None)

    return town.driver.waits_for(new)


def reachable(town: Town, root: Shown, where: str) -> set[str]:
    """Return the actions to which the buttons of a message lead, and theirs in turn; each is pressed once."""
    ways: list[tuple[str, ...]] = [()]
    found: set[str] = set()
    for way in ways:
        here = root
        for action in way:
            here = newest(town, here, action, where)
        for block in here.blocks:
            for element in block.get("elements", ()):
                action = element.get("action_id", "")
                if element["type"] == "button" and action.partition("#")[0] not in found:
                    found.add(action.partition("#")[0])
                    ways += [] if action in {*MOVING, *Joining, *ASKING} else [(*way, action)]
    return found


def test_from_one_button_of_a_posted_board_everything_a_command_does_is_a_press_away(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=12)
    slack = WebClient(token="xoxb-laurels", base_url=f"{town.driver.url}/api/", retry_handlers=[])
    button = {"type": "button", "text": {"type": "plain_text", "text": "My week"}, "action_id": "boards.show#me"}
    slack.chat_postMessage(
        channel="C_NORTHWIND", text="Board", blocks=[{"type": "actions", "elements": [button | {"value": "week me"}]}]
    )
    shown = town.driver.messages("C_NORTHWIND", as_="U_ANIA")[-1]
    found = reachable(town, shown, "C_NORTHWIND")
    commands = {Points.POINTS, Points.WHY, Points.HISTORY, Points.STATEMENT, Points.HELP, Board.SHOW, Rules.RULES}
    assert found >= {
        Rewards.REWARDS,
        Rewards.MINE,
        Rewards.GOAL,
        *commands,
        Settings.SETTINGS,
        Settings.LEAVE,
        Settings.ERASE,
        Joining.SHOW,
        Joining.CELEBRATE,
    }
