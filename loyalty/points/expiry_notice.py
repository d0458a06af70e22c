"""What is told of points that run out: one message thirty days before, and a line wherever one sees one's points."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from leaderboards.periods import at
from loyalty.accounts.accounts import zone_of
from loyalty.notifications.contact_policy import quiet_hold, quiet_hours_end
from loyalty.notifications.outbox_messages import member_message
from loyalty.notifications.recipients import recipient, recipient_or_drop
from loyalty.points.expiry import (
    EXPIRY_KIND,
    MAX_NOTICE,
    MIN_NOTICE,
    NOTIFIED,
    cutoff_of,
    days_ahead,
    due,
    is_expired,
    notice_key,
    record_day,
    shortened,
)
from loyalty.programme import Programme
from loyalty.programme.versions import in_force
from storage import outbox
from storage.account_lock import lock_account
from storage.outbox import Claimed, Drop, Later
from storage.tables import Outgoing

EXPIRY_GOOD_FOR = dt.timedelta(days=21)
"""The week's budget may hold it back; what is never told never runs out."""
LAST_NOTICE = dt.timedelta(days=1)
"""The message leaves at least so long before the day on which points run out."""


@dataclass(frozen=True, slots=True)
class ExpiringPoints:
    """Points that run out on a local day unless they are used."""

    points: int
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryFacts:
    """What a member is told of points that run out."""

    expiring: ExpiringPoints
    language: str
    timezone: str


def notify_expiry(session: Session, account_id: int, *, now: dt.datetime) -> int:
    """Put a message into the outbox for each member whose points run out within 30 days, once for each such day.

    Return how many messages are new. They are due once quiet hours are over.
    """
    lock_account(session, account_id)
    programme, zone = in_force(session).programme, zone_of(session, account_id)
    if programme.settings.points_expire is None:
        return 0
    today, notified = now.astimezone(zone).date(), 0
    for day in days_ahead(today):
        if day - today >= MIN_NOTICE and not is_expired(session, account_id, NOTIFIED, day):
            notified += _notify_day(session, account_id, programme, day, now)
            record_day(session, account_id, NOTIFIED, day, now=now)
    return notified


def is_notice_due(session: Session, account_id: int, *, now: dt.datetime) -> bool:
    """Return whether there is a day of running out of which nobody was told yet."""
    if in_force(session).programme.settings.points_expire is None:
        return False
    today = now.astimezone(zone_of(session, account_id)).date()
    return any(
        day - today >= MIN_NOTICE and not is_expired(session, account_id, NOTIFIED, day) for day in days_ahead(today)
    )


def expiring(
    session: Session, account_id: int, person_id: int, programme: Programme, *, today: dt.date
) -> ExpiringPoints | None:
    """Return what of a person's points runs out next; None, asking nothing, where the programme lets nothing run out.

    Only what a member was told of runs out, so for most people one query, for that message, is enough.
    """
    if programme.settings.points_expire is None:
        return None
    keys = {notice_key(day, person_id): day for day in days_ahead(today)}
    query = select(Outgoing.key).where(
        col(Outgoing.account_id) == account_id, col(Outgoing.key).in_(keys), col(Outgoing.state) != "dropped"
    )
    for day in sorted(keys[key] for key in session.exec(query)):
        points = _points_expiring(session, account_id, person_id, programme, day)
        if points:
            return ExpiringPoints(points, day)
    return None


def expiry_facts(session: Session, claimed: Claimed, now: dt.datetime) -> ExpiryFacts | Drop | Later:
    """Return what is said of points that run out as it leaves, or why it is not, or not now."""
    account_id, person_id = claimed.account_id, claimed.message.person_id or 0
    to = recipient_or_drop(session, claimed, person_id)
    if isinstance(to, Drop):
        return to
    programme, day = in_force(session).programme, dt.date.fromisoformat(claimed.message.subject["day"])
    if (quiet := quiet_hold(programme.contact, now, ZoneInfo(to.timezone))) is not None:
        return quiet
    points = _points_expiring(session, account_id, person_id, programme, day)
    if not points:
        return Drop("nothing runs out any more")
    return ExpiryFacts(expiring=ExpiringPoints(points, day), language=to.language, timezone=to.timezone)


def _notify_day(session: Session, account_id: int, programme: Programme, day: dt.date, now: dt.datetime) -> int:
    term, zone = programme.settings.points_expire, zone_of(session, account_id)
    kept_since = at(day, dt.time(0), zone) - MAX_NOTICE
    if term is None or shortened(session, kept_since, day):
        return 0
    messages = []
    for due_points in due(session, account_id, cutoff=cutoff_of(day, term, zone), kept_since=kept_since):
        to = recipient(session, account_id, due_points.person_id)
        if to is None:
            continue
        due_at = quiet_hours_end(programme.contact, now, ZoneInfo(to.timezone))
        messages.append(
            member_message(
                to,
                due_points.person_id,
                key=notice_key(day, due_points.person_id),
                kind=EXPIRY_KIND,
                category="nudge",
                subject={"day": day.isoformat()},
                due_at=due_at,
                good_for=min(EXPIRY_GOOD_FOR, at(day - LAST_NOTICE, dt.time(0), zone) - due_at),
            )
        )
    return outbox.put_message(session, account_id, messages, now=now)


def _points_expiring(session: Session, account_id: int, person_id: int, programme: Programme, day: dt.date) -> int:
    term, zone = programme.settings.points_expire, zone_of(session, account_id)
    kept_since = at(day, dt.time(0), zone) - MAX_NOTICE
    if term is None or shortened(session, kept_since, day):
        return 0
    cutoff = cutoff_of(day, term, zone)
    return sum(
        due_points.points
        for due_points in due(session, account_id, cutoff=cutoff, kept_since=kept_since, person_id=person_id)
    )
