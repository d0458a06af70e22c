"""Times somebody was there, counted once each however many devices they had."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

Interval = tuple[datetime, datetime]
Moment = TypeVar("Moment", datetime, int)


def union(intervals: Iterable[tuple[Moment, Moment]]) -> list[tuple[Moment, Moment]]:
    """The same times as intervals in order, none touching another; those that do not end after they begin are gone."""
    whole: list[tuple[Moment, Moment]] = []
    for start, end in sorted(intervals):
        if end <= start:
            continue
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def union_minutes(intervals: Iterable[Interval]) -> int:
    """Whole minutes in the union of the intervals, rounded down once, at the end."""
    length = sum((end - start for start, end in union(intervals)), timedelta())
    return length // timedelta(minutes=1)
