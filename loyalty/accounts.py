"""Opening a client's account."""

import datetime as dt
from typing import Any

from sqlmodel import Session

from storage import bulk
from storage.serials import take
from storage.tables import Account, Wallet
from storage.tables.ledger import SHARED, UNCACHED


def open_account(session: Session, *, now: dt.datetime, **facts: Any) -> Account:
    """Return a new account with its shared wallets: the company's pool and the system's.

    `facts` are the table's columns. Wants the operator's scope: no account has one of its own before it exists.
    """
    account = Account(created_at=now, **facts)
    session.add(account)
    session.flush()
    assert account.id is not None  # noqa: S101 - the database has just numbered it
    first = take(session, account.id, len(SHARED))
    bulk.insert(
        session,
        Wallet,
        [
            {
                "account_id": account.id,
                "id": first + place,
                "kind": kind,
                "person_id": None,
                "balance": None if kind in UNCACHED else 0,
                "owed": None if kind in UNCACHED else 0,
            }
            for place, kind in enumerate(SHARED)
        ],
    )
    return account
