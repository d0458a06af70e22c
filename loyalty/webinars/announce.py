"""A webinar is announced, now or at a set time: its invitations go into the outbox."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.webinars.details import Reach, WebinarDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInvitation:
    """How an account hears of a webinar, as of now.

    `reach` is how it really goes: by direct messages where there is no channel. `invited`: people; `now` and `later`:
    how many direct messages leave now, and only in a later week because of their budget; `not_reached`: how many have
    not joined, so that no direct message can go.
    """

    account_id: int
    account: str
    name: str
    reach: Reach
    invited: int
    now: int = 0
    later: int = 0
    not_reached: int = 0
    languages: tuple[str, ...] = ()


def invitations(session: Session, key: str, *, now: dt.datetime) -> tuple[AccountInvitation, ...]:
    """Return how each account would hear of a webinar, by the account's name: for the preview, nothing is written.

    Wants the operator's scope. Errors: `NoSuchWebinarError`.
    """
    raise NotImplementedError


def announce_webinar(session: Session, key: str, *, author: str, now: dt.datetime) -> WebinarDetails:
    """Announce a draft, or what was scheduled, now: invitations go into the outbox, and answers are taken.

    What is announced already stays so. Wants the operator's scope. Errors: `NoSuchWebinarError`, `WrongStateError`,
    `InPastError`, `NobodyInvitedError`.
    """
    raise NotImplementedError


def schedule_announcement(
    session: Session, key: str, send_at: dt.datetime, *, author: str, now: dt.datetime
) -> WebinarDetails:
    """Let a draft be announced at a later moment, before its start; `announce_due` does it then.

    Wants the operator's scope. Errors: as `announce_webinar`; `InPastError` where `send_at` is past, or not before the
    start.
    """
    raise NotImplementedError


def unschedule_announcement(session: Session, key: str, *, author: str, now: dt.datetime) -> WebinarDetails:
    """Make a draft again of what was to be announced later. Errors: `NoSuchWebinarError`, `WrongStateError`."""
    raise NotImplementedError


def announcements_due(session: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """Return the keys of webinars whose moment to be announced has come. Wants the operator's scope."""
    raise NotImplementedError
