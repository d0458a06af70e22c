"""When a reminder is due for one reader: at the last loud minute before, where its moment is in their quiet hours."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from leaderboards.periods import at
from loyalty.notifications.contact_policy import is_quiet
from loyalty.programme import Contact

ALWAYS_WITHIN = dt.timedelta(hours=1)
"""A reminder as near the start as this goes in quiet hours too."""
_A_MINUTE = dt.timedelta(minutes=1)
_DAYS_BACK = 9
"""A weekend and both its edges, with room."""


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder of one reader: due from `due_at` on, good until the next one is, the last until the start."""

    before: dt.timedelta
    due_at: dt.datetime
    good_until: dt.datetime


def reminders_of(
    starts_at: dt.datetime, remind: Sequence[dt.timedelta], contact: Contact, zone: ZoneInfo
) -> Iterator[DueReminder]:
    """Yield a reader's reminders in their order; one that would come with the next, or after it, is left out."""
    dues = [(before, _due(starts_at - before, before, contact, zone)) for before in sorted(remind, reverse=True)]
    # One more than there are reminders, where there are none.
    ends = [*(due for _, due in dues[1:]), starts_at]
    for (before, due), end in zip(dues, ends, strict=False):
        if due < end:
            yield DueReminder(before, due, end)


def _due(moment: dt.datetime, before: dt.timedelta, contact: Contact, zone: ZoneInfo) -> dt.datetime:
    return moment if before <= ALWAYS_WITHIN else last_loud_minute(contact, moment, zone)


def last_loud_minute(contact: Contact, moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the moment itself where it is loud, else the last minute before in which it is; itself, if never."""
    if not is_quiet(contact, moment.astimezone(zone)):
        return moment
    hours = [dt.time(0)] + ([contact.quiet.start] if contact.quiet else [])
    today = moment.astimezone(zone).date()
    days = [today - dt.timedelta(days=back) for back in range(-1, _DAYS_BACK)]
    starts = {start for day in days for hour in hours for start in _each_time(day, hour, zone)}
    found = [start - _A_MINUTE for start in starts if start <= moment]
    return max((each for each in found if not is_quiet(contact, each.astimezone(zone))), default=moment)


def _each_time(day: dt.date, hour: dt.time, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Return both moments of a local time that comes twice as clocks go back, else the same one twice."""
    return at(day, hour, zone), dt.datetime.combine(day, hour.replace(fold=1), tzinfo=zone).astimezone(dt.UTC)
