"""Days, hours and zones as a programme writes them."""

import re
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from zoneinfo import available_timezones

from loyalty.programme.errors import WrongValueError, shown
from loyalty.suggestions import nearest

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class PostTime:
    """When a board is posted once its period has ended: on the first such weekday from then on, at that hour.

    `weekday` counts from Monday, 0; None is the very first day after the period.
    """

    weekday: int | None
    at: time

    def __str__(self) -> str:
        hour = f"{self.at:%H:%M}"
        return hour if self.weekday is None else f"{WEEKDAYS[self.weekday]} {hour}"


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which nobody is written to unasked, local time; they may pass midnight."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def holds(self, at: time) -> bool:
        """Return whether a local time is in the quiet hours: from the start on, before the end."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def read_hour(value: object) -> time:
    """Return a time of day written as 09:00; a ValueError says what would be one."""
    match = _HOUR.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise WrongValueError(f"a time of day like 09:00 is wanted, not {shown(value)}")
    return time(int(match[1]), int(match[2]))


def read_day(value: object) -> date:
    """Return a date written as 2026-03-01; a ValueError says what would be one."""
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        raise WrongValueError(f"{value} is no day of the calendar") from None
    raise WrongValueError(f"a date like 2026-03-01 is wanted, not {shown(value)}")


def read_post_time(value: object) -> PostTime:
    """Return when a board is posted, from "monday 09:00" or "09:00"; a ValueError says what would be one."""
    *day, hour = value.split(" ") if isinstance(value, str) else [""]
    if len(day) > 1 or not _HOUR.fullmatch(hour):
        raise WrongValueError(f'a weekday and a time like "monday 09:00", or "never", is wanted, not {shown(value)}')
    if day and day[0] not in WEEKDAYS:
        raise WrongValueError(f'"{day[0]}" is no weekday{nearest(day[0], WEEKDAYS)}')
    return PostTime(WEEKDAYS.index(day[0]) if day else None, read_hour(hour))


def read_quiet(value: object) -> Quiet:
    """Return the quiet hours, from "18:00-08:00"; a ValueError says what would be some."""
    parts = value.split("-") if isinstance(value, str) else []
    if len(parts) != 2 or not all(_HOUR.fullmatch(part) for part in parts):
        raise WrongValueError(f'hours like "18:00-08:00", or "never", are wanted, not {shown(value)}')
    quiet = Quiet(read_hour(parts[0]), read_hour(parts[1]))
    if quiet.start == quiet.end:
        raise WrongValueError(f'"{value}" begins when it ends: write "never" for no quiet hours')
    return quiet


def read_zone(value: object) -> str:
    """Return a time zone of the IANA database; a ValueError names the nearest."""
    if not isinstance(value, str):
        raise WrongValueError(f"a time zone like Europe/Warsaw is wanted, not {shown(value)}")
    if value not in _zones():
        raise WrongValueError(f'there is no time zone "{value}"{nearest(value, _zones()) or ": one is Europe/Warsaw"}')
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
