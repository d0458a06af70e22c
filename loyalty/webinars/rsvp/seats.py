"""Seats and tickets of a webinar, whose lock is the caller's: taken, given up, and how somebody's answer stands."""

import datetime as dt

from sqlmodel import Session, col, or_, update

from loyalty.webinars.details import RsvpState
from loyalty.webinars.rows import find_webinar, free_seats, write_webinar
from loyalty.webinars.rules import webinar_rules
from storage.tables import Webinar, WebinarRsvp

_NO_ROWS_HERE = {"synchronize_session": False}


def take_seat(session: Session, key: str, *, beyond: bool = False) -> bool:
    """Take one seat and return whether there was one; `beyond`: also where there is none."""
    there = () if beyond else (or_(col(Webinar.seats).is_(None), col(Webinar.seats_taken) < col(Webinar.seats)),)
    changes = update(Webinar).where(col(Webinar.key) == key, *there).values(seats_taken=col(Webinar.seats_taken) + 1)
    return session.exec(changes, execution_options=_NO_ROWS_HERE).rowcount == 1


def take_ticket(session: Session, key: str) -> int:
    """Return the next ticket, at the end of the waitlist."""
    row = find_webinar(session, key)
    ticket = row.last_ticket + 1
    write_webinar(session, row, last_ticket=ticket, waitlist=[*row.waitlist, ticket])
    return ticket


def give_up(session: Session, key: str, mine: WebinarRsvp, becomes: str | None) -> bool:
    """Give up the seat, or the place on the list, that an answer holds, and return whether it held one.

    `becomes`: what the answer is then.
    """
    held = mine.answer in {"going", "waitlisted"}
    if mine.answer == "going":
        values = {"seats_taken": col(Webinar.seats_taken) - 1, "seats_freed": col(Webinar.seats_freed) + 1}
        changes = update(Webinar).where(col(Webinar.key) == key).values(**values)
        session.exec(changes, execution_options=_NO_ROWS_HERE)
    elif mine.ticket is not None:
        row = find_webinar(session, key)
        write_webinar(session, row, waitlist=[ticket for ticket in row.waitlist if ticket != mine.ticket])
    mine.answer, mine.ticket, mine.by_hand, mine.seat_came_at = becomes, None, False, None
    return held


def is_silent(session: Session, row: Webinar, now: dt.datetime) -> bool:
    """Return whether people are still moved without being asked: not from some hours before the start on."""
    return now < row.starts_at - webinar_rules(session).silent_until


def rsvp_state_of(session: Session, row: Webinar, mine: WebinarRsvp | None, *, now: dt.datetime) -> RsvpState:
    """Return how somebody's answer stands; `row`: as it is now."""
    if mine is None:
        return RsvpState()
    at = row.waitlist.index(mine.ticket) if mine.ticket in row.waitlist else None
    free = free_seats(row)
    return RsvpState(
        answer=mine.answer,  # type: ignore[arg-type]
        wants_recording=mine.wants_recording,
        other_time=mine.other_time,
        place=at + 1 if at is not None and row.accounts == 1 else None,
        is_next=at == 0,
        seat_free=at is not None and free != 0 and not is_silent(session, row, now),
        seat_came=mine.seat_came_at is not None,
        frees_seat=bool(row.waitlist) and free != 0,
    )
