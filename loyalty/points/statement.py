"""A person's statement: what there is, what was earned and spent, and everything that moved it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlmodel import Session

from leaderboards.periods import ALWAYS
from loyalty.points.entries import Entry, entries
from storage.tables import Score, Transfer, Wallet

_SCORE: Any = Score.__table__  # type: ignore[attr-defined]
_TRANSFER: Any = Transfer.__table__  # type: ignore[attr-defined]
_WALLET: Any = Wallet.__table__  # type: ignore[attr-defined]
EVERYTHING = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a person has, in points. `owed` is paid by whatever comes in next; `earned` is the all-time score.

    `spent` went to rewards, those asked for and not yet decided included; `entries` are latest first.
    """

    balance: int
    owed: int
    earned: int
    spent: int
    entries: tuple[Entry, ...]


_IN_WALLET = select(_WALLET.c.balance, _WALLET.c.owed).where(
    _WALLET.c.account_id == bindparam("account_id"),
    _WALLET.c.person_id == bindparam("person_id"),
    _WALLET.c.kind == "person",
)
_EARNED = select(_SCORE.c.points).where(
    _SCORE.c.account_id == bindparam("account_id"),
    _SCORE.c.person_id == bindparam("person_id"),
    _SCORE.c.period == "all",
    _SCORE.c.start == ALWAYS,
)
_SPENT = select(func.sum(case((_TRANSFER.c.kind == "hold", _TRANSFER.c.points), else_=-_TRANSFER.c.points))).where(
    _TRANSFER.c.account_id == bindparam("account_id"),
    _TRANSFER.c.person_id == bindparam("person_id"),
    _TRANSFER.c.kind.in_(("hold", "release")),
)


def statement(session: Session, account_id: int, person_id: int) -> Statement:
    """Return all there is to tell of a person's points."""
    facts = {"account_id": account_id, "person_id": person_id}
    wallet = session.execute(_IN_WALLET, facts).first()
    return Statement(
        balance=wallet.balance if wallet else 0,
        owed=wallet.owed if wallet else 0,
        earned=session.execute(_EARNED, facts).scalar() or 0,
        spent=int(session.execute(_SPENT, facts).scalar() or 0),
        entries=entries(session, account_id, person_id, limit=EVERYTHING),
    )
