"""Webinars as they are listed: for a member their own, for an account manager all they look after."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.webinars.details import RsvpState, WebinarDetails, WebinarFacts


@dataclass(frozen=True, slots=True)
class MemberWebinar:
    """A webinar that somebody is invited to, and what they answered. `came`: None where that is not known (yet)."""

    facts: WebinarFacts
    rsvp: RsvpState
    came: bool | None = None


@dataclass(frozen=True, slots=True)
class MemberWebinars:
    """A member's webinars: those they answered that are ahead, open ones they have not, and past ones, latest first."""

    mine: tuple[MemberWebinar, ...]
    open: tuple[MemberWebinar, ...]
    past: tuple[MemberWebinar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNumbers:
    """How an account answered, in numbers. `minutes`: of all who came and whose minutes are known, together."""

    account_id: int
    account: str
    name: str
    invited: int
    going: int = 0
    waitlisted: int = 0
    maybe: int = 0
    declined: int = 0
    came: int = 0
    minutes: int = 0
    other_time: int = 0
    wants_recording: int = 0


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


@dataclass(frozen=True, slots=True)
class ManagedWebinar:
    """A webinar as its managers see it: numbers by account, the names of their own accounts' people alone.

    `not_reached`: people of theirs that Slack refused, or who have not joined, by surrogate id.
    """

    details: WebinarDetails
    accounts: tuple[AccountNumbers, ...]
    guests: tuple[Guest, ...]
    not_reached: tuple[Guest, ...] = ()

    def total(self, field: str) -> int:
        """Return one of the numbers for all accounts together: `going`, `came` and so on."""
        return sum(getattr(each, field) for each in self.accounts)


def member_webinars(session: Session, account_id: int, person_id: int, *, now: dt.datetime) -> MemberWebinars:
    """Return a member's webinars. The account's scope is enough."""
    raise NotImplementedError


def member_webinar(session: Session, account_id: int, key: str, person_id: int, *, now: dt.datetime) -> MemberWebinar:
    """Return one webinar as a member sees it. Errors: `NoSuchWebinarError` also where they are not invited."""
    raise NotImplementedError


def webinars_listed(
    session: Session, *, account_id: int | None = None, now: dt.datetime, past: bool = True
) -> tuple[WebinarDetails, ...]:
    """Return all webinars, or those an account is invited to, by their start. Wants the operator's scope."""
    raise NotImplementedError


def webinar_shown(session: Session, key: str, *, own: Collection[int], now: dt.datetime) -> ManagedWebinar:
    """Return a webinar with its numbers by account. `own`: accounts whose people are named; others are numbers only.

    Wants the operator's scope. Errors: `NoSuchWebinarError`.
    """
    raise NotImplementedError
