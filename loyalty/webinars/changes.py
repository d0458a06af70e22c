"""A webinar is changed, moved, cancelled: whoever answered is told, and what was posted of it changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlmodel import Session

from loyalty.programme import LocalizedText
from loyalty.webinars.audience.people import invited_accounts
from loyalty.webinars.details import Kind, WebinarDetails
from loyalty.webinars.errors import NoReasonError, WebinarCancelledError, WebinarOverError, WrongStateError
from loyalty.webinars.local_time import start_instant
from loyalty.webinars.outbox.kinds import INVITATION_KIND, OFFER_KIND, REMINDER_KIND, SEAT_KIND
from loyalty.webinars.outbox.rows import drop_waiting, tell_change, update_invitations
from loyalty.webinars.rows import OPEN_STATES, audit_webinar, details_of, lock_webinar, state_of, write_webinar
from loyalty.webinars.validate import (
    check_length,
    check_link,
    check_min_minutes,
    check_reminders,
    check_seats,
    check_start,
    check_title,
    check_where,
)
from storage.account_lock import lock_account
from storage.tables import Webinar

MAX_WHY_CHARS = 500
TOLD = ("time", "link", "place", "minutes", "title")
"""What whoever answered is told of; who reads the invitation sees the rest there."""


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
    row = _to_change(session, key, now)
    values = {name: value for name, value in _values(row, edit).items() if value != getattr(row, name)}
    if not values:
        return details_of(session, row, now)
    told = [name for name in TOLD if values.get(name) is not None]
    row = write_webinar(session, row, **values, sequence=row.sequence + bool(told))
    audit_webinar(session, key, "edit", author, now, changed=sorted(values))
    _spread(session, row, told, row.starts_at, now)
    return details_of(session, row, now)


def _values(row: Webinar, edit: WebinarEdit) -> dict[str, Any]:
    """Return the columns that an edit sets, checked."""
    values: dict[str, Any] = {}
    for name in ("kind", "min_minutes", "survey"):
        if getattr(edit, name) is not None:
            values[name] = getattr(edit, name)
    if edit.title is not None:
        check_title(edit.title)
        values["title"] = edit.title.root
    if edit.why is not None:
        values["why"] = edit.why.root
    if edit.link is not None or edit.place is not None:
        check_where(edit.link, edit.place)
        values |= {"link": edit.link, "place": edit.place}
    if edit.seats is not None:
        check_seats(edit.seats or None)
        values["seats"] = edit.seats or None
    if edit.minutes is not None:
        check_length(edit.minutes)
        values |= {"minutes": edit.minutes, "ends_at": row.starts_at + dt.timedelta(minutes=edit.minutes)}
    check_min_minutes(edit.min_minutes, edit.minutes or row.minutes)
    if edit.minutes is not None and edit.min_minutes is None and row.min_minutes is not None:
        values["min_minutes"] = min(row.min_minutes, edit.minutes)
    if edit.remind is not None:
        check_reminders(edit.remind)
        values["remind"] = sorted({round(each.total_seconds()) for each in edit.remind}, reverse=True)
    return values


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
    they are. Wants the operator's scope. Errors: as `edit_webinar`; `NoReasonError` for more than 500 characters.
    """
    row = _to_change(session, key, now)
    zone = timezone or row.timezone
    starts_at = start_instant(local_start, zone, fold)
    check_start(starts_at, now)
    if why is not None and len(why) > MAX_WHY_CHARS:
        raise NoReasonError(f"a reason has at most {MAX_WHY_CHARS} characters; this one has {len(why)}")
    place = {"local_start": local_start, "timezone": zone, "fold": fold or 0}
    if starts_at == row.starts_at:
        return details_of(session, write_webinar(session, row, **place), now)
    row = move_start(session, row, starts_at, now=now, why=why, **place)
    audit_webinar(session, key, "move", author, now)
    return details_of(session, row, now)


