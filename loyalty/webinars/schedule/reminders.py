"""Reminders of a webinar: to whoever is going or may come, in each one's own hours, once."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from loyalty.notifications.recipients import recipient
from loyalty.programme import Contact
from loyalty.programme.versions import in_force
from loyalty.webinars.outbox.kinds import REMINDER_KIND
from loyalty.webinars.outbox.rows import to_member
from loyalty.webinars.schedule.reminder_times import reminders_of
from storage import outbox
from storage.outbox import OutboxMessage
from storage.tables import Webinar, WebinarRsvp


def put_reminders(session: Session, account_id: int, row: Webinar, *, now: dt.datetime) -> int:
    """Put an account's reminders that are due into the outbox, and return how many are new."""
    contact = in_force(session).programme.contact
    coming = select(WebinarRsvp).where(
        col(WebinarRsvp.account_id) == account_id,
        col(WebinarRsvp.webinar) == row.key,
        col(WebinarRsvp.answer).in_(("going", "maybe")),
    )
    rows = session.exec(coming.order_by(col(WebinarRsvp.person_id))).all()
    messages = [message for mine in rows for message in _due(session, row, mine, contact, now)]
    return outbox.put_message(session, account_id, messages, now=now)


def _due(session: Session, row: Webinar, mine: WebinarRsvp, contact: Contact, now: dt.datetime) -> list[OutboxMessage]:
    """Return the reminder that is due to one person: not one that was due before they answered, or it was moved."""
    to = recipient(session, mine.account_id, mine.person_id)
    if to is None:
        return []
    known = [mine.answered_at, mine.seat_came_at, row.moved_at, row.announced_at]
    since = max((each for each in known if each is not None), default=now)
    before = [dt.timedelta(seconds=seconds) for seconds in row.remind]
    return [
        to_member(
            to,
            mine.person_id,
            row,
            REMINDER_KIND,
            f"{row.starts_at:%Y%m%dT%H%M}/{round(each.before.total_seconds())}",
            due_at=each.due_at,
            good_until=each.good_until,
            subject={"start": row.starts_at.isoformat()},
        )
        for each in reminders_of(row.starts_at, before, contact, ZoneInfo(to.timezone))
        if since <= each.due_at <= now < each.good_until
    ]
