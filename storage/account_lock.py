"""The account's lock, and the ids of its rows.

Handing out ids updates the account's row, so whoever holds the lock is alone in writing for that account until the
transaction ends: limits, balances and the order of arrival are exact without a lock of their own.
"""

from sqlalchemy import bindparam, update
from sqlmodel import Session

from storage.tables import Account, core

ACCOUNT = core(Account)
_NEXT_IDS = (
    update(ACCOUNT)
    .where(ACCOUNT.c.id == bindparam("account_id"))
    .values(serial=ACCOUNT.c.serial + bindparam("count"))
    .returning(ACCOUNT.c.serial)
)


def lock_account(session: Session, account_id: int) -> None:
    """Hold the account's lock until the transaction ends."""
    next_ids(session, account_id, 0)


def next_ids(session: Session, account_id: int, count: int = 1) -> int:
    """Return the first of `count` fresh ids of the account, the others following it; takes the account's lock."""
    last: int = session.execute(_NEXT_IDS, {"account_id": account_id, "count": count}).scalar_one()
    return last - count + 1