def move_start(
    session: Session, row: Webinar, starts_at: dt.datetime, *, now: dt.datetime, why: str | None, **place: Any
) -> Webinar:
    """Give a webinar, whose lock is the caller's, another instant, and return it; who answered is told."""
    old = row.starts_at
    send_at = row.send_at if row.send_at is None or row.send_at < starts_at else now
    row = write_webinar(
        session,
        row,
        **place,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=row.minutes),
        moved_from=old if row.state in OPEN_STATES else None,
        moved_at=now,
        change_why=why,
        send_at=send_at,
        state="announced" if row.state == "running" else row.state,
        sequence=row.sequence + 1,
    )
    _spread(session, row, ["time"], old, now, drop=(REMINDER_KIND,))
    return row


def cancel_webinar(session: Session, key: str, *, why: str, author: str, now: dt.datetime) -> WebinarDetails:
    """Cancel a webinar that is not over, and return it; whoever answered is told why. Twice changes nothing.

    Wants the operator's scope. Errors: `NoSuchWebinarError`, `WebinarOverError`, `NoReasonError`.
    """
    row = lock_webinar(session, key)
    if row.state == "cancelled":
        return details_of(session, row, now)
    if state_of(row, now) == "over":
        raise WebinarOverError(key, row.ends_at)
    if not why.strip() or len(why) > MAX_WHY_CHARS:
        raise NoReasonError(f"cancelling says why, in 1 to {MAX_WHY_CHARS} characters; these are {len(why.strip())}")
    was_open = row.state in OPEN_STATES
    changes = {"state": "cancelled", "send_at": None, "cancelled_at": now, "change_why": why.strip()}
    row = write_webinar(session, row, **changes, sequence=row.sequence + 1)
    audit_webinar(session, key, "cancel", author, now)
    if was_open:
        drop = (INVITATION_KIND, REMINDER_KIND, SEAT_KIND, OFFER_KIND)
        _spread(session, row, ["cancelled"], row.starts_at, now, drop=drop)
    return details_of(session, row, now)


def set_recording(session: Session, key: str, link: str, *, author: str, now: dt.datetime) -> WebinarDetails:
    """Say where the recording is, and return the webinar; once it is over, the recording goes to whoever is to get it.

    Wants the operator's scope. Errors: `NoSuchWebinarError`, `BadLinkError`, `WebinarCancelledError`.
    """
    row = lock_webinar(session, key)
    if row.state == "cancelled":
        raise WebinarCancelledError(key, row.change_why)
    check_link(link)
    if link != row.recording:
        row = write_webinar(session, row, recording=link, recording_at=now)
        audit_webinar(session, key, "recording", author, now)
    return details_of(session, row, now)


def set_code(session: Session, key: str, code: str, *, author: str, now: dt.datetime) -> str:
    """Say which code is said in the session, and return it; the caller made it. One that there is already stays.

    Wants the operator's scope. Errors: `NoSuchWebinarError`, `WebinarCancelledError`, `WebinarOverError`.
    """
    row = lock_webinar(session, key)
    if row.code is not None:
        return row.code
    _to_change(session, key, now)
    write_webinar(session, row, code=code)
    audit_webinar(session, key, "code", author, now)
    return code


def _to_change(session: Session, key: str, now: dt.datetime) -> Webinar:
    row = lock_webinar(session, key)
    match state_of(row, now):
        case "cancelled":
            raise WebinarCancelledError(key, row.change_why)
        case "over":
            raise WrongStateError(key, "over", ("draft", "scheduled", "announced", "running"))
        case _:
            return row


def _spread(
    session: Session,
    row: Webinar,
    told: Sequence[str],
    old_start: dt.datetime,
    now: dt.datetime,
    drop: Sequence[str] = (),
) -> None:
    """Let all accounts that are invited know of a change, by rising id."""
    if row.announced_at is None:
        return
    for account_id in invited_accounts(session, row.key):
        lock_account(session, account_id)
        drop_waiting(session, account_id, row.key, drop, "changed meanwhile")
        if told:
            tell_change(session, account_id, row, told, old_start=old_start, now=now)
        update_invitations(session, account_id, row, f"{row.sequence}-{now.isoformat()}", now=now)
