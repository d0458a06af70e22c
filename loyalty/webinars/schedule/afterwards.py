"""After a webinar: thanks to who came, the recording to who is to have it, the question to the organizer."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from loyalty.notifications.contact_policy import quiet_hours_end
from loyalty.notifications.recipients import Recipient, recipient
from loyalty.programme.versions import in_force
from loyalty.webinars.outbox.kinds import RECORDING_KIND, REPORT_KIND, THANKS_KIND
from loyalty.webinars.outbox.rows import to_member
from storage import outbox
from storage.outbox import OutboxMessage, Workspace
from storage.tables import Manager, Webinar, WebinarAttendance, WebinarRsvp

AFTER_END = dt.timedelta(hours=2)
ASK_FOR = dt.timedelta(days=60)
"""How long after the end a recording that comes late still goes."""
THANKS_FOR = dt.timedelta(days=14)


def put_organizer_question(session: Session, row: Webinar, *, now: dt.datetime) -> int:
    """Ask the organizer for the report and the recording, once, and return how many messages are new.

    In the vendor's own name: it speaks of all accounts. Not where no account manager of that e-mail was seen in Slack.
    """
    seen = (col(Manager.email) == row.organizer, col(Manager.user_id).is_not(None))
    manager = session.exec(select(Manager).where(*seen).order_by(col(Manager.account_id), col(Manager.id))).first()
    if manager is None or now >= row.ends_at + THANKS_FOR:
        return 0
    contact = in_force(session).programme.contact
    due_at = quiet_hours_end(contact, row.ends_at + AFTER_END, ZoneInfo(manager.timezone or row.timezone))
    question = OutboxMessage(
        key=f"{REPORT_KIND}/{row.key}",
        kind=REPORT_KIND,
        category="answer",
        workspace=Workspace(manager.enterprise_id or "", manager.team_id or ""),
        user_id=manager.user_id,
        subject={"webinar": row.key, "account": manager.account_id, "manager": manager.id},
        due_at=due_at,
        good_until=row.ends_at + THANKS_FOR,
    )
    return outbox.put_vendor_message(session, [question], now=now)


def put_afterwards(session: Session, account_id: int, row: Webinar, *, now: dt.datetime) -> int:
    """Put an account's thanks and recordings into the outbox, and return how many messages are new."""
    thanked, recorded = _whom(session, account_id, row)
    if row.attendance_at is None or now >= row.ends_at + THANKS_FOR:
        thanked = set()
    if row.recording is None or now >= row.ends_at + ASK_FOR:
        recorded = set()
    messages = []
    for person_id in sorted(thanked | recorded):
        to = recipient(session, account_id, person_id)
        if to is None:
            continue
        if person_id in thanked:
            messages.append(_message(session, to, person_id, row, THANKS_KIND, now=now))
        if person_id in recorded:
            messages.append(_message(session, to, person_id, row, RECORDING_KIND, now=now))
    return outbox.put_message(session, account_id, messages, now=now)


def _whom(session: Session, account_id: int, row: Webinar) -> tuple[set[int], set[int]]:
    """Return who came, and who gets the recording: who came, said they would or might, waited, or asked for it."""
    came = session.exec(
        select(WebinarAttendance.person_id).where(
            col(WebinarAttendance.account_id) == account_id,
            col(WebinarAttendance.webinar) == row.key,
            col(WebinarAttendance.came),
        )
    )
    asked = session.exec(
        select(WebinarRsvp.person_id).where(
            col(WebinarRsvp.account_id) == account_id,
            col(WebinarRsvp.webinar) == row.key,
            col(WebinarRsvp.answer).in_(("going", "maybe", "waitlisted")) | col(WebinarRsvp.wants_recording),
        )
    )
    thanked = set(came)
    return thanked, thanked | set(asked)


def _message(
    session: Session, to: Recipient, person_id: int, row: Webinar, kind: str, *, now: dt.datetime
) -> OutboxMessage:
    for_ = THANKS_FOR if kind == THANKS_KIND else ASK_FOR
    contact = in_force(session).programme.contact
    due_at = quiet_hours_end(contact, max(now, row.ends_at + AFTER_END), ZoneInfo(to.timezone))
    return to_member(to, person_id, row, kind, due_at=due_at, good_until=max(row.ends_at + for_, due_at + AFTER_END))
