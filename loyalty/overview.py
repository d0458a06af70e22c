"""How a person stands: what there is to spend, what this week brought, what comes next."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlmodel import Session

from leaderboards.periods import ALWAYS, start_of
from loyalty.entries import Entry, entries
from loyalty.expiry_notice import Expiring, expiring
from loyalty.hints import Hint, hint
from loyalty.programme import Points, Programme, Words
from loyalty.tiers.standing import TierStanding, standing
from loyalty.versions import in_force
from storage.prepared import Prepared
from storage.tables import Account, Reached, Score, Wallet

_ACCOUNT: Any = Account.__table__  # type: ignore[attr-defined]
_REACHED: Any = Reached.__table__  # type: ignore[attr-defined]
_SCORE: Any = Score.__table__  # type: ignore[attr-defined]
_WALLET: Any = Wallet.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next milestone by points: its key, what it is called, how many points it still takes, and a way there."""

    milestone: str
    badge: Words | None
    to_go: int
    hint: Hint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A person's standing. `owed` is paid by whatever comes in next; `reached` are milestones' keys, oldest first."""

    balance: int
    owed: int
    earned: int
    this_week: int
    ahead: Ahead | None
    latest: Entry | None
    reached: tuple[str, ...] = ()
    tier: TierStanding | None = None
    expiring: Expiring | None = None


_ALL: Any = _SCORE.alias("all_score")
_WEEK: Any = _SCORE.alias("week_score")


def _scored(score: Any, period: str, start: Any) -> ColumnElement[bool]:
    return and_(
        score.c.account_id == _ACCOUNT.c.id,
        score.c.person_id == bindparam("person_id"),
        score.c.period == period,
        score.c.start == start,
    )


_IN_WALLET = and_(
    _WALLET.c.account_id == _ACCOUNT.c.id, _WALLET.c.person_id == bindparam("person_id"), _WALLET.c.kind == "person"
)
_FIGURES = Prepared(
    select(
        _ACCOUNT.c.key,
        _ACCOUNT.c.cohort,
        func.coalesce(_WALLET.c.balance, 0).label("balance"),
        func.coalesce(_WALLET.c.owed, 0).label("owed"),
        func.coalesce(_ALL.c.points, 0).label("earned"),
        func.coalesce(_WEEK.c.points, 0).label("this_week"),
    )
    .select_from(
        _ACCOUNT.outerjoin(_WALLET, _IN_WALLET)
        .outerjoin(_ALL, _scored(_ALL, "all", ALWAYS))
        .outerjoin(_WEEK, _scored(_WEEK, "week", bindparam("week")))
    )
    .where(_ACCOUNT.c.id == bindparam("account_id"))
)
_DONE = Prepared(
    select(_REACHED.c.milestone)
    .where(_REACHED.c.account_id == bindparam("account_id"), _REACHED.c.person_id == bindparam("person_id"))
    .order_by(_REACHED.c.id)
)


def overview(session: Session, account_id: int, person_id: int, *, today: dt.date) -> Overview:
    """Return how a person stands on the local day `today`. Raises NoProgrammeError where none was applied yet."""
    force = in_force(session)
    facts: dict[str, Any] = {"account_id": account_id, "person_id": person_id}
    week = start_of("week", today, force.programme.programme.week_starts)
    figures = _FIGURES.one(session, facts | {"week": week})
    reached = tuple(row.milestone for row in _DONE.all(session, facts))
    next_one = ahead(force.programme, figures.earned, reached)
    if next_one is not None:
        rules = force.book.in_play(figures.key, figures.cohort, today)
        next_one = replace(
            next_one,
            hint=hint(
                session,
                account_id,
                person_id,
                rules,
                next_one.to_go,
                today=today,
                week_starts=force.programme.programme.week_starts,
            ),
        )
    latest = entries(session, account_id, person_id, limit=1)
    return Overview(
        balance=figures.balance,
        owed=figures.owed,
        earned=figures.earned,
        this_week=figures.this_week,
        ahead=next_one,
        latest=latest[0] if latest else None,
        reached=reached,
        expiring=expiring(session, account_id, person_id, force.programme, today=today),
        tier=standing(session, account_id, person_id, force.programme, today=today),
    )


def ahead(programme: Programme, earned: int, reached: Collection[str]) -> Ahead | None:
    """Return the nearest milestone by points that is not reached yet."""
    away = [
        Ahead(milestone.key, milestone.badge, milestone.when.points - earned)
        for milestone in programme.milestones
        if isinstance(milestone.when, Points) and milestone.when.points > earned and milestone.key not in reached
    ]
    return min(away, key=lambda one: one.to_go, default=None)
