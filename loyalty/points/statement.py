"""A person's statement: what there is, what was earned and spent, and everything that moved it."""

from dataclasses import dataclass

from sqlalchemy import bindparam, case, func, select
from sqlmodel import Session

from leaderboards.periods import ALWAYS
from loyalty.points.entries import Entry, entries
from storage.tables import Score, Transfer, Wallet, core

SCORE = core(Score)
TRANSFER = core(Transfer)
WALLET = core(Wallet)
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


_IN_WALLET = select(WALLET.c.balance, WALLET.c.owed).where(
    WALLET.c.account_id == bindparam("account_id"),
    WALLET.c.person_id == bindparam("person_id"),
    WALLET.c.kind == "person",
)
_EARNED = select(SCORE.c.points).where(
    SCORE.c.account_id == bindparam("account_id"),
    SCORE.c.person_id == bindparam("person_id"),
    SCORE.c.period == "all",
    SCORE.c.start == ALWAYS,
)
_SPENT = select(func.sum(case((TRANSFER.c.kind == "hold", TRANSFER.c.points), else_=-TRANSFER.c.points))).where(
    TRANSFER.c.account_id == bindparam("account_id"),
    TRANSFER.c.person_id == bindparam("person_id"),
    TRANSFER.c.kind.in_(("hold", "release")),
)


def statement(session: Session, account_id: int, person_id: int) -> Statement:
    """Return all there is to tell of a person's points."""
    parameters = {"account_id": account_id, "person_id": person_id}
    wallet = session.execute(_IN_WALLET, parameters).first()
    return Statement(
        balance=wallet.balance if wallet else 0,
        owed=wallet.owed if wallet else 0,
        earned=session.execute(_EARNED, parameters).scalar() or 0,
        spent=int(session.execute(_SPENT, parameters).scalar() or 0),
        entries=entries(session, account_id, person_id, limit=EVERYTHING),
    )
