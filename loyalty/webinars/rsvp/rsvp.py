"""RSVPs: what somebody answers, and the seat, or the place on the waitlist, that it takes or gives up.

Lock order: the webinar, then the one account. A seat is taken by one conditional UPDATE.
"""

import datetime as dt

from sqlmodel import Session, col, delete, select

from loyalty.webinars.audience.people import is_invited
from loyalty.webinars.details import Answer, RsvpState
from loyalty.webinars.errors import NotInvitedToWebinarError
from loyalty.webinars.rows import check_open, find_webinar, lock_webinar
from loyalty.webinars.rsvp.seats import give_up, is_silent, rsvp_state_of, take_seat, take_ticket
from storage.account_lock import lock_account
from storage.tables import (
    CourseCompletion,
    TrainingRequest,
    Webinar,
    WebinarAttendance,
    WebinarCodeTry,
    WebinarEvidence,
    WebinarRsvp,
)

ATTENDANCE_TABLES = (WebinarEvidence, WebinarAttendance, WebinarCodeTry, CourseCompletion, TrainingRequest)
"""What of a person's coming, and asking, goes as they are forgotten."""


def rsvp(
    session: Session,
    account_id: int,
    key: str,
    person_id: int,
    answer: Answer | None,
    *,
    wants_recording: bool | None = None,
    other_time: bool | None = None,
    now: dt.datetime,
) -> RsvpState:
    """Answer for a person, and return how that stands; the same again changes nothing.

    `going` where no seat is free, or others wait for one, is `waitlisted`; from the hours on in which nobody is moved
    silently the first press has a free seat. `answer` None leaves it and sets only the flags; a flag None leaves that.
    Where `frees_seat` is answered, call `promote_waitlist` once this is committed. Errors: `NoSuchWebinarError`,
    `NotInvitedToWebinarError`, `WebinarCancelledError`, `WebinarOverError`.
    """
    row = lock_webinar(session, key)
    lock_account(session, account_id)
    check_open(row, now)
    if not is_invited(session, account_id, key, person_id, now=now):
        raise NotInvitedToWebinarError(f"person {person_id} is not invited to `{key}`")
    mine = session.get(WebinarRsvp, (account_id, key, person_id), populate_existing=True)
    mine = mine or WebinarRsvp(account_id=account_id, webinar=key, person_id=person_id)
    if answer == "going":
        _come(session, row, mine, now)
    elif answer is not None and answer != mine.answer:
        # A seat that came and is declined is not offered again, unless they come back by themselves.
        mine.seat_declined = mine.seat_came_at is not None and mine.answer == "going"
        give_up(session, key, mine, answer)
        mine.answered_at = now
    mine.wants_recording = mine.wants_recording if wants_recording is None else wants_recording
    mine.other_time = mine.other_time if other_time is None else other_time
    session.add(mine)
    session.flush()
    return rsvp_state_of(session, find_webinar(session, key), mine, now=now)


def _come(session: Session, row: Webinar, mine: WebinarRsvp, now: dt.datetime) -> None:
    """Take a seat, or a place at the end of the list; who is on it already takes a free seat that is offered."""
    if mine.answer == "going":
        return
    offered = not is_silent(session, row, now)
    may_take = offered or not row.waitlist
    if may_take and take_seat(session, row.key):
        give_up(session, row.key, mine, "going")
        mine.answered_at = now
    elif mine.answer != "waitlisted":
        mine.ticket, mine.answer, mine.answered_at = take_ticket(session, row.key), "waitlisted", now
    mine.seat_declined = False


def rsvp_state(session: Session, account_id: int, key: str, person_id: int, *, now: dt.datetime) -> RsvpState:
    """Return what a person answered, and how it stands now. Errors: `NoSuchWebinarError`."""
    row = find_webinar(session, key)
    return rsvp_state_of(session, row, session.get(WebinarRsvp, (account_id, key, person_id)), now=now)


def drop_answers(session: Session, account_id: int, person_id: int) -> tuple[str, ...]:
    """Take away all that a person answered, as they leave for good, and return the webinars with a seat free by it.

    Before the account's lock is taken: it locks webinars first, by their keys. Their attendance goes too; the ledger
    keeps its points.
    """
    mine = (col(WebinarRsvp.account_id) == account_id, col(WebinarRsvp.person_id) == person_id)
    keys = sorted(session.exec(select(WebinarRsvp.webinar).where(*mine)))
    for key in keys:
        lock_webinar(session, key)
    lock_account(session, account_id)
    freed = []
    for answer in session.exec(select(WebinarRsvp).where(*mine).order_by(col(WebinarRsvp.webinar))).all():
        if give_up(session, answer.webinar, answer, None):
            freed.append(answer.webinar)
        session.delete(answer)
    session.flush()
    for table in ATTENDANCE_TABLES:
        theirs = (col(table.account_id) == account_id, col(table.person_id) == person_id)
        session.exec(delete(table).where(*theirs), execution_options={"synchronize_session": False})
    return tuple(freed)
