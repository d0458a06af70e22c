"""Who is named in public, on posted boards, in pictures and shoutouts: in any mode, whoever changes their mind.

Counted here by hand from the people's own facts, never by the code that decides.
"""

import datetime as dt
import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from bot.delivery.kinds import KINDS
from bot.schedule import put_boards
from loyalty.programme import digest, read
from loyalty.recognition import shoutouts
from storage import account_lock, outbox
from storage.database import OPERATOR, Database
from storage.outbox import Claimed, Drop, Later, Workspace
from storage.tables import Account, Channel, Member, Person, ProgrammeVersion, Reached
from tests.conftest import acquainted
from tests.leaderboards.standings_data import START, Someone, settle

NAMES = ("Ania", "Bożena", "Cezary", "Dorota", "Emil", "Felicja", "Gustaw", "Hania", "Igor", "Jun", "Kasia", "Leon")
MODES = ("private", "team", "board")
PROGRAMME = """\
programme: {name: Champions, product: Orbit}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw}
  - {key: hanbit, name: Hanbit, timezone: Europe/Warsaw}
earn: [{key: report, event: Report Scheduled, points: 15}]
milestones: [{key: steady, when: {streak: 5}, badge: Steady, says: "{name} kept at it"}]
boards: {post: "monday 09:00", period: week, chart: true}
contact: {quiet: "18:00-08:00", weekends: quiet}
"""
MONDAY = dt.datetime.combine(START + dt.timedelta(days=7), dt.time(8, 30), dt.UTC)
FRIDAY = MONDAY - dt.timedelta(days=3)
HERE = Workspace("", "T1")


@dataclass(frozen=True)
class Own:
    """What is so of somebody: their points, this week's and earlier ones, and what they chose."""

    points: int
    past: tuple[int, ...]
    boards: bool | None
    """None: not joined."""
    celebrated: bool
    mark: str = ""
    """staff, excluded, left_at or erased_at."""

    @property
    def ranks(self) -> bool:
        """Whether they rank on the boards."""
        return bool(self.boards) and not self.mark and self.points > 0


OWN = st.builds(
    Own,
    points=st.integers(0, 6),
    past=st.lists(st.integers(0, 6), max_size=4).map(tuple),
    boards=st.sampled_from([True, True, True, False, None]),
    celebrated=st.booleans(),
    mark=st.sampled_from(["", "", "", "", "staff", "excluded", "left_at", "erased_at"]),
)


@pytest.fixture(scope="session")
def template(_sqlite_template: Path) -> Path:
    return _sqlite_template


@settings(max_examples=40, deadline=None)
@given(
    people=st.lists(st.tuples(OWN, OWN), min_size=1, max_size=len(NAMES)),
    modes=st.tuples(st.sampled_from(MODES), st.sampled_from(MODES)),
)
def test_nobody_last_and_nobody_who_did_not_choose_it_is_named(
    template: Path, people: list[tuple[Own, Own]], modes: tuple[str, str]
) -> None:
    """Each has what they are as it is written, and what they are as it leaves; points stay."""
    after = [replace(late, points=early.points, past=early.past) for early, late in people]
    with tempfile.TemporaryDirectory() as folder:
        database = acquainted(Database(f"sqlite:///{shutil.copy(template, folder)}"))
        account = written(database, [early for early, _ in people], modes[0])
        changed(database, account, after, modes[1])
        board, shoutout = said(database, account)
        database.dispose()
    assert named(board) <= may_be_on_a_board(after, modes[1])
    assert named(shoutout) <= {
        name
        for name, own in zip(NAMES, after, strict=False)
        if own.boards is not None and own.celebrated and not own.mark and modes[1] != "private"
    }
    assert not re.search(r"\d|place|rank", shoutout)


def may_be_on_a_board(people: list[Own], mode: str) -> set[str]:
    """Count by hand whom a channel may be told of: never the last, nor anyone level with them."""
    ranked = [own.points for own in people if own.ranks]
    if mode == "private" or len(ranked) < 4:
        return set()
    return {name for name, own in zip(NAMES, people, strict=False) if own.ranks and own.points > min(ranked)}


