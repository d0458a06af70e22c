"""What is to be added to a report's times, where whoever downloaded it sits in another zone than the webinar."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from handlers.webinars.attendance_reports.errors import Reason, Refusal, ReportRefused
from handlers.webinars.attendance_reports.tables.people import Span
from handlers.webinars.attendance_reports.times.dates import MAX_DATES_SHOWN, Window

_HOUR = 3600
_EARLY_SECONDS = _HOUR  # how long before the start, or after the end, somebody may be there
# Offsets in use: whole hours from Samoa to Kiribati, and the halves and quarters of some.
_WHOLE = tuple(hours * _HOUR for hours in range(-11, 15))
_PARTS = tuple(
    round(hours * _HOUR) for hours in (-9.5, -3.5, -2.5, 3.5, 4.5, 5.5, 5.75, 6.5, 8.75, 9.5, 10.5, 12.75, 13.75)
)
_ENOUGH = 0.9  # of the best overlap, for a whole hour to be preferred


def find_shift(spans: Iterable[Span], window: Window) -> int:
    """Seconds to add so that the stays are at the webinar: 0 where one of them is already.

    Raises ReportRefused where no zone's clock makes all of them fit.
    """
    starts, ends = round(window.starts.timestamp()), round(window.ends.timestamp())
    stays: list[Span] = []
    for joined, left in spans:
        if joined <= ends and left >= starts:
            return 0
        stays.append((joined, left))
    if not stays:
        return 0
    offset = window.starts.astimezone(window.zone).utcoffset() or timedelta()
    ours = round(offset.total_seconds())
    fitting = {
        theirs: overlap for theirs in (*_WHOLE, *_PARTS) if (overlap := _overlap(stays, ours - theirs, (starts, ends)))
    }
    if not fitting:
        raise _refused(stays, window)
    enough = _ENOUGH * max(fitting.values())
    whole = [theirs for theirs in _WHOLE if fitting.get(theirs, 0) >= enough]
    return ours - max(whole or fitting, key=lambda theirs: (fitting[theirs], -abs(ours - theirs)))


def _overlap(stays: Sequence[Span], shift: int, webinar: Span) -> int:
    """How long the shifted stays are within the webinar, all together; 0 where one of them is far from it."""
    starts, ends = webinar
    total = 0
    for joined, left in stays:
        begin, end = joined + shift, left + shift
        if begin > ends + _EARLY_SECONDS or end < starts - _EARLY_SECONDS:
            return 0
        total += max(0, min(end, ends) - max(begin, starts))
    return total


def _refused(stays: Sequence[Span], window: Window) -> ReportRefused:
    days = sorted({datetime.fromtimestamp(joined, UTC).astimezone(window.zone).date() for joined, _ in stays})
    same_day = any(window.first_day <= day <= window.last_day for day in days)
    reason = Reason.ANOTHER_TIME if same_day else Reason.ANOTHER_DAY
    return ReportRefused(Refusal(reason, dates=tuple(days[:MAX_DATES_SHOWN]), expected=window.first_day))
