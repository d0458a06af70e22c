"""Local times of webinars: the instant that clocks in a zone show, those they skip, those they show twice."""

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from loyalty.suggestions import closest
from loyalty.webinars.errors import NoSuchZoneError, TimeSkippedError, TimeTwiceError


def start_instant(local: dt.datetime, zone: str, fold: Literal[0, 1] | None) -> dt.datetime:
    """Return the instant, in UTC, at which clocks in a zone show a local time.

    Errors: `NoSuchZoneError`, `TimeSkippedError`, `TimeTwiceError` where it comes twice and `fold` says not which.
    """
    first, second = _both(local, zone)
    if _shown(first, zone) != local:
        # Read by the clock from before the gap it lies after it, by the clock from after the gap before it.
        raise TimeSkippedError(local, zone, _shown(second, zone), _shown(first, zone))
    if first != second and fold is None:
        raise TimeTwiceError(local, zone, first, second)
    return second if fold == 1 else first


def instant_again(local: dt.datetime, zone: str, fold: int) -> dt.datetime:
    """Return the instant of a local time that was checked once, by the zone's rules now; a gap's is after it."""
    first, second = _both(local, zone)
    return second if fold == 1 and _shown(second, zone) == local else first


def _both(local: dt.datetime, zone: str) -> tuple[dt.datetime, dt.datetime]:
    if zone not in available_timezones():
        raise NoSuchZoneError(zone, closest(zone, available_timezones()))
    aware = local.replace(tzinfo=ZoneInfo(zone))
    return aware.replace(fold=0).astimezone(dt.UTC), aware.replace(fold=1).astimezone(dt.UTC)


def _shown(instant: dt.datetime, zone: str) -> dt.datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
