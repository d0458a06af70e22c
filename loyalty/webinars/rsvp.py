"""RSVPs: what somebody answers, and the seat, or the place on the waitlist, that it takes or gives up.

Lock order: the webinar, then the one account. A seat is taken by one conditional UPDATE.
"""

import datetime as dt

from sqlmodel import Session

from loyalty.webinars.details import Answer, RsvpState


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
    raise NotImplementedError


def rsvp_state(session: Session, account_id: int, key: str, person_id: int, *, now: dt.datetime) -> RsvpState:
    """Return what a person answered, and how it stands now. Errors: `NoSuchWebinarError`."""
    raise NotImplementedError


def drop_answers(session: Session, account_id: int, person_id: int, *, now: dt.datetime) -> tuple[str, ...]:
    """Take away all that a person answered, as they leave for good, and return the webinars with a seat free by it.

    Before the account's lock is taken: it locks webinars first. Their attendance goes too; the ledger keeps its points.
    """
    raise NotImplementedError
