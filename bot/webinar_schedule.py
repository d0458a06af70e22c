"""What happens to webinars by the clock: each webinar in transactions of its own, and none at another's cost."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

import structlog
from sqlmodel import Session

from loyalty.errors import LoyaltyError
from loyalty.webinars.announce import announce_webinar, announcements_due, unschedule_announcement
from loyalty.webinars.calendar.mail import put_calendar_mails, webinars_to_mail
from loyalty.webinars.rsvp.waitlist import promote_waitlist, waitlists_to_promote
from loyalty.webinars.schedule.due import advance_webinars, due_webinars, put_due_messages
from loyalty.webinars.schedule.refresh import refresh_instant, webinars_to_refresh
from storage.database import OPERATOR, Database

SCHEDULE_NAME = "schedule"
"""The author of what is done by the clock, as the audit names them."""

log = structlog.get_logger()


def tend_webinars(database: Database, now: dt.datetime, stopping: Callable[[], bool] = lambda: False) -> None:
    """Announce what is due, begin and close, let waitlists move, and put what is due of each into the outbox."""
    database.write(OPERATOR, partial(advance_webinars, now=now))
    announce_due(database, now)
    _each(database, partial(waitlists_to_promote, now=now), partial(promote_waitlist, now=now), stopping)
    _each(database, partial(due_webinars, now=now), partial(put_due_messages, now=now), stopping)


def announce_due(database: Database, now: dt.datetime) -> None:
    """Announce webinars whose moment has come. One that cannot be any more is a draft again, and that is logged."""
    for key in database.read(OPERATOR, partial(announcements_due, now=now)):
        try:
            database.write(OPERATOR, partial(announce_webinar, key=key, author=SCHEDULE_NAME, now=now))
        except LoyaltyError as refused:
            database.write(OPERATOR, partial(unschedule_announcement, key=key, author=SCHEDULE_NAME, now=now))
            log.warning("a webinar could not be announced: it is a draft again", webinar=key, why=str(refused))


def refresh_webinars(database: Database, now: dt.datetime) -> None:
    """Work out again when webinars ahead begin: a zone's rules may have changed since."""
    for key in database.read(OPERATOR, partial(webinars_to_refresh, now=now)):
        moved = database.write(OPERATOR, partial(refresh_instant, key=key, now=now))
        if moved is not None:
            log.warning("a zone's rules changed: a webinar's local time stays", webinar=key, start=str(moved.after))


def put_mails(database: Database, now: dt.datetime, stopping: Callable[[], bool] = lambda: False) -> None:
    """Put the mails into the outbox that calendars of whoever answered want."""
    _each(database, partial(webinars_to_mail, now=now), partial(put_calendar_mails, now=now), stopping)


def _each(
    database: Database,
    find: Callable[[Session], Iterable[str]],
    do: Callable[..., object],
    stopping: Callable[[], bool],
) -> None:
    for key in database.read(OPERATOR, find):
        if stopping():
            return
        try:
            database.write(OPERATOR, partial(do, key=key))
        except Exception:
            # The others are looked at all the same.
            log.exception("what is due of a webinar could not be done", webinar=key)
