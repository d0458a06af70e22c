"""Lengths of time as people write them: `90s`, `10m`, `1h`, `14 days`, `12 months`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from leaderboards.periods import months_on
from loyalty.programme.errors import WrongValueError

_YEAR = 31_622_400  # seconds, a leap one
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800, "month": _YEAR // 12}
_SHORT = {"s": "second", "m": "minute", "h": "hour"}
_WRITTEN = re.compile(r"([0-9]{1,9}) ?([a-z]+)")
_EXAMPLES = "90s, 10m, 1h, 14 days or 12 months"
_LONGEST = 100 * _YEAR


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """So many calendar months: they differ in length, so they stay months."""

    count: int

    def __str__(self) -> str:
        return f"{self.count} month{'s' if self.count != 1 else ''}"


Duration = timedelta | Months


def read_duration(text: str) -> Duration:
    """Return the length of time a text names; a ValueError says what would be one."""
    match = _WRITTEN.fullmatch(text.strip())
    if not match:
        raise WrongValueError(f'"{text}" is no length of time: write it like {_EXAMPLES}')
    number, unit = int(match[1]), _SHORT.get(match[2], match[2].removesuffix("s"))
    if unit not in _SECONDS:
        raise WrongValueError(f'"{text}" has no unit of time: write it like {_EXAMPLES}')
    if number == 0:
        raise WrongValueError(f'"{text}" is no time at all: leave it out, or write it like {_EXAMPLES}')
    if number * _SECONDS[unit] > _LONGEST:
        raise WrongValueError(f'"{text}" is more than a hundred years')
    return Months(number) if unit == "month" else timedelta(seconds=number * _SECONDS[unit])


def write_duration(length: Duration) -> str:
    """Return the shortest text that reads as this length of time."""
    if isinstance(length, Months):
        return str(length)
    seconds = round(length.total_seconds())
    if seconds % 86_400 == 0:
        return f"{seconds // 86_400} day{'s' if seconds != 86_400 else ''}"
    for unit, short in ((3_600, "h"), (60, "m")):
        if seconds % unit == 0:
            return f"{seconds // unit}{short}"
    return f"{seconds}s"


def later(day: date, length: Duration) -> date:
    """Return the day so much later: the month's last where a month is shorter."""
    return months_on(day, length.count) if isinstance(length, Months) else day + length


def earlier(day: date, length: Duration) -> date:
    """Return the day so much earlier: the month's last where a month is shorter."""
    return months_on(day, -length.count) if isinstance(length, Months) else day - length
