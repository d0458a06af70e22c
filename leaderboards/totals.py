"""What an account's people earned together, with what was given to their pool."""

import datetime as dt
from typing import Any

from sqlalchemy import FromClause, Select, and_, bindparam, case, func, or_, select
from sqlmodel import Session

from leaderboards.periods import Period, Span
from storage.tables import Score, Transfer, Wallet

_SCORE: FromClause = Score.__table__  # type: ignore[attr-defined]
_TRANSFER: FromClause = Transfer.__table__  # type: ignore[attr-defined]
_WALLET: FromClause = Wallet.__table__  # type: ignore[attr-defined]
GIVEN = ("earn", "adjust", "gift")


def team_total(session: Session, account_id: int, period: Period, span: Span) -> int:
    """Return the points that all the account's people earned in the period, and that their pool was given.

    Joined or not, ranked or not. The pool was given what was earned, adjusted or gifted into it, less reversals; what
    it spent lowers nothing.
    """
    which = {"account_id": account_id, "period": period, "start": span.start}
    people: int = session.execute(_PEOPLE, which).scalar_one()
    pool = session.execute(_POOL, {"account_id": account_id}).scalar_one_or_none()
    if pool is None:
        return int(people)
    days = {"start": span.start, "end": span.end} if span.end else {"start": dt.date.min, "end": dt.date.max}
    given: int = session.execute(_GIVEN, {"account_id": account_id, "pool": pool} | days).scalar_one()
    return int(people) + int(given)


def active(session: Session, account_id: int, period: Period, start: dt.date) -> int:
    """Return how many of the account's people earned more than 0 in the period, joined or not."""
    which = {"account_id": account_id, "period": period, "start": start}
    count: int = session.execute(_ACTIVE, which).scalar_one()
    return count


def _given() -> Select[Any]:
    reversed_one = _TRANSFER.alias("reversed_one")
    its_own = and_(
        reversed_one.c.account_id == _TRANSFER.c.account_id,
        reversed_one.c.id == _TRANSFER.c.reverses_id,
    )
    into = _TRANSFER.c.to_id == bindparam("pool")
    out_of = _TRANSFER.c.from_id == bindparam("pool")
    return (
        select(func.coalesce(func.sum(case((into, _TRANSFER.c.points), else_=-_TRANSFER.c.points)), 0))
        .select_from(_TRANSFER.outerjoin(reversed_one, its_own))
        .where(_TRANSFER.c.account_id == bindparam("account_id"), or_(into, out_of))
        .where(_TRANSFER.c.local_day >= bindparam("start"), _TRANSFER.c.local_day < bindparam("end"))
        .where(func.coalesce(reversed_one.c.kind, _TRANSFER.c.kind).in_(GIVEN))
    )


_IN_PERIOD = and_(
    _SCORE.c.account_id == bindparam("account_id"),
    _SCORE.c.period == bindparam("period"),
    _SCORE.c.start == bindparam("start"),
)
_PEOPLE = select(func.coalesce(func.sum(_SCORE.c.points), 0)).where(_IN_PERIOD)
_ACTIVE = select(func.count()).select_from(_SCORE).where(_IN_PERIOD, _SCORE.c.points > 0)
_POOL = select(_WALLET.c.id).where(_WALLET.c.account_id == bindparam("account_id"), _WALLET.c.kind == "pool")
_GIVEN = _given()
