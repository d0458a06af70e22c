"""Usage that comes over the API: whose it is, what is recorded of it, and what it would earn."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from loyalty.programme.versions import in_force
from loyalty.usage.record import Outcome, UsageEvent, record_usage
from storage.tables import Account


def account_ids(session: Session, keys: Collection[str]) -> dict[str, int]:
    """Return the ids of those accounts that there are, by key. Wants the operator's scope."""
    rows = session.exec(select(Account.key, Account.id).where(col(Account.key).in_(keys)))
    return {key: account_id for key, account_id in rows if account_id is not None}


def receive_usage(
    session: Session, account_id: int, events: Sequence[UsageEvent], *, now: dt.datetime
) -> list[Outcome]:
    """Record one account's events as they came over the API, and return what became of each."""
    account = by_id(session, account_id)
    return record_usage(session, account, events, in_force=in_force(session), now=now, door="api")
