"""Guests of a shared channel have no commands: whatever a command does, they reach by buttons, with the same answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copy

import pytest
from slack_sdk import WebClient
from sqlmodel import Session

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.boards.seasons import open_season
from loyalty.members.join import choose, join
from loyalty.people.people import find_person
from messages.kit.reader import Reader
from messages.members import join as joining
from sandbox.driver import Shown
from sandbox.seed import Channel, Person, Workspace
from storage.database import Database
from tests.conftest import acquainted
from tests.handlers.scenes import WORDS
from tests.support.languages import Stage
from tests.support.workspace import NOW, PROGRAMME, SEED, Town, open_town, settle

NORTH = "T_NORTH"
ORBIT_PEOPLE = ("U_EWA", "U_ANIA")
SHOWN = ("ben", "cleo", "dan", "eve")
"""People of the same company who chose to be on the board, so that there are ranks."""
GUESTS = replace(
    SEED,
    workspaces=(*SEED.workspaces, Workspace(NORTH, "Northwind", "northwind")),
    people=(
        *(person for person in SEED.people if person.id in ORBIT_PEOPLE),
        Person("U_MAREK", "marek", "Marek Lis", "marek@northwind.example", NORTH),
    ),
    channels=(
        Channel("C_NORTHWIND", "northwind", "T_ORBIT", (*ORBIT_PEOPLE, "U_MAREK", "U_LAURELS"), shared_with=(NORTH,)),
    ),
)
ROSTER = {
    "northwind": [
        ("ania", "ania@northwind.example", "Ania Nowak"),
        ("marek", "marek@northwind.example", "Marek Lis"),
        *((each, f"{each}@northwind.example", each.title()) for each in SHOWN),
    ],
    "hanbit": [("jun", "jun@hanbit.example", "Jun Park")],
}

HELP = ("points.show", "points.help")
BOARD = (*HELP, "boards.show")
WAYS: dict[tuple[str, str], tuple[str, ...]] = {
    ("/points", ""): ("points.show",),
    ("/points", "why"): ("points.show", "points.why"),
    ("/points", "history"): (*HELP, "points.history"),
    ("/points", "statement"): (*HELP, "points.statement"),
    ("/points", "last"): (*HELP, "points.statement", "points.statement"),
    ("/points", "this"): (*HELP, "points.statement"),
    ("/points", "settings"): ("settings.show",),
    ("/points", "help"): HELP,
    ("/leaderboard", ""): BOARD,
    ("/leaderboard", "day"): (*BOARD, "boards.show#day"),
    ("/leaderboard", "week"): (*BOARD, "boards.show#day", "boards.show#week"),
    ("/leaderboard", "month"): (*BOARD, "boards.show#month"),
    ("/leaderboard", "quarter"): (*BOARD, "boards.show#quarter"),
    ("/leaderboard", "year"): (*BOARD, "boards.show#year"),
    ("/leaderboard", "all"): (*BOARD, "boards.show#all"),
    ("/leaderboard", "season"): (*BOARD, "boards.show#season"),
    ("/leaderboard", "last"): (*BOARD, "boards.show#last"),
    ("/leaderboard", "this"): BOARD,
    ("/leaderboard", "chart"): (*BOARD, "boards.show#chart"),
    ("/leaderboard", "me"): (*HELP, "boards.show#me"),
    ("/leaderboard", "help"): HELP,
    ("/rules", ""): (*HELP, "rules.show"),
    ("/rules", "help"): HELP,
    ("/rewards", ""): ("points.show", "rewards.show"),
    ("/rewards", "mine"): (*HELP, "rewards.mine"),
    ("/rewards", "goal"): (*HELP, "rewards.goal"),
    ("/rewards", "help"): HELP,
    ("/redeem", ""): ("points.show", "rewards.show"),
    ("/redeem", "help"): HELP,
    ("/webinars", ""): (*HELP, "webinars.show"),
    ("/webinars", "here"): (*HELP, "webinars.show", "webinars.here"),
    ("/webinars", "help"): HELP,
    ("/laurels", ""): HELP,
    ("/laurels", "webinars"): (*HELP, "webinars.show"),
    ("/laurels", "rewards"): ("points.show", "rewards.show"),
    ("/laurels", "redeem"): ("points.show", "rewards.show"),
    ("/laurels", "points"): ("points.show",),
    ("/laurels", "leaderboard"): BOARD,
    ("/laurels", "rules"): (*HELP, "rules.show"),
    ("/laurels", "join"): (),
    ("/laurels", "settings"): ("settings.show",),
    ("/laurels", "help"): HELP,
}
"""The buttons that do what a command and its word do, from the answer to Join on the channel's invitation."""
VENDORS_OWN = (
    "account managers are the vendor's own people, in the workspace that has the app: its commands and its Home"
)
WITHOUT = {
    ("/webinars", "new"): VENDORS_OWN,
    ("/desk", ""): VENDORS_OWN,
    ("/desk", "bind"): VENDORS_OWN,
    ("/desk", "help"): VENDORS_OWN,
    ("/laurels", "desk"): VENDORS_OWN,
}


