"""An account's people at a webinar, by name: for whoever looks after the account, nobody else."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.webinars.announce import goes_to_channel
from loyalty.webinars.audience.people import invited_people
from loyalty.webinars.details import RsvpState
from loyalty.webinars.outbox.kinds import INVITATION_KIND, MAIL_KIND, MAIL_REFUSED
from loyalty.webinars.rsvp.seats import rsvp_state_of
from storage.tables import Member, Outgoing, Person, Webinar, WebinarAttendance, WebinarRsvp


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody of an account that whoever asks looks after, by name. `minutes` None: unknown."""

    account_id: int
    person_id: int
    external_id: str | None
    name: str | None
    rsvp: RsvpState
    came: bool | None = None
    minutes: int | None = None
    by_hand: bool = False


def guests_of(session: Session, account_id: int, row: Webinar, *, now: dt.datetime) -> tuple[Guest, ...]:
    """Return who of an account answered, or came, by name."""
    own = (col(WebinarRsvp.account_id) == account_id, col(WebinarRsvp.webinar) == row.key)
    answered = select(WebinarRsvp.person_id).where(
        *own, col(WebinarRsvp.answer).is_not(None) | col(WebinarRsvp.other_time) | col(WebinarRsvp.wants_recording)
    )
    known = select(WebinarAttendance.person_id).where(
        col(WebinarAttendance.account_id) == account_id, col(WebinarAttendance.webinar) == row.key
    )
    people = {*session.exec(answered), *session.exec(known)}
    found = [_guest(session, account_id, row, person_id, now) for person_id in people]
    return tuple(sorted(found, key=lambda each: (each.name or each.external_id or "", each.person_id)))


def not_reached(session: Session, account_id: int, row: Webinar, *, now: dt.datetime) -> tuple[Guest, ...]:
    """Return who of an account was not reached: not joined, refused by Slack, or by the mail server.

    Where the invitation is posted in a channel, only the last.
    """
    by_mail = _refused_by_mail(session, account_id, row.key)
    if goes_to_channel(session, account_id, row.key):
        return tuple(_guest(session, account_id, row, person_id, now) for person_id in sorted(by_mail))
    joined = set(session.exec(select(Member.person_id).where(col(Member.account_id) == account_id)))
    refused = set(
        session.exec(
            select(Outgoing.person_id).where(
                col(Outgoing.account_id) == account_id,
                col(Outgoing.key).startswith(f"{INVITATION_KIND}/{row.key}/", autoescape=True),
                col(Outgoing.state).in_(("dropped", "unknown")),
            )
        )
    )
    people = [
        person_id
        for person_id in invited_people(session, account_id, row.key, now=now)
        if person_id not in joined or person_id in refused | by_mail
    ]
    return tuple(_guest(session, account_id, row, person_id, now) for person_id in people)


def _refused_by_mail(session: Session, account_id: int, key: str) -> set[int]:
    """Return whose address the mail server refused; what was overtaken by a later mail was dropped without it."""
    refused = select(Outgoing.person_id).where(
        col(Outgoing.account_id) == account_id,
        col(Outgoing.key).startswith(f"{MAIL_KIND}/{key}/", autoescape=True),
        col(Outgoing.state) == "dropped",
        col(Outgoing.reason).startswith(MAIL_REFUSED),
    )
    return {person_id for person_id in session.exec(refused) if person_id is not None}


def _guest(session: Session, account_id: int, row: Webinar, person_id: int, now: dt.datetime) -> Guest:
    person = session.get_one(Person, (account_id, person_id))
    mine = session.get(WebinarRsvp, (account_id, row.key, person_id))
    attended = session.get(WebinarAttendance, (account_id, row.key, person_id))
    return Guest(
        account_id=account_id,
        person_id=person_id,
        external_id=person.external_id,
        name=person.name,
        rsvp=rsvp_state_of(session, row, mine, now=now),
        came=None if attended is None else attended.came,
        minutes=None if attended is None else attended.minutes,
        by_hand=mine is not None and mine.by_hand,
    )
