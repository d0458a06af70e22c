"""Webinars as they are listed: for a member their own, for an account manager all they look after."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.webinars.audience.people import audience_of, is_invited
from loyalty.webinars.details import RsvpState, WebinarDetails, WebinarFacts
from loyalty.webinars.errors import NoSuchWebinarError
from loyalty.webinars.overview.account_numbers import AccountNumbers, account_numbers
from loyalty.webinars.overview.guests import Guest, guests_of, not_reached
from loyalty.webinars.rows import details_of, facts_of, find_webinar
from loyalty.webinars.rsvp.seats import rsvp_state_of
from storage.tables import Webinar, WebinarAttendance, WebinarAudience, WebinarRsvp

__all__ = [
    "AccountNumbers",
    "Guest",
    "ManagedWebinar",
    "MemberWebinar",
    "MemberWebinars",
    "account_webinar",
    "member_webinar",
    "member_webinars",
    "webinar_shown",
    "webinars_listed",
]


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


@dataclass(frozen=True, slots=True)
class ManagedWebinar:
    """A webinar as its managers see it: numbers by account, the names of their own accounts' people alone.

    `not_reached`: people of theirs whom Slack refused, or who have not joined, where it goes by direct messages.
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
    wanted = (
        select(Webinar)
        .join(WebinarAudience, col(WebinarAudience.webinar) == col(Webinar.key))
        .where(
            col(WebinarAudience.account_id) == account_id,
            col(WebinarAudience.withdrawn_at).is_(None),
            col(Webinar.announced_at).is_not(None),
        )
        .order_by(col(Webinar.starts_at), col(Webinar.key))
    )
    rows = session.exec(wanted).all()
    found = [
        _member_webinar(session, account_id, row, person_id, now)
        for row in rows
        if is_invited(session, account_id, row.key, person_id, now=now)
    ]
    ahead = [each for each in found if each.facts.state in {"announced", "running"}]
    past = [each for each in found if each.facts.state == "over" and (each.rsvp.answer or each.came is not None)]
    return MemberWebinars(
        mine=tuple(each for each in ahead if each.rsvp.answer not in {None, "declined"}),
        open=tuple(each for each in ahead if each.rsvp.answer in {None, "declined"}),
        past=tuple(reversed(past)),
    )


def member_webinar(session: Session, account_id: int, key: str, person_id: int, *, now: dt.datetime) -> MemberWebinar:
    """Return one webinar as a member sees it. Errors: `NoSuchWebinarError` also where they are not invited."""
    row = find_webinar(session, key)
    if row.announced_at is None or not is_invited(session, account_id, key, person_id, now=now):
        raise NoSuchWebinarError(key)
    return _member_webinar(session, account_id, row, person_id, now)


def account_webinar(session: Session, account_id: int, key: str, *, now: dt.datetime) -> WebinarFacts:
    """Return a webinar as somebody of an account sees it who has not joined: where the whole account is invited.

    Errors: `NoSuchWebinarError`.
    """
    row, audience = find_webinar(session, key), audience_of(session, account_id, key)
    if row.announced_at is None or audience is None or not audience.whole:
        raise NoSuchWebinarError(key)
    return facts_of(row, now)


def _member_webinar(session: Session, account_id: int, row: Webinar, person_id: int, now: dt.datetime) -> MemberWebinar:
    mine = session.get(WebinarRsvp, (account_id, row.key, person_id))
    attended = session.get(WebinarAttendance, (account_id, row.key, person_id))
    return MemberWebinar(
        facts_of(row, now),
        rsvp_state_of(session, row, mine, now=now),
        None if attended is None else attended.came,
    )


def webinars_listed(
    session: Session, *, account_id: int | None = None, now: dt.datetime, past: bool = True
) -> tuple[WebinarDetails, ...]:
    """Return all webinars, or those an account is invited to, by their start. Wants the operator's scope."""
    wanted = select(Webinar).order_by(col(Webinar.starts_at), col(Webinar.key))
    if account_id is not None:
        invited = select(WebinarAudience.webinar).where(
            col(WebinarAudience.account_id) == account_id, col(WebinarAudience.withdrawn_at).is_(None)
        )
        wanted = wanted.where(col(Webinar.key).in_(invited))
    if not past:
        wanted = wanted.where(col(Webinar.ends_at) > now)
    return tuple(details_of(session, row, now) for row in session.exec(wanted).all())


def webinar_shown(session: Session, key: str, *, own: Collection[int], now: dt.datetime) -> ManagedWebinar:
    """Return a webinar with its numbers by account. `own`: accounts whose people are named; others are numbers only.

    Wants the operator's scope. Errors: `NoSuchWebinarError`.
    """
    row = find_webinar(session, key)
    return ManagedWebinar(
        details_of(session, row, now),
        account_numbers(session, row, now=now),
        tuple(guest for account_id in sorted(own) for guest in guests_of(session, account_id, row, now=now)),
        tuple(guest for account_id in sorted(own) for guest in not_reached(session, account_id, row, now=now)),
    )
