"""How a person stands: what there is to spend, what this week brought, what comes next."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from leaderboards.periods import ALWAYS, start_of
from loyalty.accounts import by_id
from loyalty.entries import Entry, entries
from loyalty.expiry_notice import Expiring, expiring
from loyalty.hints import Hint, hint
from loyalty.programme import Points, Programme, Words
from loyalty.tiers.standing import TierStanding, standing
from loyalty.versions import InForce, in_force
from storage.tables import Reached, Score, Wallet

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


_IN_WALLET = select(_WALLET.c.balance, _WALLET.c.owed).where(
    _WALLET.c.account_id == bindparam("account_id"),
    _WALLET.c.person_id == bindparam("person_id"),
    _WALLET.c.kind == "person",
)
_SCORES = select(_SCORE.c.period, _SCORE.c.points).where(
    _SCORE.c.account_id == bindparam("account_id"),
    _SCORE.c.person_id == bindparam("person_id"),
    or_(
        (_SCORE.c.period == "all") & (_SCORE.c.start == ALWAYS),
        (_SCORE.c.period == "week") & (_SCORE.c.start == bindparam("week")),
    ),
)
_DONE = (
    select(_REACHED.c.milestone)
    .where(_REACHED.c.account_id == bindparam("account_id"), _REACHED.c.person_id == bindparam("person_id"))
    .order_by(_REACHED.c.id)
)


def overview(session: Session, account_id: int, person_id: int, *, today: dt.date) -> Overview:
    """Return how a person stands on the local day `today`. Raises NoProgrammeError where none was applied yet."""
    force = in_force(session)
    programme = force.programme
    facts: dict[str, Any] = {"account_id": account_id, "person_id": person_id}
    wallet = session.execute(_IN_WALLET, facts).first()
    week = start_of("week", today, programme.programme.week_starts)
    scores: dict[str, int] = dict(session.execute(_SCORES, facts | {"week": week}).all())
    reached = tuple(session.execute(_DONE, facts).scalars())
    latest = entries(session, account_id, person_id, limit=1)
    earned = scores.get("all", 0)
    return Overview(
        balance=wallet.balance if wallet else 0,
        owed=wallet.owed if wallet else 0,
        earned=earned,
        this_week=scores.get("week", 0),
        ahead=_with_hint(session, account_id, person_id, force, ahead(programme, earned, reached), today),
        latest=latest[0] if latest else None,
        reached=reached,
        expiring=expiring(session, account_id, person_id, programme, today=today),
        tier=standing(session, account_id, person_id, programme, today=today),
    )


def _with_hint(
    session: Session, account_id: int, person_id: int, force: InForce, ahead: Ahead | None, today: dt.date
) -> Ahead | None:
    if ahead is None:
        return None
    account = by_id(session, account_id)
    rules = force.book.in_play(account.key, account.cohort, today)
    week_starts = force.programme.programme.week_starts
    way = hint(session, account_id, person_id, rules, ahead.to_go, today=today, week_starts=week_starts)
    return replace(ahead, hint=way)


def ahead(programme: Programme, earned: int, reached: Collection[str]) -> Ahead | None:
    """Return the nearest milestone by points that is not reached yet."""
    away = [
        Ahead(milestone.key, milestone.badge, milestone.when.points - earned)
        for milestone in programme.milestones
        if isinstance(milestone.when, Points) and milestone.when.points > earned and milestone.key not in reached
    ]
    return min(away, key=lambda one: one.to_go, default=None)
