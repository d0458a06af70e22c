"""How it shows that the database is not there just now."""

from typing import Final

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

AWAY: Final = (OperationalError, InterfaceError, NoConnectionLeftError)
"""What `read` and `write` raise when it cannot be reached, goes away, or stays locked: the same may work later."""
