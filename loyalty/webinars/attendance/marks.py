"""Evidence of a person's own: the organizer's mark, and the code that is said in the session."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

MAX_WRONG_CODES = 5
CODE_PAUSE = dt.timedelta(minutes=10)
CODE_GOOD_FOR = dt.timedelta(minutes=15)
"""How long after the end a code is taken."""


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """Whether a code was right. `tries_left` before a pause; `wait_until`: the end of one, None where there is none.

    A wrong code is no error, so that it is counted: commit it.
    """

    right: bool
    tries_left: int
    wait_until: dt.datetime | None = None


def mark_attendance(
    session: Session,
    account_id: int,
    key: str,
    person_id: int,
    *,
    came: bool | None,
    minutes: int | None = None,
    author: str,
    now: dt.datetime,
) -> bool:
    """Mark that somebody came, or was not there, and return whether they are held to have come now.

    "Was not there" overrules all other evidence; `came` None takes the mark back. Points follow. The account's scope
    is enough. Errors: `NoSuchWebinarError`, `NotInvitedToWebinarError`, `NotOverYetError`, `WebinarCancelledError`.
    """
    raise NotImplementedError


def enter_code(
    session: Session, account_id: int, key: str, person_id: int, code: str, *, now: dt.datetime
) -> CodeAnswer:
    """Take a code that somebody typed: the right one says that they came; five wrong ones, and they wait 10 minutes.

    While it runs, and 15 minutes after. Letters' case and blanks do not matter. Errors: `NoSuchWebinarError`,
    `NotInvitedToWebinarError`, `NoCodeError`.
    """
    raise NotImplementedError


def code_webinars(session: Session, account_id: int, person_id: int, *, now: dt.datetime) -> tuple[str, ...]:
    """Return the webinars of a person that take a code now: mostly one, so that it need not be named."""
    raise NotImplementedError
