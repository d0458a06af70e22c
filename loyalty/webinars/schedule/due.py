"""What the schedule asks: which reminders and words afterwards are due, which webinars run by now.

Each webinar and account is a transaction of its own: `due_webinars` says which, `put_due_messages` does one.
"""

import datetime as dt

from sqlmodel import Session, col, or_, select

from loyalty.webinars.announce import put_invitations
from loyalty.webinars.audience.people import invited_accounts
from loyalty.webinars.outbox.rows import update_invitations
from loyalty.webinars.rows import OPEN_STATES, find_webinar, lock_webinar, state_of, write_webinar
from loyalty.webinars.schedule.afterwards import AFTER_END, ASK_FOR, put_afterwards, put_organizer_question
from loyalty.webinars.schedule.reminders import put_reminders
from storage.account_lock import lock_account
from storage.tables import Webinar


def due_webinar_messages(session: Session, *, now: dt.datetime) -> int:
    """Put what is due of all webinars into the outbox, and return how many messages are new.

    Reminders, thanks, recordings, what the organizer is asked; and the invitations of members who joined since. Each
    has a key of its own, so it is put once, however many ask. Wants the operator's scope.
    """
    found = 0
    for key in due_webinars(session, now=now):
        found += put_due_messages(session, key, now=now)
    return found


def due_webinars(session: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """Return the webinars of which something may be due, soonest first. Wants the operator's scope."""
    ahead = (col(Webinar.state).in_(OPEN_STATES), col(Webinar.ends_at) > now)
    after = (col(Webinar.state).in_((*OPEN_STATES, "over")), col(Webinar.ends_at) <= now)
    recent = col(Webinar.ends_at) > now - ASK_FOR
    wanted = select(Webinar.key).where(or_(col(Webinar.ends_at) > now, recent))
    wanted = wanted.where(or_(ahead[0] & ahead[1], after[0] & after[1]))
    return tuple(session.exec(wanted.order_by(col(Webinar.starts_at), col(Webinar.key))))


def put_due_messages(session: Session, key: str, *, now: dt.datetime) -> int:
    """Put what is due of one webinar into the outbox, and return how many messages are new. The operator's scope."""
    row, found = find_webinar(session, key), 0
    after = now >= row.ends_at + AFTER_END
    if after:
        found += put_organizer_question(session, row, now=now)
    for account_id in invited_accounts(session, key):
        if after:
            found += put_afterwards(session, account_id, row, now=now)
        elif now < row.starts_at:
            lock_account(session, account_id)
            found += put_invitations(session, account_id, row, now=now)
            found += put_reminders(session, account_id, row, now=now)
    return found


def advance_webinars(session: Session, *, now: dt.datetime) -> int:
    """Write down which announced webinars run, or are over by now, and return how many changed. Operator's scope.

    Invitations that were posted of what is over are closed.
    """
    going = (col(Webinar.state).in_(OPEN_STATES), col(Webinar.starts_at) <= now)
    keys = session.exec(select(Webinar.key).where(*going).order_by(col(Webinar.key))).all()
    changed = 0
    for key in keys:
        row = lock_webinar(session, key)
        state = state_of(row, now)
        if state == row.state:
            continue
        row = write_webinar(session, row, state=state)
        changed += 1
        for account_id in invited_accounts(session, key) if state == "over" else ():
            update_invitations(session, account_id, row, "over", now=now)
    return changed
