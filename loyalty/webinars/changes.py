"""A webinar is changed, moved, cancelled: whoever answered is told, and what was posted of it changes."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from loyalty.programme import LocalizedText
from loyalty.webinars.details import Kind, WebinarDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class WebinarEdit:
    """What is to be changed; None leaves it. `seats` 0: as many as come. `link` and `place` replace each other."""

    kind: Kind | None = None
    title: LocalizedText | None = None
    why: LocalizedText | None = None
    link: str | None = None
    place: str | None = None
    seats: int | None = None
    minutes: int | None = None
    min_minutes: int | None = None
    remind: tuple[dt.timedelta, ...] | None = None
    survey: str | None = None


def edit_webinar(session: Session, key: str, edit: WebinarEdit, *, author: str, now: dt.datetime) -> WebinarDetails:
    """Change a webinar that is not over, and return it. Whoever answered is told of another link, place or length.

    Fewer seats throw nobody out; after more of them call `promote_waitlist`, once this is committed. Wants the
    operator's scope. Errors: `NoSuchWebinarError`, `WrongStateError`, what `webinar_faults` finds.
    """
    raise NotImplementedError


def move_webinar(
    session: Session,
    key: str,
    local_start: dt.datetime,
    *,
    timezone: str | None = None,
    fold: Literal[0, 1] | None = None,
    why: str | None = None,
    author: str,
    now: dt.datetime,
) -> WebinarDetails:
    """Move a webinar to another local time, and return it; answers stand, old reminders go, new ones come once.

    Whoever answered is told: at once where the old or the new start is within 24 hours, else when it is loud where
    they are. Wants the operator's scope. Errors: as `edit_webinar`.
    """
    raise NotImplementedError


def cancel_webinar(session: Session, key: str, *, why: str, author: str, now: dt.datetime) -> WebinarDetails:
    """Cancel a webinar that is not over, and return it; whoever answered is told why. Twice changes nothing.

    Wants the operator's scope. Errors: `NoSuchWebinarError`, `WrongStateError`, `NoReasonError`.
    """
    raise NotImplementedError


def set_recording(session: Session, key: str, link: str, *, author: str, now: dt.datetime) -> WebinarDetails:
    """Say where the recording is, and return the webinar; once it is over, the recording goes to whoever is to get it.

    Wants the operator's scope. Errors: `NoSuchWebinarError`, `BadLinkError`, `WrongStateError`.
    """
    raise NotImplementedError


def set_code(session: Session, key: str, code: str, *, author: str, now: dt.datetime) -> str:
    """Say which code is said in the session, and return it; the caller made it. One that there is already stays.

    Wants the operator's scope. Errors: `NoSuchWebinarError`, `WebinarCancelledError`, `WebinarOverError`.
    """
    raise NotImplementedError
