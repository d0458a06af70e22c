"""The waitlist: who gets a seat that came free, in order of arrival; and why it does not move."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, col, or_, select

from loyalty.webinars.audience.people import is_invited
from loyalty.webinars.details import RsvpState
from loyalty.webinars.errors import NotInvitedToWebinarError
from loyalty.webinars.outbox.kinds import OFFER_KIND, SEAT_KIND
from loyalty.webinars.outbox.rows import put_to_member
from loyalty.webinars.rows import (
    OPEN_STATES,
    audit_webinar,
    check_open,
    find_webinar,
    free_seats,
    lock_webinar,
    state_of,
)
from loyalty.webinars.rsvp.seats import give_up, is_silent, rsvp_state_of, take_seat
from loyalty.webinars.rules import webinar_rules
from storage.account_lock import lock_account
from storage.tables import Webinar, WebinarRsvp

Standstill = Literal["nobody_waits", "full", "too_late", "not_open"]
"""Why the list does not move: nobody is on it, no seat is free, it is too near the start, no answers are taken."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """Somebody who got a seat from the waitlist."""

    account_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class WaitlistState:
    """How the waitlist stands: how many wait, how many seats are free (None: any number), why it does not move.

    `why` None: it moves at the next `promote_waitlist`. `silent_until`: from when on nobody is moved silently.
    """

    waiting: int
    free: int | None
    why: Standstill | None
    silent_until: dt.datetime


def promote_waitlist(session: Session, key: str, *, now: dt.datetime) -> tuple[Promotion, ...]:
    """Give free seats to the first on the list who can still come, and return who got one; each is told.

    From the hours before the start in which nobody is moved silently, a free seat is offered to all on the list
    instead, once for each time one comes free. A transaction of its own, which locks the webinar and then accounts by
    rising id. Wants the operator's scope. Errors: `NoSuchWebinarError`.
    """
    row = lock_webinar(session, key)
    if state_of(row, now) not in OPEN_STATES or not row.waitlist or free_seats(row) == 0:
        return ()
    waiting = _waiting(session, key)
    for account_id in sorted({each.account_id for each in waiting}):
        lock_account(session, account_id)
    if not is_silent(session, row, now):
        _offer(session, row, waiting, now)
        return ()
    promoted = []
    for mine in waiting:
        if free_seats(find_webinar(session, key)) == 0:
            break
        if _promote(session, row, mine, now):
            promoted.append(Promotion(mine.account_id, mine.person_id))
    return tuple(promoted)


def _waiting(session: Session, key: str) -> Sequence[WebinarRsvp]:
    on_list = (col(WebinarRsvp.webinar) == key, col(WebinarRsvp.answer) == "waitlisted")
    rows = session.exec(
        select(WebinarRsvp).where(*on_list).order_by(col(WebinarRsvp.ticket)),
        execution_options={"populate_existing": True},
    )
    return rows.all()


def _promote(session: Session, row: Webinar, mine: WebinarRsvp, now: dt.datetime) -> bool:
    """Give somebody a seat, or take them off the list where they cannot come any more."""
    ticket = mine.ticket
    give_up(session, row.key, mine, "declined")
    comes = is_invited(session, mine.account_id, row.key, mine.person_id, now=now)
    if comes and take_seat(session, row.key):
        mine.answer, mine.seat_came_at = "going", now
    session.add(mine)
    session.flush()
    if mine.answer != "going":
        return False
    part = f"{ticket}"
    put_to_member(session, mine.account_id, mine.person_id, row, SEAT_KIND, part, now=now)
    return True


def _offer(session: Session, row: Webinar, waiting: Sequence[WebinarRsvp], now: dt.datetime) -> None:
    """Tell all on the list that a seat is free: once each time one was given up, or there are other seats."""
    for mine in waiting:
        if is_invited(session, mine.account_id, row.key, mine.person_id, now=now):
            part = f"{mine.ticket}-{row.seats_freed}-{row.seats}"
            until = row.starts_at if now < row.starts_at else row.ends_at
            put_to_member(session, mine.account_id, mine.person_id, row, OFFER_KIND, part, now=now, good_until=until)


def waitlists_to_promote(session: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """Return the webinars whose list would move, or that have a seat to offer: for the schedule. Operator's scope."""
    wanted = select(Webinar).where(
        col(Webinar.state).in_(OPEN_STATES),
        col(Webinar.ends_at) > now,
        col(Webinar.last_ticket) > 0,
        or_(col(Webinar.seats).is_(None), col(Webinar.seats_taken) < col(Webinar.seats)),
    )
    return tuple(row.key for row in session.exec(wanted.order_by(col(Webinar.starts_at))) if row.waitlist)


def waitlist_state(session: Session, key: str, *, now: dt.datetime) -> WaitlistState:
    """Return how a webinar's waitlist stands, for whoever manages it. Errors: `NoSuchWebinarError`."""
    row = find_webinar(session, key)
    free = free_seats(row)
    why: Standstill | None = None
    if state_of(row, now) not in OPEN_STATES:
        why = "not_open"
    elif not row.waitlist:
        why = "nobody_waits"
    elif free == 0:
        why = "full"
    elif not is_silent(session, row, now):
        why = "too_late"
    return WaitlistState(len(row.waitlist), free, why, row.starts_at - webinar_rules(session).silent_until)


def give_seat(
    session: Session, account_id: int, key: str, person_id: int, *, author: str, now: dt.datetime
) -> RsvpState:
    """Give somebody who is invited a seat by the organizer's hand, and return how it stands; they are told.

    It counts in, also beyond the seats there are: then the list waits until as many are given up. Errors: as `rsvp`.
    """
    row = lock_webinar(session, key)
    lock_account(session, account_id)
    check_open(row, now)
    if not is_invited(session, account_id, key, person_id, now=now):
        raise NotInvitedToWebinarError(f"person {person_id} is not invited to `{key}`")
    mine = session.get(WebinarRsvp, (account_id, key, person_id), populate_existing=True)
    mine = mine or WebinarRsvp(account_id=account_id, webinar=key, person_id=person_id)
    if mine.answer != "going":
        give_up(session, key, mine, "going")
        take_seat(session, key, beyond=True)
        mine.by_hand, mine.answered_at, mine.seat_declined = True, now, False
        session.add(mine)
        session.flush()
        audit_webinar(session, key, "seat", author, now, account_id, person=person_id)
        put_to_member(
            session, account_id, person_id, row, SEAT_KIND, f"hand-{now.isoformat()}", now=now, subject={"hand": True}
        )
    return rsvp_state_of(session, find_webinar(session, key), mine, now=now)
