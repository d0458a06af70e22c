"""Written instants as seconds since 1970 in UTC, taken in the webinar's zone."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from handlers.webinars.attendance_reports.cells.instants import Written
from handlers.webinars.attendance_reports.times.dates import Order, Window, read_date

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_DAY_SECONDS = 24 * 3600
NEVER = -(2**62)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def resolve(written: Sequence[Written], order: Order, window: Window) -> list[int]:
    """The moment of each, NEVER where its date is none; then NEVER twice, for numbers below zero, which are none.

    A time of day without a date, and one that the clocks show twice, is the one nearest to the webinar.
    """
    days = {item.date: read_date(item.date, order) for item in written if item.date}
    clock = _Clock(window)
    moments = [
        clock.nearest(item.seconds) if item.date is None else clock.at(days[item.date], item.seconds)
        for item in written
    ]
    return [*moments, NEVER, NEVER]


class _Clock:
    """Turns local times of the webinar's zone into seconds."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._starts, self._ends = round(window.starts.timestamp()), round(window.ends.timestamp())
        around = (window.starts - timedelta(days=2), window.ends + timedelta(days=2))
        offsets = {self._offset(moment) for moment in around}
        self._constant = offsets.pop() if len(offsets) == 1 else None
        first, last = window.first_day, window.last_day
        self._days = [first + timedelta(days=number) for number in range(-1, (last - first).days + 2)]

    def _offset(self, moment: datetime) -> int:
        offset = moment.astimezone(self._window.zone).utcoffset()
        return round(offset.total_seconds()) if offset is not None else 0

    def at(self, day: date | None, seconds: int) -> int:
        """The moment of a local time on a day."""
        if day is None:
            return NEVER
        local = (day.toordinal() - _EPOCH_DAY) * _DAY_SECONDS + seconds
        if self._constant is not None and self._window.is_near(day):
            return local - self._constant
        naive = datetime.combine(day, datetime.min.time()) + timedelta(seconds=seconds)
        zone = self._window.zone
        return self._nearest(
            local - round((naive.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta()).total_seconds())
            for fold in (0, 1)
        )

    def nearest(self, seconds: int) -> int:
        """The moment of a time of day, on the day on which it is nearest to the webinar."""
        return self._nearest(self.at(day, seconds) for day in self._days)

    def _nearest(self, moments: Iterable[int]) -> int:
        return min(moments, key=lambda moment: max(self._starts - moment, moment - self._ends, 0))
