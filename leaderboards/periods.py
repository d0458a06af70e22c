"""Calendar periods: where they begin and end, on local days. An end is exclusive."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

Period = Literal["day", "week", "month", "quarter", "year", "all"]
PERIODS: tuple[Period, ...] = get_args(Period)

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
            return Span(start, _months_on(start, 1))
        case "quarter":
            return Span(start, _months_on(start, 3))
        case "year":
            return Span(start, start.replace(year=start.year + 1))
        case "all":
            return Span(start, None)


@lru_cache(maxsize=8192)
def starts(day: dt.date, week_starts: Weekday = "monday") -> tuple[tuple[Period, dt.date], ...]:
    """Return every period that holds `day`, each with its start."""
    return tuple((period, start_of(period, day, week_starts)) for period in PERIODS)


def before(period: Period, start: dt.date, week_starts: Weekday = "monday") -> Span | None:
    """Return the period just before the one that begins at `start`; None for `all`."""
    return None if period == "all" else span_of(period, start - dt.timedelta(days=1), week_starts)


def _months_on(day: dt.date, months: int) -> dt.date:
    index = day.month - 1 + months
    return day.replace(year=day.year + index // 12, month=index % 12 + 1)
