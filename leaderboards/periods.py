"""Calendar periods: where they begin and end, on local days, an end exclusive; and when something is due."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Period = Literal["day", "week", "month", "quarter", "year", "all"]
PERIODS: tuple[Period, ...] = get_args(Period)

Stretch = Period | Literal["season"]
"""What a board may be of: a calendar period, or a season, which is months together (`leaderboards.seasons`)."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

ALWAYS = dt.date(1970, 1, 1)
"""Where the period `all` begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """The local days of one period; `end` is the first day after it, None for `all`."""

    start: dt.date
    end: dt.date | None


@lru_cache(maxsize=8192)
def start_of(period: Period, day: dt.date, week_starts: Weekday = "monday") -> dt.date:
    """Return the first local day of the period that holds `day`."""
    match period:
        case "day":
            return day
        case "week":
            return day - dt.timedelta(days=(day.weekday() - WEEKDAYS.index(week_starts)) % 7)
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
        case "all":
            return ALWAYS


def span_of(period: Period, day: dt.date, week_starts: Weekday = "monday") -> Span:
    """Return the period that holds `day`."""
    start = start_of(period, day, week_starts)
    match period:
        case "day":
            return Span(start, start + dt.timedelta(days=1))
        case "week":
            return Span(start, start + dt.timedelta(days=7))
        case "month":
            return Span(start, months_on(start, 1))
        case "quarter":
            return Span(start, months_on(start, 3))
        case "year":
            return Span(start, start.replace(year=start.year + 1))
        case "all":
            return Span(start, None)


@lru_cache(maxsize=8192)
def starts(day: dt.date, week_starts: Weekday = "monday") -> tuple[tuple[Period, dt.date], ...]:
    """Return every period that holds `day`, each with its start."""
    return tuple((period, start_of(period, day, week_starts)) for period in PERIODS)


_NESTED: tuple[Period, ...] = ("year", "quarter", "month", "day")
"""Periods that end where longer ones do, the longest first."""


def tiles(first: dt.date, last: dt.date) -> Iterator[tuple[Period, dt.date]]:
    """Yield the fewest periods, by kind and start, that hold all days from `first` to `last`, and none before.

    The last one may reach beyond `last`.
    """
    day = first
    while day <= last:
        period = next(each for each in _NESTED if start_of(each, day) == day)
        yield period, day
        day = span_of(period, day).end or last


def before(period: Stretch, start: dt.date, week_starts: Weekday = "monday") -> Span | None:
    """Return the period just before the one that begins at `start`; None for `all`.

    None for a season, too: it is opened so that nothing before is held against it.
    """
    match period:
        case "all" | "season":
            return None
        case _:
            return span_of(period, start - dt.timedelta(days=1), week_starts)


@dataclass(frozen=True, slots=True)
class Frame:
    """One calendar period: its kind, its days, and the way back to those before it; or a season, with its name."""

    period: Stretch
    span: Span
    week_starts: Weekday = "monday"
    name: str | None = None

    def past(self) -> "Iterator[Frame]":
        """Yield the periods before this one, the nearest first, without end; none for `all` and seasons."""
        frame = self
        while span := before(frame.period, frame.span.start, frame.week_starts):
            frame = Frame(frame.period, span, frame.week_starts)
            yield frame


def frame_of(period: Period, day: dt.date, week_starts: Weekday = "monday") -> Frame:
    """Return the period that holds `day`, as a frame."""
    return Frame(period, span_of(period, day, week_starts), week_starts)


def at(local_day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Return the moment, in UTC, at which clocks in `zone` show `time` on `local_day`.

    Where they show it twice, the first; where they skip it, the first moment after the gap.
    """
    clock_time = dt.datetime.combine(local_day, time, tzinfo=zone)
    moment = clock_time.astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == clock_time.replace(tzinfo=None):
        return moment
    # Read by the clock from before the gap the moment lies after it, by the clock from after the gap before it.
    return _change_of_clocks(clock_time.replace(fold=1).astimezone(dt.UTC), moment, zone)


def _change_of_clocks(earlier: dt.datetime, later: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the first whole second with the offset of `later`."""
    offset = later.astimezone(zone).utcoffset()
    while (seconds := int((later - earlier).total_seconds())) > 1:
        middle = earlier + dt.timedelta(seconds=seconds // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            later = middle
        else:
            earlier = middle
    return later


def months_on(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or earlier; the month's last where it is shorter."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
