"""What somebody's coming is worth: usage events of Laurels' own, which rules pay, and which are withdrawn whole.

An event's id is `KEY/person/revision`: a change reverses what the old one earned, withdraws it and records the next.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from loyalty.accounts.accounts import by_id
from loyalty.digests import event_key
from loyalty.points.corrections import NotReversibleError, reverse_transfers
from loyalty.points.post import LedgerContext
from loyalty.programme.versions import in_force
from loyalty.usage.record import Recorded, UsageEvent, record_usage
from loyalty.usage.reserved import COURSE_COMPLETED, LAURELS_SOURCE, WEBINAR_ATTENDED
from storage.tables import Person, Transfer, Usage, WebinarAttendance

TAKEN_BACK = "Attendance was corrected"
"""The reason of what is taken back."""


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event of Laurels' own about a person: of a webinar or a course, its key, and its revision from 1."""

    name: str
    key: str
    person_id: int
    revision: int

    @property
    def id(self) -> str:
        """Return its id in the account."""
        return f"{self.key}/{self.person_id}/{self.revision}"


def attended_event(key: str, person_id: int, revision: int) -> OwnEvent:
    """Return the event that says that somebody came to a webinar."""
    return OwnEvent(WEBINAR_ATTENDED, key, person_id, revision)


def completed_event(series: str, person_id: int, revision: int) -> OwnEvent:
    """Return the event that says that somebody completed a course."""
    return OwnEvent(COURSE_COMPLETED, f"course:{series}", person_id, revision)


def record_own_events(
    session: Session,
    account_id: int,
    events: Sequence[tuple[OwnEvent, Mapping[str, Any]]],
    *,
    occurred_at: dt.datetime,
    now: dt.datetime,
) -> set[int]:
    """Record events with their properties, and return whose are on record; nobody's who was erased or declined."""
    account = by_id(session, account_id)
    people = {event.person_id for event, _ in events}
    wanted = select(Person.id, Person.external_id).where(
        col(Person.account_id) == account_id, col(Person.id).in_(people), col(Person.external_id).is_not(None)
    )
    known = dict(session.exec(wanted).all())
    given = [(event, properties) for event, properties in events if event.person_id in known]
    usage = [
        UsageEvent(
            account=account.key,
            person=known[event.person_id] or "",
            name=event.name,
            occurred_at=occurred_at,
            id=event.id,
            source=LAURELS_SOURCE,
            properties=dict(properties),
        )
        for event, properties in given
    ]
    outcomes = record_usage(session, account, usage, in_force=in_force(session), now=now, door="laurels")
    return {
        event.person_id for (event, _), outcome in zip(given, outcomes, strict=True) if isinstance(outcome, Recorded)
    }


def withdraw_own_event(session: Session, account_id: int, event: OwnEvent, *, author: str, now: dt.datetime) -> None:
    """Take back what an event earned, by reversal, and mark it withdrawn: it counts for no milestone any more."""
    row = session.exec(
        select(Usage).where(
            col(Usage.account_id) == account_id, col(Usage.source_key) == event_key(LAURELS_SOURCE, event.id)
        )
    ).first()
    if row is None:
        return
    posting = LedgerContext(
        account_id=account_id,
        account_key=by_id(session, account_id).key,
        week_starts=in_force(session).week_starts,
        now=now,
        author=author,
    )
    for transfer_id in _earned(session, account_id, row.id):
        try:
            reverse_transfers(session, posting, transfer_id=transfer_id, reason=TAKEN_BACK)
        except NotReversibleError:
            # Reversed by hand already, or past its term: then there is nothing left to take back.
            continue
    # Without a name it is counted by nothing; its key and body stay, so that it is never recorded again.
    row.name, row.properties = None, None
    session.add(row)
    session.flush()


def _earned(session: Session, account_id: int, usage_id: int) -> Sequence[int]:
    wanted = select(Transfer.id).where(
        col(Transfer.account_id) == account_id,
        col(Transfer.kind) == "earn",
        col(Transfer.cause_kind) == "usage",
        col(Transfer.cause_id) == usage_id,
    )
    return session.exec(wanted.order_by(col(Transfer.id))).all()


def points_for(session: Session, account_id: int, key: str, person_id: int) -> int:
    """Return what somebody got for having come to a webinar; 0 where they did not come, or nothing pays that."""
    attended = session.get(WebinarAttendance, (account_id, key, person_id))
    if attended is None or not attended.came:
        return 0
    event = attended_event(key, person_id, attended.revision)
    of_event = (col(Usage.account_id) == account_id, col(Usage.source_key) == event_key(LAURELS_SOURCE, event.id))
    usage_id = session.exec(select(Usage.id).where(*of_event)).first()
    if usage_id is None:
        return 0
    found = session.exec(
        select(func.coalesce(func.sum(Transfer.points), 0)).where(
            col(Transfer.account_id) == account_id,
            col(Transfer.kind) == "earn",
            col(Transfer.cause_kind) == "usage",
            col(Transfer.cause_id) == usage_id,
            col(Transfer.person_id) == person_id,
        )
    )
    return int(found.one())
