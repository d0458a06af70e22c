"""When and how often people are written to: quiet hours, and the budget for what nobody asked for."""

import datetime as dt
from collections.abc import Collection
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal_column, select
from sqlmodel import Session, col

from leaderboards.periods import at
from loyalty.programme import Contact
from storage.tables import Outgoing

WEEK = dt.timedelta(days=7)
_SATURDAY = 5
_DAYS_AHEAD = 8
"""A weekend and both its edges, with room."""


def quiet(contact: Contact, local: dt.datetime) -> bool:
    """Return whether nobody is to be written to unasked at this local time: from an hour on, before its end."""
    if contact.weekends == "quiet" and local.weekday() >= _SATURDAY:
        return True
    return contact.quiet is not None and contact.quiet.holds(local.time())


def next_loud(contact: Contact, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return `now` where it is loud in the zone, else the moment, in UTC, at which the quiet ends."""
    if not quiet(contact, now.astimezone(zone)):
        return now
    hours = [dt.time(0)] + ([contact.quiet.end] if contact.quiet else [])
    today = now.astimezone(zone).date()
    days = [today + dt.timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)]
    ends = [end for day in days for hour in hours for end in _each_time(day, hour, zone)]
    return min(end for end in ends if end > now and not quiet(contact, end.astimezone(zone)))


def _each_time(day: dt.date, hour: dt.time, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Return both moments of a local time that comes twice as clocks go back, else the same one twice."""
    return at(day, hour, zone), dt.datetime.combine(day, hour.replace(fold=1), tzinfo=zone).astimezone(dt.UTC)


def may_nudge(contact: Contact, nudges: int) -> bool:
    """Return whether somebody who got so many nudges in the last seven days may get another one."""
    return nudges < contact.unasked_per_week


def nudged(session: Session, account_id: int, person_ids: Collection[int], *, now: dt.datetime) -> dict[int, int]:
    """Return how many nudges each of these people got, or is about to get, counting seven days back; 0 is missing.

    One that is unknown to have arrived counts: rather once too few than once too often.
    """
    found = session.execute(
        select(col(Outgoing.person_id), func.count())
        .where(
            col(Outgoing.account_id) == account_id,
            literal_column("category = 'nudge'"),  # spelt out, not bound: there is a partial index
            col(Outgoing.person_id).in_(person_ids),
            col(Outgoing.state) != "dropped",
            col(Outgoing.due_at) > now - WEEK,
        )
        .group_by(col(Outgoing.person_id))
    )
    return dict(found.all())
