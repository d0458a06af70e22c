"""What corrections by command share."""

import datetime as dt

from sqlmodel import Session

from bot.cli.context import OPERATOR_NAME
from loyalty.points.post import LedgerContext
from loyalty.programme.versions import in_force
from storage.tables import Account


def ledger_context(session: Session, account: Account, at: dt.datetime) -> LedgerContext:
    """Return what a correction by command needs to know."""
    assert account.id is not None  # noqa: S101 - read from the database
    return LedgerContext(
        account_id=account.id,
        account_key=account.key,
        week_starts=in_force(session).week_starts,
        now=at,
        author=OPERATOR_NAME,
    )
