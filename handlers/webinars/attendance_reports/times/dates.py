"""Which number of a date is the day: the webinar's own date tells, unless the file itself proves the contrary."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from handlers.webinars.attendance_reports.cells.instants import WrittenDate
from handlers.webinars.attendance_reports.errors import Reason, Refusal, ReportRefused

MAX_DATES_SHOWN = 5
FIRST_YEAR, LAST_YEAR = 2000, 2099
_DAY = timedelta(days=1)


class Order(Enum):
    """Where the day stands in a date that does not begin with its year."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()


@dataclass(frozen=True, slots=True)
class Window:
    """The webinar's time, and its first and last day where it is held."""

    starts: datetime
    ends: datetime
    zone: ZoneInfo

    @property
    def first_day(self) -> date:
        """The day on which it starts."""
        return self.starts.astimezone(self.zone).date()

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return self.ends.astimezone(self.zone).date()

    def is_near(self, day: date) -> bool:
        """Whether it is a day of the webinar, or one beside it: somewhere it is yesterday or tomorrow."""
        return self.first_day - _DAY <= day <= self.last_day + _DAY


def read_date(written: WrittenDate, order: Order) -> date | None:
    """The date in this order; None where there is no such day."""
    month, day = written.first, written.second
    if not written.in_order and order is Order.DAY_FIRST:
        month, day = day, month
    try:
        return date(written.year, month, day) if FIRST_YEAR <= written.year <= LAST_YEAR else None
    except ValueError:
        return None


def find_order(dates: Collection[WrittenDate], proofs: Iterable[WrittenDate], window: Window) -> Order:
    """The order in which the dates are the webinar's, and which every other date of the file allows.

    Raises ReportRefused where both orders are possible and fit, and where none does.
    """
    possible = _possible([*dates, *proofs]) or _possible(dates) or list(Order)
    fitting = [order for order in possible if any(map(window.is_near, _read(dates, order)))]
    if len(fitting) == 2 and _differ(dates):
        raise _refused(Reason.DAY_OR_MONTH, dates, fitting, window)
    if not fitting and dates:
        raise _refused(Reason.ANOTHER_DAY, dates, possible, window)
    return (fitting or possible)[0]


def _possible(dates: Collection[WrittenDate]) -> list[Order]:
    """The orders in which every date is one."""
    return [order for order in Order if all(read_date(written, order) for written in dates)]


def _read(dates: Iterable[WrittenDate], order: Order) -> list[date]:
    return [day for written in dates if (day := read_date(written, order))]


def _differ(dates: Iterable[WrittenDate]) -> bool:
    return any(not written.in_order and written.first != written.second for written in dates)


def _refused(reason: Reason, dates: Collection[WrittenDate], orders: Iterable[Order], window: Window) -> ReportRefused:
    days = sorted({day for order in orders for day in _read(dates, order)})
    return ReportRefused(Refusal(reason, dates=tuple(days[:MAX_DATES_SHOWN]), expected=window.first_day))
