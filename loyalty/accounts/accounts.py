"""Opening a client's account, and finding it by its key."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from loyalty.errors import LoyaltyError
from loyalty.suggestions import nearest
from storage import bulk
from storage.account_lock import next_ids
from storage.tables import Account, Wallet
from storage.tables.ledger import SHARED, UNCACHED


class NoSuchAccountError(LoyaltyError):
    """There is no account of that key; the nearest one is named."""


def account_keys(session: Session) -> dict[str, int]:
    """Return every account's id by its key, oldest first. Wants the operator's scope."""
    keys_and_ids = session.exec(select(Account.key, Account.id).order_by(col(Account.id))).all()
    return {key: account_id for key, account_id in keys_and_ids if account_id is not None}


def cohorts(session: Session) -> dict[str, str | None]:
    """Return every account's cohort by its key. Wants the operator's scope."""
    return dict(session.exec(select(Account.key, Account.cohort)).all())


def by_id(session: Session, account_id: int) -> Account:
    """Return the account with this id. Raises NoResultFound where there is none in the session's scope."""
    return session.exec(select(Account).where(col(Account.id) == account_id)).one()


def zone_of(session: Session, account_id: int) -> ZoneInfo:
    """Return an account's time zone. Raises NoResultFound where there is no such account in the session's scope."""
    return ZoneInfo(session.exec(select(Account.timezone).where(col(Account.id) == account_id)).one())


def find_account(session: Session, key: str) -> Account:
    """Return the account of that key. Wants the operator's scope. Errors: `NoSuchAccountError`."""
    account = session.exec(select(Account).where(col(Account.key) == key)).first()
    if account is None:
        raise NoSuchAccountError(no_account(key, account_keys(session)))
    return account


def no_account(key: str, known: Collection[str]) -> str:
    """Return that there is no account of that key, with the nearest one that there is."""
    if not known:
        return f"there is no account `{key}`, nor any other: name the accounts in a programme, then apply it"
    return f"there is no account `{key}`{nearest(key, known) or ': there are ' + _some(known)}"


def _some(known: Collection[str], most: int = 5) -> str:
    named = ", ".join(sorted(known)[:most])
    return f"{named} and {len(known) - most} more" if len(known) > most else named


def open_account(session: Session, *, now: dt.datetime, **facts: Any) -> Account:
    """Return a new account with its shared wallets: the company's pool and the system's.

    `facts` are the table's columns. Wants the operator's scope: no account has one of its own before it exists.
    """
    account = Account(created_at=now, **facts)
    session.add(account)
    session.flush()
    assert account.id is not None  # noqa: S101 - the database has just numbered it
    first = next_ids(session, account.id, len(SHARED))
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
