"""Whether what was filled in is a webinar."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from sqlmodel import Session

from loyalty.programme import LocalizedText
from loyalty.programme.field_types import MAX_NAME_CHARS
from loyalty.webinars.audience.people import people_meant
from loyalty.webinars.details import AudienceSpec, WebinarSpec
from loyalty.webinars.errors import (
    BadKeyError,
    BadLengthError,
    BadLinkError,
    BadMinMinutesError,
    BadRemindersError,
    BadSeatsError,
    BadWebinarError,
    ChannelNotWholeError,
    InPastError,
    NobodyInvitedError,
    NoPlaceError,
    NoTitleError,
)
from loyalty.webinars.local_time import start_instant
from storage.tables.webinars import MAX_SEATS

MIN_MINUTES, MAX_MINUTES = 5, 14 * 24 * 60
MAX_REMINDERS = 5
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def webinar_faults(spec: WebinarSpec, *, now: dt.datetime) -> tuple[BadWebinarError, ...]:
    """Return all that is wrong with what was filled in, by field; nothing where it is a webinar."""
    found: list[BadWebinarError] = []
    checks: tuple[Callable[[], None], ...] = (
        lambda: check_key(spec.key),
        lambda: check_title(spec.title),
        lambda: check_start(start_instant(spec.local_start, spec.timezone, spec.fold), now),
        lambda: check_length(spec.minutes),
        lambda: check_where(spec.link, spec.place),
        lambda: check_seats(spec.seats),
        lambda: check_min_minutes(spec.min_minutes, spec.minutes),
        lambda: check_reminders(spec.remind),
        lambda: None if spec.recording is None else check_link(spec.recording),
    )
    for check in checks:
        try:
            check()
        except BadWebinarError as fault:
            found.append(fault)
    return tuple(found)


def audience_faults(
    session: Session, audiences: Mapping[int, AudienceSpec], *, now: dt.datetime
) -> tuple[BadWebinarError, ...]:
    """Return what is wrong with who is invited, by account: nobody at all, or a part of an account in its channel."""
    return tuple(_audience_faults(session, audiences, now))


def _audience_faults(
    session: Session, audiences: Mapping[int, AudienceSpec], now: dt.datetime
) -> Iterator[BadWebinarError]:
    if not audiences:
        yield NobodyInvitedError("nobody is invited: name at least one account")
    for account_id, audience in audiences.items():
        if audience.reach == "channel" and not audience.whole:
            yield ChannelNotWholeError("only a part of the account is invited: that goes by direct messages")
        elif not audience.whole and not people_meant(session, account_id, audience, now=now):
            yield NobodyInvitedError(f"nobody of account {account_id} is meant: check roles, tiers and people")


def check_key(key: str) -> None:
    """Raise `BadKeyError` where that is no key."""
    if not _KEY.fullmatch(key):
        raise BadKeyError(f"`{key[:80]}` is no key: small letters, digits and hyphens, at most 64")


def check_title(title: LocalizedText) -> None:
    """Raise `NoTitleError` where a title is blank or too long."""
    for _, words in title.texts():
        if not words.strip() or len(words) > MAX_NAME_CHARS:
            raise NoTitleError(f"a title has 1 to {MAX_NAME_CHARS} characters; this one has {len(words.strip())}")


def check_start(starts_at: dt.datetime, now: dt.datetime) -> None:
    """Raise `InPastError` where it would have begun."""
    if starts_at <= now:
        raise InPastError(starts_at, now)


def check_length(minutes: int) -> None:
    """Raise `BadLengthError` where it is too short or too long."""
    if not MIN_MINUTES <= minutes <= MAX_MINUTES:
        raise BadLengthError(minutes)


def check_where(link: str | None, place: str | None) -> None:
    """Raise `NoPlaceError`, `BadLinkError` where it takes place nowhere, twice, or behind no https link."""
    if (link is None) == (not (place or "").strip()):
        raise NoPlaceError("give a link or a place, one of the two")
    if link is not None:
        check_link(link)


def check_link(link: str) -> None:
    """Raise `BadLinkError` where it is no https link."""
    try:
        parts = urlsplit(link)
        good = parts.scheme == "https" and bool(parts.hostname) and parts.username is None
    except ValueError:
        good = False
    if not good or re.search(r"[\s<>|\x00-\x1f]", link) or len(link) > 2000:
        raise BadLinkError(link)


def check_seats(seats: int | None) -> None:
    """Raise `BadSeatsError` where that many seats are not possible."""
    if seats is not None and not 1 <= seats <= MAX_SEATS:
        raise BadSeatsError(seats)


def check_min_minutes(min_minutes: int | None, minutes: int) -> None:
    """Raise `BadMinMinutesError` where nobody could come, or everybody would have."""
    if min_minutes is not None and not 1 <= min_minutes <= minutes:
        raise BadMinMinutesError(f"{min_minutes} minutes are not between 1 and the {minutes} it lasts")


def check_reminders(remind: tuple[dt.timedelta, ...] | None) -> None:
    """Raise `BadRemindersError` where reminders are too many, or too near or far."""
    if remind is None:
        return
    near, far = dt.timedelta(minutes=MIN_MINUTES), dt.timedelta(minutes=MAX_MINUTES)
    if len(remind) > MAX_REMINDERS or not all(near <= each <= far for each in remind):
        raise BadRemindersError("reminders go from 5 minutes to 14 days before the start, at most five")
