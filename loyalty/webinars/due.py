"""What the schedule asks: which reminders, changes and words afterwards are due."""

import datetime as dt

from sqlmodel import Session


def due_webinar_messages(session: Session, *, now: dt.datetime) -> int:
    """Put what is due of all webinars into the outbox, and return how many messages are new.

    Reminders, thanks, recordings, what the organizer is asked; and the invitations of members who joined since. Each
    has a key of its own, so it is put once, however many ask. Wants the operator's scope.
    """
    raise NotImplementedError


def advance_webinars(session: Session, *, now: dt.datetime) -> int:
    """Write down which announced webinars run, or are over by now, and return how many changed. Operator's scope."""
    raise NotImplementedError
