"""Who stands where in a period, read from the scores.

Everywhere: whoever has more than 0 points ranks, unless staff, excluded, departed or erased. Ranks are 1, 1, 3; ties
stand in order of display name, then of id. Two populations are ranked:

- Everyone: joined or not. The command line's.
- On the boards: members who chose to be. Slack's. Ranks, counts and gaps are made of them alone, so that nothing gives
  away who is missing. A member who left the boards has a place too, for themself only: among those on the boards, as
  if they were there.

What is asked at every press (`top`, `place`, `counted`, `ranks`) goes by the index of `score` on points: it costs the
same however long the ledger has grown.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, func, select
from sqlmodel import Session

from leaderboards.periods import Period
from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import Member, Person, Score, TeamScore, core

SCORE = core(Score)
PERSON = core(Person)
MEMBER = core(Member)


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's place. `person` is the product's user id, `name` the display name: that id where there is none."""

    rank: int
    person_id: int
    person: str
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """A person's own place among those on the boards and themself.

    `of` counts them all. `rank` is None for whoever does not rank; `to_next` and `next_rank` are the points up to the
    next better place and its rank, None at the top.
    """

    points: int
    of: int
    rank: int | None = None
    to_next: int | None = None
    next_rank: int | None = None


def everyone(session: Session, account_id: int, period: Period, start: dt.date) -> list[Standing]:
    """Return all who rank, joined or not, best first."""
    return _ranked(session.execute(_EVERYONE, _which(account_id, period, start)))


def on_boards(session: Session, account_id: int, period: Period, start: dt.date) -> list[Standing]:
    """Return all who rank on the boards, best first."""
    return _ranked(session.execute(_ON_BOARDS, _which(account_id, period, start)))


def top(session: Session, account_id: int, period: Period, start: dt.date, limit: int) -> list[Standing]:
    """Return the best `limit` on the boards, best first; more where others are tied with the last of these."""
    which = _which(account_id, period, start)
    # One more than asked for tells whether the edge is tied: it seldom is, and then this is all.
    rows = _TOP.all(session, which | {"limit": limit + 1})
    if len(rows) > limit and rows[limit].points == rows[limit - 1].points:
        edge = rows[limit].points
        tied = _WITH_POINTS.all(session, which | {"points": edge})
        return _ranked([*(row for row in rows if row.points > edge), *tied])
    return _ranked(rows[:limit])


def counted(session: Session, account_id: int, period: Period, start: dt.date) -> int:
    """Return how many rank on the boards."""
    count: int = _COUNTED.one(session, _which(account_id, period, start)).people
    return count


def place(session: Session, account_id: int, period: Period, start: dt.date, person_id: int) -> OwnStanding:
    """Return the person's own place. Raises NoResultFound where the account has no such person."""
    row = _PLACE.one(session, _which(account_id, period, start) | {"person_id": person_id})
    of = row.above + row.others
    if not row.ranks:
        return OwnStanding(points=row.points, of=of)
    if row.next_points is None:
        return OwnStanding(points=row.points, of=of + 1, rank=1)
    return OwnStanding(row.points, of + 1, row.above + 1, row.next_points - row.points, row.above - row.next_tied + 1)


def ranks(
    session: Session, account_id: int, period: Period, start: dt.date, person_ids: Collection[int]
) -> dict[int, int]:
    """Return the rank on the boards of each of these people who has one, by person id."""
    which = _which(account_id, period, start) | {"person_ids": list(person_ids)}
    points = {row.person_id: row.points for row in session.execute(_POINTS_OF, which)}
    if not points:
        return {}
    steps: dict[int, int] = {}
    above = 0
    for step in session.execute(_STEPS, which | {"points": min(points.values())}):
        steps[step.points] = above + 1
        above += step.people
    return {person_id: steps[value] for person_id, value in points.items()}


def earned_before(
    session: Session, account_id: int, period: Period, starts: Collection[dt.date]
) -> dict[int, list[int]]:
    """Return the points of all who are on the boards in the periods that begin at `starts`, by person id, unordered.

    A period in which somebody has none is left out.
    """
    which = {"account_id": account_id, "period": period, "starts": list(starts)}
    earned: dict[int, list[int]] = {}
    for row in session.execute(_EARNED, which):
        earned.setdefault(row.person_id, []).append(row.points)
    return earned


def team_total(session: Session, account_id: int, period: Period, start: dt.date) -> int:
    """Return what all the account's people earned in the period, joined or not, and their pool was given."""
    total = session.get(TeamScore, (account_id, period, start))
    return total.points if total else 0


def active(session: Session, account_id: int, period: Period, start: dt.date) -> int:
    """Return how many of the account's people earned more than 0 in the period, joined or not."""
    count: int = session.execute(_ACTIVE, _which(account_id, period, start)).scalar_one()
    return count


def ranked(rows: Iterable[tuple[int, int, str, str | None]]) -> list[Standing]:
    """Return people with points as standings: person id, points, the product's user id, display name."""
    return _ranked(rows)


