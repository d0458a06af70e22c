"""The waitlist: who gets a seat that came free, in order of arrival; and why it does not move."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from loyalty.webinars.details import RsvpState

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

    `why` None: it moves at the next `promote_waitlist`. `silent_from`: from when on nobody is moved silently.
    """

    waiting: int
    free: int | None
    why: Standstill | None
    silent_from: dt.datetime


def promote_waitlist(session: Session, key: str, *, now: dt.datetime) -> tuple[Promotion, ...]:
    """Give free seats to the first on the list who can still come, and return who got one; each is told.

    From the hours before the start in which nobody is moved silently, a free seat is offered to all on the list
    instead, once each. A transaction of its own, which locks the webinar and then accounts by rising id. Wants the
    operator's scope. Errors: `NoSuchWebinarError`.
    """
    raise NotImplementedError


def waitlists_to_promote(session: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """Return the webinars whose list would move, or that have a seat to offer: for the schedule. Operator's scope."""
    raise NotImplementedError


def waitlist_state(session: Session, key: str, *, now: dt.datetime) -> WaitlistState:
    """Return how a webinar's waitlist stands, for whoever manages it. Errors: `NoSuchWebinarError`."""
    raise NotImplementedError


def give_seat(
    session: Session, account_id: int, key: str, person_id: int, *, author: str, now: dt.datetime
) -> RsvpState:
    """Give somebody who is invited a seat by the organizer's hand, and return how it stands; they are told.

    It counts in, also beyond the seats there are: then the list waits until as many are given up. Errors: as `rsvp`.
    """
    raise NotImplementedError
