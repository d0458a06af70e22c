"""Seasons: months opened anew. A season's points are the sum of its months' kept scores; nothing is kept for it.

Who ranks, ties and places are as `standings` has them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select
from sqlmodel import Session, col

from leaderboards.periods import Frame, Span
from leaderboards.standings import MAY_RANK, OwnStanding, Standing, ranked
from storage.tables import Member, Person, Score, Season, TeamScore, core

SCORE = core(Score)
PERSON = core(Person)
MEMBER = core(Member)
TEAM_SCORE = core(TeamScore)


def season_frames(beginnings: Iterable[tuple[dt.date, str | None]]) -> list[Frame]:
    """Return seasons as frames, oldest first, by their first days and names: each lasts until the next one begins."""
    ordered = sorted(beginnings, key=lambda beginning: beginning[0])
    ends = [*(start for start, _ in ordered[1:]), None]
    return [Frame("season", Span(start, end), name=name) for (start, name), end in zip(ordered, ends, strict=False)]


def begun_seasons(session: Session, account_id: int, day: dt.date) -> Sequence[Frame]:
    """Return the account's seasons that have begun by a local day, oldest first: the last one holds it."""
    beginnings = select(col(Season.starts), col(Season.name)).where(col(Season.account_id) == account_id)
    begun_frames = season_frames((row.starts, row.name) for row in session.execute(beginnings))
    return [frame for frame in begun_frames if frame.span.start <= day]


class SeasonStandings:
    """Everybody's sums over a season's months, read once."""

    def __init__(self, session: Session, account_id: int, span: Span) -> None:
        self._session = session
        self._which = {"account_id": account_id, "start": span.start, "end": span.end or dt.date.max}

    def everyone(self) -> list[Standing]:
        """Return all who rank, joined or not, best first."""
        return self._ranked(row for row in self._sums.values() if row.may_rank)

    def top(self, _limit: int) -> list[Standing]:
        """Return all who rank on the boards, best first."""
        return self._on_boards

    def counted(self) -> int:
        """Return how many rank on the boards."""
        return len(self._on_boards)

    def place(self, person_id: int) -> OwnStanding:
        """Return the person's own place among those on the boards and themself."""
        row = self._sums.get(person_id)
        points = int(row.points) if row else 0
        others = [standing.points for standing in self._on_boards if standing.person_id != person_id]
        if row is None or not row.may_rank or points <= 0:
            return OwnStanding(points=points, of=len(others))
        above = [standing for standing in others if standing > points]
        if not above:
            return OwnStanding(points=points, of=len(others) + 1, rank=1)
        following = min(above)
        next_rank = len(above) - above.count(following) + 1
        return OwnStanding(points, len(others) + 1, len(above) + 1, following - points, next_rank)

    def team_total(self) -> int:
        """Return what all the account's people earned, joined or not, and their pool was given."""
        return int(self._session.execute(_TOGETHER, self._which).scalar_one())

    def active(self) -> int:
        """Return how many of the account's people earned more than 0, joined or not."""
        return sum(row.points > 0 for row in self._sums.values())

    @cached_property
    def _sums(self) -> dict[int, Any]:
        return {row.person_id: row for row in self._session.execute(_SUMS, self._which).all()}

    @cached_property
    def _on_boards(self) -> list[Standing]:
        return self._ranked(row for row in self._sums.values() if row.may_rank and row.on_boards)

    @staticmethod
    def _ranked(rows: Iterable[Any]) -> list[Standing]:
        return ranked((row.person_id, int(row.points), row.external_id, row.name) for row in rows if row.points > 0)


def _months(table: Any) -> tuple[Any, ...]:
    return (
        table.c.account_id == bindparam("account_id"),
        table.c.period == "month",
        table.c.start >= bindparam("start"),
        table.c.start < bindparam("end"),
    )


_BY_PERSON = (
    select(SCORE.c.account_id, SCORE.c.person_id, func.sum(SCORE.c.points).label("points"))
    .where(*_months(SCORE))
    .group_by(SCORE.c.account_id, SCORE.c.person_id)
    .subquery()
)
_SUMS = select(
    _BY_PERSON.c.person_id,
    _BY_PERSON.c.points,
    PERSON.c.external_id,
    PERSON.c.name,
    case((MAY_RANK, 1), else_=0).label("may_rank"),
    func.coalesce(MEMBER.c.on_boards, False).label("on_boards"),
).select_from(
    _BY_PERSON.join(
        PERSON, and_(PERSON.c.account_id == _BY_PERSON.c.account_id, PERSON.c.id == _BY_PERSON.c.person_id)
    ).outerjoin(
        MEMBER, and_(MEMBER.c.account_id == _BY_PERSON.c.account_id, MEMBER.c.person_id == _BY_PERSON.c.person_id)
    )
)
_TOGETHER = select(func.coalesce(func.sum(TEAM_SCORE.c.points), 0)).where(*_months(TEAM_SCORE))
