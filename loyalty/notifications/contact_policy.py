"""When and how often people are written to: quiet hours, and the budget for what nobody asked for."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal_column, select
from sqlmodel import Session, col

from leaderboards.periods import at
from loyalty.accounts.accounts import zone_of
from loyalty.accounts.channels import is_bound
from loyalty.notifications.recipients import recipient
from loyalty.programme import Contact
from loyalty.programme.versions import in_force
from storage.outbox import Claimed, Drop, Later
from storage.tables import Outgoing

CONTACT_WEEK = dt.timedelta(days=7)
SENDING_TIME = dt.timedelta(seconds=10)
"""How long to wait for a message that is just being sent: then it is known whether it counts."""
_SATURDAY = 5
_DAYS_AHEAD = 8
"""A weekend and both its edges, with room."""


def is_quiet(contact: Contact, local: dt.datetime) -> bool:
    """Return whether nobody is to be written to unasked at this local time: from an hour on, before its end."""
    if contact.weekends == "quiet" and local.weekday() >= _SATURDAY:
        return True
    return contact.quiet is not None and contact.quiet.holds(local.time())


def quiet_hours_end(contact: Contact, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return `now` where it is loud in the zone, else the moment, in UTC, at which the quiet ends."""
    if not is_quiet(contact, now.astimezone(zone)):
        return now
    hours = [dt.time(0)] + ([contact.quiet.end] if contact.quiet else [])
    today = now.astimezone(zone).date()
    days = [today + dt.timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)]
    ends = [end for day in days for hour in hours for end in _each_time(day, hour, zone)]
    return min(end for end in ends if end > now and not is_quiet(contact, end.astimezone(zone)))


def _each_time(day: dt.date, hour: dt.time, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Return both moments of a local time that comes twice as clocks go back, else the same one twice."""
    return at(day, hour, zone), dt.datetime.combine(day, hour.replace(fold=1), tzinfo=zone).astimezone(dt.UTC)


def quiet_hold(contact: Contact, now: dt.datetime, zone: ZoneInfo) -> Later | None:
    """Return until when a message waits for the end of the quiet hours in the zone; None where it is loud now."""
    loud = quiet_hours_end(contact, now, zone)
    return Later(loud, "quiet hours") if loud > now else None


def channel_drop(session: Session, claimed: Claimed) -> Drop | None:
    """Return a `Drop` where the channel of a message is not the account's any more, else None."""
    message = claimed.message
    if is_bound(session, claimed.account_id, message.channel_id, message.workspace.team_id):
        return None
    return Drop("the channel is not the account's any more")


def channel_hold(session: Session, claimed: Claimed, now: dt.datetime) -> Drop | Later | None:
    """Return why a message does not leave now for its channel, None where it does.

    A `Drop` where the channel is not the account's any more, a `Later` in the account's quiet hours.
    """
    if (drop := channel_drop(session, claimed)) is not None:
        return drop
    return quiet_hold(in_force(session).programme.contact, now, zone_of(session, claimed.account_id))


def contact_hold(session: Session, claimed: Claimed, now: dt.datetime) -> Drop | Later | None:
    """Return why a direct message that nobody asked for does not leave now: not in quiet hours, nor beyond the budget.

    None for every other message, and where nothing speaks against it. The budget is one for all of them, whatever
    they are about: so many in any seven days. One that is unknown to have arrived counts: rather once too few.
    """
    message = claimed.message
    to = None if message.category != "nudge" else recipient(session, claimed.account_id, message.person_id or 0)
    if to is None:
        return None
    contact, zone = in_force(session).programme.contact, ZoneInfo(to.timezone)
    if contact.unasked_per_week == 0:
        return Drop("the programme lets nobody be written to unasked")
    if (quiet := quiet_hold(contact, now, zone)) is not None:
        return quiet
    others = _other_messages(session, claimed, now)
    under_way = [other.id for other in others if other.state == "attempting"]
    if under_way:
        # Two processes may each see the other's: then both wait, and not for equally long.
        moments = 1 + sum(other_id < claimed.id for other_id in under_way)
        return Later(now + moments * SENDING_TIME, "another message to them is just being sent")
    if len(others) < contact.unasked_per_week:
        return None
    free = others[-contact.unasked_per_week].said_at + CONTACT_WEEK
    return Later(quiet_hours_end(contact, free, zone), "they were written to this week already")


def _other_messages(session: Session, claimed: Claimed, now: dt.datetime) -> Sequence[Any]:
    """Return what this person was written unasked in the last seven days, or is just being: the oldest first."""
    said_at = func.coalesce(col(Outgoing.settled_at), col(Outgoing.claimed_until))
    rows = session.execute(
        select(col(Outgoing.id), col(Outgoing.state), said_at.label("said_at"))
        .where(
            col(Outgoing.account_id) == claimed.account_id,
            literal_column("category = 'nudge'"),  # spelt out, not bound: there is a partial index
            col(Outgoing.person_id) == claimed.message.person_id,
            col(Outgoing.id) != claimed.id,
            col(Outgoing.state).in_(("attempting", "sent", "unknown")),
            said_at > now - CONTACT_WEEK,
        )
        .order_by(said_at)
    )
    return rows.all()
