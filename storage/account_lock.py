"""The account's own numbers, and with them its turn.

Handing out serials updates the account's row, so whoever holds some is alone in writing for that account until the
transaction
ends: caps, balances and arrival order are exact without a lock of their own.
"""

from sqlalchemy import bindparam, update
from sqlmodel import Session

from storage.tables import Account

_ACCOUNT = Account.__table__  # type: ignore[attr-defined]
_TAKE = (
    update(_ACCOUNT)
    .where(_ACCOUNT.c.id == bindparam("account_id"))
    .values(serial=_ACCOUNT.c.serial + bindparam("count"))
    .returning(_ACCOUNT.c.serial)
)


def take(session: Session, account_id: int, count: int = 1) -> int:
    """Return the first of `count` fresh serials of the account; the others follow it.

    With 0 it only takes the account's turn.
    """
    last: int = session.execute(_TAKE, {"account_id": account_id, "count": count}).scalar_one()
    return last - count + 1
