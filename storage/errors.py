"""Which errors say that the database cannot be reached just now."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError
from sqlmodel import Session

DATABASE_UNAVAILABLE: Final = (OperationalError, InterfaceError, NoConnectionLeftError)
"""What `read` and `write` raise when it cannot be reached, goes away, or stays locked: the same may work later."""
RETRY_AFTER_SECONDS: Final = 5
"""Seconds after which to try again what met a database that was away."""


def ask(session: Session) -> None:
    """Read something, whatever it is. Wants the operator's scope. Errors: `AWAY`."""
    session.execute(text("SELECT 1 FROM account LIMIT 1"))