def _which(account_id: int, period: Period, start: dt.date) -> dict[str, Any]:
    return {"account_id": account_id, "period": period, "start": start}


def _ranked(rows: Iterable[Any]) -> list[Standing]:
    people = [(-points, name or person, person, person_id) for person_id, points, person, name in rows]
    people.sort()
    standings: list[Standing] = []
    rank, tied = 0, 0
    for position, (less, name, person, person_id) in enumerate(people, 1):
        if less != tied:
            rank, tied = position, less
        standings.append(Standing(rank, person_id, person, name, -less))
    return standings


_IN_PERIOD = and_(
    SCORE.c.account_id == bindparam("account_id"),
    SCORE.c.period == bindparam("period"),
    SCORE.c.start == bindparam("start"),
)
_MAY_RANK = and_(
    PERSON.c.staff.is_(False),
    PERSON.c.excluded.is_(False),
    PERSON.c.left_at.is_(None),
    PERSON.c.erased_at.is_(None),
)
MAY_RANK = _MAY_RANK
"""Of a person: neither staff, excluded, departed nor erased."""
_THEIR_PERSON = and_(PERSON.c.account_id == SCORE.c.account_id, PERSON.c.id == SCORE.c.person_id)
_THEIR_MEMBER = and_(
    MEMBER.c.account_id == SCORE.c.account_id,
    MEMBER.c.person_id == SCORE.c.person_id,
    MEMBER.c.on_boards.is_(True),
)


def _on_boards(*columns: Any, above: ColumnElement[int] | int = 0) -> Select[Any]:
    """Select from those who rank on the boards, with more than `above` points: one bound, so that the index serves."""
    people = SCORE.join(MEMBER, _THEIR_MEMBER).join(PERSON, _THEIR_PERSON)
    return select(*columns).select_from(people).where(_IN_PERIOD, SCORE.c.points > above, _MAY_RANK)


def _place() -> Select[Any]:
    scored = SCORE.c.points > 0
    own = (
        select(
            func.coalesce(SCORE.c.points, 0).label("points"),
            case((scored, SCORE.c.points), else_=0).label("above_zero"),
            case((and_(scored, _MAY_RANK), 1), else_=0).label("ranks"),
        )
        .select_from(PERSON.outerjoin(SCORE, and_(_THEIR_PERSON, _IN_PERIOD)))
        .where(PERSON.c.account_id == bindparam("account_id"), PERSON.c.id == bindparam("person_id"))
        .cte("own")
    )
    own_points = select(own.c.above_zero).scalar_subquery()
    others = _on_boards(func.count()).where(SCORE.c.points <= own_points, SCORE.c.person_id != bindparam("person_id"))
    better = _on_boards(func.min(SCORE.c.points), above=own_points).scalar_subquery()
    tied = _on_boards(func.count()).where(SCORE.c.points == better)
    return select(
        own.c.points,
        own.c.ranks,
        _on_boards(func.count(), above=own_points).scalar_subquery().label("above"),
        others.scalar_subquery().label("others"),
        better.label("next_points"),
        tied.scalar_subquery().label("next_tied"),
    )


_NAMED = (SCORE.c.person_id, SCORE.c.points, PERSON.c.external_id, PERSON.c.name)
_EVERYONE = (
    select(*_NAMED).select_from(SCORE.join(PERSON, _THEIR_PERSON)).where(_IN_PERIOD, SCORE.c.points > 0, _MAY_RANK)
)
_ON_BOARDS = _on_boards(*_NAMED)
# SQLite plans anew for each value that it sees of a bare LIMIT, which takes longer than reading.
_TOP = PreparedSelect(_ON_BOARDS.order_by(SCORE.c.points.desc()).limit(bindparam("limit", type_=Integer) + 0))
_WITH_POINTS = PreparedSelect(_ON_BOARDS.where(SCORE.c.points == bindparam("points")))
_COUNTED = PreparedSelect(_on_boards(func.count().label("people")))
_PLACE = PreparedSelect(_place())
_POINTS_OF = _on_boards(SCORE.c.person_id, SCORE.c.points).where(
    SCORE.c.person_id.in_(bindparam("person_ids", expanding=True))
)
_STEPS = (
    _on_boards(SCORE.c.points, func.count().label("people"), above=bindparam("points") - 1)
    .group_by(SCORE.c.points)
    .order_by(SCORE.c.points.desc())
)
_EARNED = (
    select(SCORE.c.person_id, SCORE.c.points)
    .select_from(SCORE.join(MEMBER, _THEIR_MEMBER))
    .where(SCORE.c.account_id == bindparam("account_id"), SCORE.c.period == bindparam("period"))
    .where(SCORE.c.start.in_(bindparam("starts", expanding=True)))
)
_ACTIVE = select(func.count()).select_from(SCORE).where(_IN_PERIOD, SCORE.c.points > 0)