def named(text: str) -> set[str]:
    return {name for name in NAMES if name in text}


def written(database: Database, people: list[Own], mode: str) -> int:
    """Write the people with a milestone each, their board and shoutouts into the outbox; return the account."""
    someone = [
        Someone(f"u{number}", own.points, own.past, own.boards, name, _marks(own))
        for number, (name, own) in enumerate(zip(NAMES, people, strict=False))
    ]
    account = settle(database, *someone, mode=mode)

    def run(session: Session) -> None:
        session.add(
            ProgrammeVersion(number=2, text=PROGRAMME, digest=digest(PROGRAMME), author="operator", applied_at=FRIDAY)
        )
        session.add(Channel(account_id=account, id=900, team_id="T1", channel_id="C1", created_at=FRIDAY))
        session.get_one(Account, account).serial = 1000
        for member in session.exec(select(Member).where(Member.account_id == account)):
            member.celebrated = people[member.person_id - 1].celebrated
        session.flush()
        first = account_lock.next_ids(session, account, len(people))
        reached = [
            Reached(
                account_id=account, id=first + number, milestone="steady", person_id=number + 1, version=2,
                occurred_at=MONDAY, recorded_at=MONDAY, announced=True,
            )
            for number in range(len(people))
        ]  # fmt: skip
        session.add_all(reached)
        session.flush()
        shoutouts.announce_shoutouts(session, account, read(PROGRAMME), reached, MONDAY)

    database.write(OPERATOR, run)
    put_boards(database, MONDAY)
    return account


def changed(database: Database, account: int, people: list[Own], mode: str) -> None:
    """Let everybody be as they are when the messages leave."""

    def run(session: Session) -> None:
        session.get_one(Account, account).mode = mode
        for number, own in enumerate(people, 1):
            person, member = session.get_one(Person, (account, number)), session.get(Member, (account, number))
            for mark, value in (
                {"staff": False, "excluded": False, "left_at": None, "erased_at": None} | _marks(own)
            ).items():
                setattr(person, mark, value)
            if own.boards is None and member is not None:
                session.delete(member)
            elif own.boards is not None:
                member = member or Member(
                    account_id=account, person_id=number, team_id="T1", user_id=f"U{number}", terms="1",
                    joined_at=MONDAY,
                )  # fmt: skip
                member.on_boards, member.celebrated = own.boards, own.celebrated
                session.add(member)

    database.write({account}, run)


def said(database: Database, account: int) -> tuple[str, str]:
    """Return what the channel is told by boards, pictures and all, and by shoutouts: words, blocks, what is drawn."""
    told = {"board": "", "shoutout": ""}
    for now in (MONDAY, MONDAY + dt.timedelta(hours=7)):  # at once, and when later ones have gathered
        while claimed := _claimed(database, now):
            told[claimed.message.kind] += _rendered(database, claimed, now)
    return told["board"], told["shoutout"]


def _claimed(database: Database, now: dt.datetime) -> Claimed | None:
    lease = dt.timedelta(hours=1)
    return database.write(OPERATOR, lambda session: outbox.claim(session, HERE, now=now, lease=lease))


def _rendered(database: Database, claimed: Claimed, now: dt.datetime) -> str:
    kind = KINDS[claimed.message.kind]
    facts: Any = database.read({claimed.account_id}, lambda session: kind.facts(session, claimed, now))
    if isinstance(facts, (Drop, Later)):
        return ""
    drawing = kind.draw(facts)
    messages = [kind.render(facts, file_id) for file_id in (None, "F0123456789")]
    words = [f"{each.text} {_words(each.blocks)}" for each in messages]
    return " ".join([*words, "" if drawing is None else f"{drawing.title} {drawing.alt}"])


def _words(blocks: Any) -> str:
    """Return every text of blocks, of elements in them too."""
    if isinstance(blocks, dict):
        return " ".join(_words(value) for key, value in blocks.items() if key in {"text", "alt_text", "elements"})
    return blocks if isinstance(blocks, str) else " ".join(map(_words, blocks))


def _marks(own: Own) -> dict[str, Any]:
    return {own.mark: FRIDAY if own.mark.endswith("_at") else True} if own.mark else {}