@pytest.fixture(scope="module")
def shared(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A channel whose people's facts stay as they are."""
    path = copy(_sqlite_template, tmp_path_factory.mktemp("guests") / "laurels.db")
    database = acquainted(Database(f"sqlite:///{path}"))
    with open_shared(database) as stage:
        yield stage
    database.dispose()


@contextmanager
def open_shared(database: Database) -> Iterator[Stage]:
    """Yield a shared channel: Ania is of the vendor's workspace, Marek of another; both joined and did the same."""
    settling = partial(settle, programme=PROGRAMME, rosters=ROSTER)
    with open_town(database, seed=GUESTS, settling=settling) as town:
        stage = Stage(town, "en", 0)
        _invites(town)
        _joins(stage)
        yield stage


def _invites(town: Town) -> None:
    slack = WebClient(token="xoxb-laurels", base_url=f"{town.driver.url}/api/", retry_handlers=[])
    said = joining.invitation_message(Reader("en"), "Orbit")
    slack.chat_postMessage(channel="C_NORTHWIND", text=said.text, blocks=list(said.blocks))


def _joins(stage: Stage) -> None:
    """Let both join by the invitation's button: Slack does not tell a guest's e-mail, so Ewa says who Marek is."""
    for who in ("U_ANIA", "U_MAREK"):
        door(stage, who)
    desk = stage.types("/desk", who="U_EWA")
    stage.submits(stage.presses(desk, "desk.connect", key="U_MAREK"), {"other": "marek"})
    account = stage.town.accounts["northwind"]

    def show(session: Session) -> None:
        for each in SHOWN:
            user = SlackUser("", "T_ELSEWHERE", f"U_{each}")
            join(session, account, SlackProfile(user=user, email=f"{each}@northwind.example"), now=NOW)
            choose(session, account, find_person(session, account, each)[0], boards=True)
        open_season(session, account, starts=NOW.date().replace(day=1), name=None, author="operator", now=NOW)

    stage.town.database.write({account}, show)
    for number, each in enumerate((*SHOWN, "ania", "marek")):
        stage.town.uses("northwind", each, times=max(2, 6 - number), minutes=7)
        stage.town.uses("northwind", each, days=20)


def door(stage: Stage, who: str) -> Shown:
    """Return the answer to Join on the invitation that everybody sees."""
    driver = stage.town.driver
    invitation = next(each for each in driver.messages("C_NORTHWIND", as_=who) if not each.only_visible_to_them)
    return stage.presses(invitation, "joining.join")


def goes(stage: Stage, who: str, way: tuple[str, ...]) -> Shown:
    """Return what somebody sees who presses one button after the other."""
    shown = door(stage, who)
    for each in way:
        action, _, key = each.partition("#")
        shown = stage.presses(shown, action, key=f"#{key}" if key else "")
    return shown


def test_a_guest_has_no_commands(shared: Stage) -> None:
    assert shared.types("/points", who="U_MAREK").text == "`/points` is not a valid command."


def test_every_command_and_word_has_its_buttons_or_a_reason() -> None:
    there = {(command, str(word)) for command, words in WORDS.items() for word in ("", *words)}
    assert WAYS.keys() | WITHOUT.keys() == there
    assert not WAYS.keys() & WITHOUT.keys()


@pytest.mark.parametrize(
    ("command", "word"), [pytest.param(*key, id=" ".join(key)) for key in WAYS if "chart" not in key]
)
def test_a_guests_buttons_answer_what_the_command_answers(shared: Stage, command: str, word: str) -> None:
    pressed = goes(shared, "U_MAREK", WAYS[command, word])
    typed = shared.types(f"{command} {word}", who="U_ANIA")
    assert pressed.only_visible_to_them
    if word == "help":
        # One help for everything, which has all of each command's own.
        assert set(typed.text.splitlines()[1:]) <= set(pressed.text.splitlines())
    else:
        assert pressed.text == typed.text


def test_a_guest_is_shown_the_chart_as_well(shared: Stage) -> None:
    goes(shared, "U_MAREK", WAYS["/leaderboard", "chart"])
    shared.types("/leaderboard chart", who="U_ANIA")
    for words in ("*Northwind, 9–15 March: ", "Leaderboard. Northwind, 9–15 March. "):
        pressed, typed = (
            shared.town.driver.waits_for_message("C_NORTHWIND", words, as_=who) for who in ("U_MAREK", "U_ANIA")
        )
        assert pressed.only_visible_to_them
        assert pressed.text == typed.text


def test_what_one_can_do_to_oneself_a_guest_can_as_well(sqlite_database: Database) -> None:
    with open_shared(sqlite_database) as stage:
        ways = ("joining.show", "joining.celebrate", "joining.hide", "joining.hush", "settings.leave")
        told = [goes(stage, "U_MAREK", ("settings.show", way)).text.splitlines()[0] for way in ways]
        other = goes(stage, "U_ANIA", ("settings.show", "settings.erase")).text.splitlines()[0]
    assert [*told, other] == [
        "You can be on boards; your milestones stay yours.",
        "You can be on boards, and your milestones are celebrated.",
        "Your milestones are celebrated; you are on no board.",
        "Nobody sees your points but you.",
        "*You have left.* Nothing of you is shown any more; your points stay yours.",
        "*Done.* What was recorded under your name is erased, and nothing more will be.",
    ]
