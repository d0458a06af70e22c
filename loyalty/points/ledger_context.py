"""What moving points needs to know of an account, read in the transaction that moves them."""

import datetime as dt

from sqlmodel import Session

from loyalty.accounts.requester import AccountInfo
from loyalty.points.post import LedgerContext
from loyalty.programme.versions import in_force


def ledger_context(session: Session, account: AccountInfo, *, author: str, now: dt.datetime) -> LedgerContext:
    """Return the context of a movement of points by `author`, as `manager:7`. Errors: `NoProgrammeError`."""
    return LedgerContext(
        account_id=account.id,
        account_key=account.key,
        week_starts=in_force(session).week_starts,
        now=now,
        author=author,
    )
