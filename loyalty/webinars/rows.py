"""A webinar's row: found, locked, changed, and made a value."""

import datetime as dt
from typing import Any

from sqlmodel import Session, col, select, update

from loyalty import audit
from loyalty.programme import LocalizedText
from loyalty.suggestions import closest
from loyalty.webinars.details import SeatsShown, State, WebinarDetails, WebinarFacts
from loyalty.webinars.errors import NoSuchWebinarError, WebinarCancelledError, WebinarOverError
from storage.tables import Webinar, WebinarSeries

FEW_SEATS = 5
OPEN_STATES = ("announced", "running")
"""In which answers are taken, until the end."""
_NO_ROWS_HERE = {"synchronize_session": False}


def find_webinar(session: Session, key: str) -> Webinar:
    """Return a webinar's row, as it is in the database now. Errors: `NoSuchWebinarError`."""
    return _found(session, key, select(Webinar).where(col(Webinar.key) == key))


def lock_webinar(session: Session, key: str) -> Webinar:
    """Return a webinar's row and hold its lock until the transaction ends: before any account's. As `find_webinar`."""
    return _found(session, key, select(Webinar).where(col(Webinar.key) == key).with_for_update())


def _found(session: Session, key: str, wanted: Any) -> Webinar:
    row: Webinar | None = session.exec(wanted, execution_options={"populate_existing": True}).first()
    if row is None:
        known = list(session.exec(select(Webinar.key)))
        raise NoSuchWebinarError(key, closest(key, known))
    return row


def write_webinar(session: Session, row: Webinar, **values: Any) -> Webinar:
    """Change a webinar's row, whatever account's scope this is, and return it as it is then."""
    changes = update(Webinar).where(col(Webinar.key) == row.key).values(**values)
    session.exec(changes, execution_options=_NO_ROWS_HERE)
    return find_webinar(session, row.key)


def state_of(row: Webinar, now: dt.datetime) -> State:
    """Return a webinar's state at a moment: one that was announced runs, then is over, by the clock."""
    if row.state not in {"announced", "running", "over"}:
        return row.state  # type: ignore[return-value]
    if now >= row.ends_at:
        return "over"
    return "running" if now >= row.starts_at else "announced"


def check_open(row: Webinar, now: dt.datetime) -> None:
    """Raise where no answers are taken: `NoSuchWebinarError` (a draft), `WebinarCancelledError`, `WebinarOverError`."""
    match state_of(row, now):
        case "cancelled":
            raise WebinarCancelledError(row.key, row.change_why)
        case "over":
            raise WebinarOverError(row.key, row.ends_at)
        case "draft" | "scheduled":
            raise NoSuchWebinarError(row.key)
        case _:
            return


def free_seats(row: Webinar) -> int | None:
    """Return how many seats are free, None for any number."""
    return None if row.seats is None else max(0, row.seats - row.seats_taken)


def seats_shown(row: Webinar) -> SeatsShown:
    """Return what the invited are told of seats: never how many."""
    free = free_seats(row)
    if free is None or (free > FEW_SEATS and not row.waitlist):
        return "free"
    return "few" if free and not row.waitlist else "waitlist"


def facts_of(row: Webinar, now: dt.datetime) -> WebinarFacts:
    """Return what the invited are told of a webinar."""
    return WebinarFacts(
        key=row.key,
        kind=row.kind,  # type: ignore[arg-type]
        title=LocalizedText(row.title),
        why=None if row.why is None else LocalizedText(row.why),
        state=state_of(row, now),
        local_start=row.local_start,
        timezone=row.timezone,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        minutes=row.minutes,
        link=row.link,
        place=row.place,
        series=row.series,
        sequence=row.sequence,
        seats_shown=seats_shown(row),
        moved_from=row.moved_from,
        why_changed=row.change_why,
        recording=row.recording,
    )


def details_of(session: Session, row: Webinar, now: dt.datetime) -> WebinarDetails:
    """Return a webinar as whoever manages it sees it."""
    series = None if row.series is None else session.get(WebinarSeries, row.series)
    return WebinarDetails(
        facts=facts_of(row, now),
        seats=row.seats,
        seats_taken=row.seats_taken,
        waiting=len(row.waitlist),
        organizer=row.organizer,
        send_at=row.send_at,
        remind=tuple(dt.timedelta(seconds=seconds) for seconds in row.remind),
        min_minutes=row.min_minutes or 1,
        survey=row.survey,
        complete=None if series is None else series.complete,
        code=row.code,
        attendance_at=row.attendance_at,
    )


def audit_webinar(
    session: Session, key: str, action: str, author: str, now: dt.datetime, account_id: int | None = None, **more: Any
) -> None:
    """Write down who decided what of a webinar; the operator's where it is no account's."""
    audit.record(session, account_id, f"webinar.{action}", {"webinar": key, **more}, author=author, now=now)
    session.flush()
