"""What people, or all of an account together, earned over a time: kept scores added up, few rows a person."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Literal

from sqlalchemy import Select, bindparam, func, or_, select, true, union_all
from sqlmodel import Session

from leaderboards.periods import tiles
from loyalty.programme import Duration, earlier
from loyalty.tier_rules import Tier
from storage.tables import Person, Score, TeamScore, TierHeld, Transfer, Wallet, core

Among = Literal["everyone", "changed", "changed or holding"]
"""Whose points are counted: of those who changed there are transfers after a mark."""

SCORE = core(Score)
TEAM_SCORE = core(TeamScore)
PERSON = core(Person)
TIER_HELD = core(TierHeld)
TRANSFER = core(Transfer)
WALLET = core(Wallet)
_ACCOUNT: Any = bindparam("account_id")
_KINDS = ("day", "month", "quarter", "year")

CHANGED = select(TRANSFER.c.person_id).where(TRANSFER.c.account_id == _ACCOUNT, TRANSFER.c.id > bindparam("mark"))
"""A person may come twice, and None may come: so the query goes by the primary key."""
HOLDING = select(TIER_HELD.c.person_id).where(
    TIER_HELD.c.account_id == _ACCOUNT, or_(TIER_HELD.c.tier.is_not(None), TIER_HELD.c.chosen.is_not(None))
)
_LEFT_OUT = select(PERSON.c.id).where(
    PERSON.c.account_id == _ACCOUNT, or_(PERSON.c.erased_at.is_not(None), PERSON.c.excluded)
)


def _pieces(scores: Any, *columns: Any, where: Any) -> Any:
    """Return the scores of certain periods, each kind by itself: an OR of them would go by no index."""
    return union_all(
        *(
            select(*columns).where(
                scores.c.account_id == _ACCOUNT,
                scores.c.period == kind,
                scores.c.start.in_(bindparam(f"{kind}s", expanding=True)),
                where,
            )
            for kind in _KINDS
        )
    ).subquery()


def _by_person(whose: Any) -> Select[Any]:
    pieces = _pieces(SCORE, SCORE.c.person_id, SCORE.c.points, where=whose)
    total = func.sum(pieces.c.points)
    return (
        select(pieces.c.person_id, total.label("points"))
        .where(pieces.c.person_id.not_in(_LEFT_OUT))
        .group_by(pieces.c.person_id)
        .having(total >= bindparam("least"))
    )


_AMONG: Mapping[Among, Select[Any]] = {
    "everyone": _by_person(true()),
    "changed": _by_person(SCORE.c.person_id.in_(CHANGED)),
    "changed or holding": _by_person(or_(SCORE.c.person_id.in_(CHANGED), SCORE.c.person_id.in_(HOLDING))),
}
_OWN = _pieces(SCORE, SCORE.c.points, where=SCORE.c.person_id == bindparam("person_id"))
_OF_ONE = select(func.coalesce(func.sum(_OWN.c.points), 0))
_TEAMS = _pieces(TEAM_SCORE, TEAM_SCORE.c.points, where=true())
_TOGETHER = select(func.coalesce(func.sum(_TEAMS.c.points), 0))
_NEWLY = (
    select(TRANSFER.c.person_id, func.sum(TRANSFER.c.points))
    .where(
        TRANSFER.c.account_id == _ACCOUNT,
        TRANSFER.c.id > bindparam("mark"),
        TRANSFER.c.kind.in_(("earn", "adjust")),
        TRANSFER.c.occurred_at >= bindparam("after"),
    )
    .join(WALLET, (WALLET.c.account_id == TRANSFER.c.account_id) & (WALLET.c.id == TRANSFER.c.to_id))
    .group_by(TRANSFER.c.person_id)
)
_NEWLY_OWN = _NEWLY.where(WALLET.c.kind == "person")
_NEWLY_TOGETHER = _NEWLY.where(WALLET.c.kind.in_(("person", "pool")))


def lengths(tiers: Collection[Tier]) -> dict[Duration, int]:
    """Return over which times points count for these tiers, each with the fewest points that reach one."""
    least: dict[Duration, int] = {}
    for tier in tiers:
        if tier.over is not None and tier.points is not None:
            least[tier.over] = min(tier.points, least.get(tier.over, tier.points))
    return least


def by_person(
    session: Session, account_id: int, tiers: Collection[Tier], today: dt.date, *, among: Among, mark: int = 0
) -> dict[int, dict[Duration, int]]:
    """Return who has enough points for one of the tiers, by id, with their points over each time."""
    points_by_person: dict[int, dict[Duration, int]] = {}
    for over, least in lengths(tiers).items():
        parameters = {"account_id": account_id, "least": least, "mark": mark} | _period_starts(over, today)
        for person_id, points in session.execute(_AMONG[among], parameters):
            points_by_person.setdefault(person_id, {})[over] = int(points)
    return points_by_person


def of_person(session: Session, account_id: int, person_id: int, over: Duration, today: dt.date) -> int:
    """Return what one person earned over a time up to today."""
    return _sum_of_person(session, account_id, person_id, _period_starts(over, today))


def kept_until(
    session: Session, account_id: int, person_id: int | None, over: Duration, today: dt.date, end: dt.date
) -> int:
    """Return what of today's points still counts on a later day: a person's, or (None) all together."""
    parameters = _period_starts(over, end, last=today)
    if person_id is None:
        return _sum_together(session, account_id, parameters)
    return _sum_of_person(session, account_id, person_id, parameters)


def team_total(session: Session, account_id: int, over: Duration, today: dt.date) -> int:
    """Return what an account's people earned over a time up to today, and its pool was given."""
    return _sum_together(session, account_id, _period_starts(over, today))


def newly(
    session: Session, account_id: int, *, mark: int, after: dt.datetime, whole: bool = False
) -> dict[int | None, int]:
    """Return what each person earned with transfers after a mark for what happened since `after`.

    `whole`: with what the pool was given; by whose act it was.
    """
    parameters = {"account_id": account_id, "mark": mark, "after": after}
    rows = session.execute(_NEWLY_TOGETHER if whole else _NEWLY_OWN, parameters)
    return {person_id: int(points) for person_id, points in rows}


def _sum_of_person(session: Session, account_id: int, person_id: int, starts: dict[str, Any]) -> int:
    parameters = {"account_id": account_id, "person_id": person_id} | starts
    return int(session.execute(_OF_ONE, parameters).scalar_one())


def _sum_together(session: Session, account_id: int, starts: dict[str, Any]) -> int:
    return int(session.execute(_TOGETHER, {"account_id": account_id} | starts).scalar_one())


def _period_starts(over: Duration, today: dt.date, *, last: dt.date | None = None) -> dict[str, Any]:
    """Return where the periods begin that hold the days after (today - over), by kind, as parameters."""
    starts: dict[str, Any] = {f"{kind}s": [] for kind in _KINDS}
    for period, start in tiles(earlier(today, over) + dt.timedelta(days=1), last or today):
        starts[f"{period}s"].append(start)
    return starts
