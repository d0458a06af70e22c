"""Who is invited: an account's people, by role, tier or name. Each account manager invites and withdraws their own."""

import datetime as dt

from sqlmodel import Session, col, select

from loyalty.webinars.announce import put_invitations
from loyalty.webinars.audience.people import invited_people, is_invited, spec_of
from loyalty.webinars.audience.row import count_account, write_audience
from loyalty.webinars.details import AudienceSpec
from loyalty.webinars.errors import WebinarCancelledError, WebinarOverError
from loyalty.webinars.outbox.kinds import INVITATION_KIND, OFFER_KIND, REMINDER_KIND, SEAT_KIND
from loyalty.webinars.outbox.rows import drop_waiting, tell_change, update_invitations
from loyalty.webinars.rows import OPEN_STATES, audit_webinar, lock_webinar, state_of
from loyalty.webinars.rsvp.seats import give_up
from loyalty.webinars.validate import audience_faults
from storage.account_lock import lock_account
from storage.tables import WebinarAudience, WebinarRsvp

__all__ = ["invite_account", "invited_people", "is_invited", "withdraw_account"]


def invite_account(
    session: Session, account_id: int, key: str, audience: AudienceSpec, *, author: str, now: dt.datetime
) -> bool:
    """Invite an account's people, or others of them, and return whether that changes anything.

    Where the webinar is announced already, their invitations go into the outbox at once. Errors: `NoSuchWebinarError`,
    `WebinarCancelledError`, `WebinarOverError`, what `audience_faults` finds.
    """
    row = lock_webinar(session, key)
    lock_account(session, account_id)
    state = state_of(row, now)
    if state == "cancelled":
        raise WebinarCancelledError(key, row.change_why)
    if state == "over":
        raise WebinarOverError(key, row.ends_at)
    faults = audience_faults(session, {account_id: audience}, now=now)
    if faults:
        raise faults[0]
    known = session.get(WebinarAudience, (account_id, key))
    if known is not None and known.withdrawn_at is None and spec_of(known) == audience:
        return False
    write_audience(session, account_id, key, audience, author=author, now=now)
    audit_webinar(session, key, "invite", author, now, account_id)
    if state in OPEN_STATES:
        put_invitations(session, account_id, row, now=now)
    return True


def withdraw_account(session: Session, account_id: int, key: str, *, author: str, now: dt.datetime) -> bool:
    """Take an account's invitation back and return whether there was one: seats become free, who answered is told.

    Call `promote_waitlist` once this is committed. Errors: `NoSuchWebinarError`.
    """
    row = lock_webinar(session, key)
    lock_account(session, account_id)
    audience = session.get(WebinarAudience, (account_id, key))
    if audience is None or audience.withdrawn_at is not None:
        return False
    audience.withdrawn_at = now
    count_account(session, key, -1)
    session.add(audience)
    drop_waiting(session, account_id, key, (INVITATION_KIND, REMINDER_KIND, SEAT_KIND, OFFER_KIND), "withdrawn")
    tell_change(session, account_id, row, ["withdrawn"], old_start=row.starts_at, now=now)
    mine = select(WebinarRsvp).where(col(WebinarRsvp.account_id) == account_id, col(WebinarRsvp.webinar) == key)
    for answer in session.exec(mine.order_by(col(WebinarRsvp.person_id))).all():
        give_up(session, key, answer, None)
        answer.invited_at = None
        session.add(answer)
    session.flush()
    update_invitations(session, account_id, row, f"withdrawn-{now.isoformat()}", now=now)
    audit_webinar(session, key, "withdraw", author, now, account_id)
    return True
