"""A webinar as it stands in somebody's calendar: in a file, in the feed, by mail."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.webinars.details import RsvpAnswer, WebinarFacts
from loyalty.webinars.overview.queries import MemberWebinar, member_webinar, member_webinars
from storage.tables import Manager, Webinar, WebinarRsvp

IN_CALENDARS: tuple[RsvpAnswer, ...] = ("going", "maybe", "waitlisted")
"""The answers with which a webinar stands in a calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A webinar in one calendar.

    `uid` stays whatever changes. `changed_at`: when the webinar or the answer last did. `answer` None: nothing yet, or
    whoever it is for is not known. `organizer_email` None: the operator's own webinar.
    """

    facts: WebinarFacts
    uid: str
    changed_at: dt.datetime
    answer: RsvpAnswer | None = None
    organizer_name: str | None = None
    organizer_email: str | None = None


def calendar_entry(session: Session, facts: WebinarFacts) -> CalendarEntry:
    """Return a webinar as it stands in the calendar of somebody who is not known. Wants the operator's scope."""
    return entry_of(session, facts, None)


def member_entry(session: Session, account_id: int, key: str, person_id: int, *, now: dt.datetime) -> CalendarEntry:
    """Return a webinar as it stands in somebody's calendar. The account's scope is enough.

    Errors: `NoSuchWebinarError`, also where they are not invited.
    """
    return _own(session, account_id, person_id, member_webinar(session, account_id, key, person_id, now=now))


def feed_entries(session: Session, account_id: int, person_id: int, *, now: dt.datetime) -> tuple[CalendarEntry, ...]:
    """Return what stands in somebody's feed, by its start: all that they are coming to, perhaps, or wait for."""
    found = member_webinars(session, account_id, person_id, now=now)
    answered = [each for each in (*found.mine, *found.past) if each.rsvp.answer in IN_CALENDARS]
    entries = [_own(session, account_id, person_id, each) for each in answered]
    return tuple(sorted(entries, key=lambda entry: (entry.facts.starts_at, entry.facts.key)))


def _own(session: Session, account_id: int, person_id: int, webinar: MemberWebinar) -> CalendarEntry:
    return entry_of(session, webinar.facts, session.get(WebinarRsvp, (account_id, webinar.facts.key, person_id)))


def entry_of(session: Session, facts: WebinarFacts, mine: WebinarRsvp | None) -> CalendarEntry:
    """Return a webinar as it stands in the calendar of whoever answered so."""
    row = session.get_one(Webinar, facts.key)
    answered_at = mine.answered_at if mine else None
    changes = (row.created_at, row.announced_at, row.moved_at, row.cancelled_at, answered_at)
    return CalendarEntry(
        facts=facts,
        uid=_uid(row),
        changed_at=max(at for at in changes if at is not None),
        answer=mine.answer if mine else None,  # type: ignore[arg-type]
        organizer_name=_manager_name(session, row.organizer),
        organizer_email=row.organizer,
    )


def _uid(webinar: Webinar) -> str:
    """Return the webinar's UID: two vendors may have the same key, and their people the same calendar."""
    return f"{webinar.key}-{webinar.created_at:%Y%m%dT%H%M%S%f}@laurels"


def _manager_name(session: Session, email: str | None) -> str | None:
    """Return an account manager's name as Slack has it; within an account's scope, as that account knows them."""
    if email is None:
        return None
    named = select(Manager.name).where(col(Manager.email) == email, col(Manager.name).is_not(None))
    return session.exec(named.order_by(col(Manager.account_id), col(Manager.id)).limit(1)).first()
