"""How long somebody was there: the union of their intervals, however many devices and reports tell of them."""

import datetime as dt
from collections.abc import Iterable, Sequence

Interval = tuple[dt.datetime, dt.datetime]


def united(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return intervals in order and apart from each other, that hold the same moments."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return tuple(found)


def minutes_together(parts: Sequence[tuple[Sequence[Interval], int | None]]) -> int | None:
    """Return the minutes that several tellings of one person come to: intervals united, else the longest telling.

    None where none of them says: unknown, never 0.
    """
    stays = united(each for intervals, _ in parts for each in intervals)
    whole = int(sum((end - start).total_seconds() for start, end in stays) // 60) if stays else None
    told = [minutes for intervals, minutes in parts if minutes is not None and not intervals]
    known = [each for each in (whole, *told) if each is not None]
    return max(known, default=None)


def written(intervals: Iterable[Interval]) -> list[list[str]] | None:
    """Return intervals as they are stored, None for none."""
    return [[start.isoformat(), end.isoformat()] for start, end in united(intervals)] or None


def read(intervals: list[list[str]] | None) -> tuple[Interval, ...]:
    """Return intervals as they were stored."""
    return tuple((dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end)) for start, end in intervals or ())
