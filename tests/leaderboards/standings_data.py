"""A client whose people have scores, and beside it another whose people have the same ids and names and more points."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from leaderboards.periods import frame_of
from storage.database import OPERATOR, Database
from storage.tables import Account, Member, Person, ProgrammeVersion, Score, TeamScore

NOW = dt.datetime(2026, 3, 10, 9, 0, tzinfo=dt.UTC)
WEEK = frame_of("week", dt.date(2026, 3, 10))
START = WEEK.span.start
"""Monday, 9 March."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person with the product's user id `key`, points of this week and, nearest first, of the weeks before.

    `on_boards` None: not joined. `marks`: the person's other columns.
    """

    key: str
    points: int = 0
    past: Sequence[int] = ()
    on_boards: bool | None = True
    name: str | None = None
    marks: dict[str, Any] = field(default_factory=dict)


def settle(database: Database, *people: Someone, mode: str = "board") -> int:
    """Return the account's id, with `people` numbered from 1 in the order given."""
    return database.write(OPERATOR, lambda session: _settle(session, people, mode))


def _settle(session: Session, people: Sequence[Someone], mode: str) -> int:
    session.add(ProgrammeVersion(number=1, text="", digest="", author="operator", applied_at=NOW))
    hanbit = [
        Someone(who.key, 1000 + who.points, [2000 + points for points in who.past], name=who.name) for who in people
    ]
    _account(session, "hanbit", hanbit, "board")
    return _account(session, "northwind", people, mode)


def _account(session: Session, key: str, people: Sequence[Someone], mode: str) -> int:
    account = Account(key=key, name=key.title(), timezone="Europe/Warsaw", mode=mode, created_at=NOW)
    session.add(account)
    session.flush()
    assert account.id is not None
    for number, who in enumerate(people, 1):
        _person(session, account.id, number, who)
    weeks: dict[dt.date, int] = {}
    for who in people:
        for start, points in _weeks(who):
            weeks[start] = weeks.get(start, 0) + points
    for start, points in weeks.items():
        session.add(TeamScore(account_id=account.id, period="week", start=start, points=points))
    session.flush()
    return account.id


def _person(session: Session, account_id: int, number: int, who: Someone) -> None:
    key = {"external_id": who.key, "name": who.name, "created_at": NOW}
    session.add(Person(account_id=account_id, id=number, **(key | who.marks)))
    session.flush()
    if who.on_boards is not None:
        member = Member(account_id=account_id, person_id=number, team_id="T1", user_id="", terms="1", joined_at=NOW)
        member.user_id, member.on_boards = f"U{account_id}{number}", who.on_boards
        session.add(member)
    for start, points in _weeks(who):
        session.add(Score(account_id=account_id, period="week", start=start, person_id=number, points=points))
    session.flush()


def _weeks(who: Someone) -> list[tuple[dt.date, int]]:
    """Return the weeks in which somebody has a score; 0 is none."""
    starts = [START - dt.timedelta(weeks=ago) for ago in range(len(who.past) + 1)]
    return [(start, points) for start, points in zip(starts, (who.points, *who.past), strict=True) if points]
