"""Who is invited: an account's people, by role, tier or name. Each account manager invites and withdraws their own."""

import datetime as dt

from sqlmodel import Session

from loyalty.webinars.details import AudienceSpec


def invite_account(
    session: Session, account_id: int, key: str, audience: AudienceSpec, *, author: str, now: dt.datetime
) -> bool:
    """Invite an account's people, or others of them, and return whether that changes anything.

    Where the webinar is announced already, their invitations go into the outbox at once. Errors: `NoSuchWebinarError`,
    `WebinarCancelledError`, `WebinarOverError`, what `audience_faults` finds.
    """
    raise NotImplementedError


def withdraw_account(session: Session, account_id: int, key: str, *, author: str, now: dt.datetime) -> bool:
    """Take an account's invitation back and return whether there was one: seats become free, who answered is told.

    Call `promote_waitlist` once this is committed. Errors: `NoSuchWebinarError`.
    """
    raise NotImplementedError


def is_invited(session: Session, account_id: int, key: str, person_id: int, *, today: dt.date) -> bool:
    """Return whether a person is invited. `today`: the account's local day, by which tiers are in effect."""
    raise NotImplementedError


def invited_people(session: Session, account_id: int, key: str, *, today: dt.date) -> tuple[int, ...]:
    """Return who of an account is invited, by surrogate id; nobody where the account is not."""
    raise NotImplementedError
