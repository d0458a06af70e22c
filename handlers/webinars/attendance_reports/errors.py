"""Why a report is not taken: facts, which messages say in the reader's language."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with the file as a whole; beside each, which facts of the refusal come with it."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"  # count and limit, in bytes
    TOO_MANY_ROWS = "too_many_rows"  # line, limit
    ANOTHER_FORMAT = "another_format"  # found: xlsx, xls, html, pdf, json, gzip
    NO_TABLE = "no_table"  # nothing in it is a table of people
    CUT_OFF = "cut_off"  # line
    NOBODY = "nobody"  # line of the table; count of those who registered and did not come
    UNREADABLE_TIMES = "unreadable_times"  # line, and found: a cell that looks like a time and is none we know
    DAY_OR_MONTH = "day_or_month"  # dates: what one cell may mean; expected
    ANOTHER_DAY = "another_day"  # dates of the report; expected
    ANOTHER_TIME = "another_time"  # dates of the report; expected: the same day, and no time zone makes it fit


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason and its facts; lines count from 1, `expected` is the webinar's own date in its zone."""

    reason: Reason
    line: int | None = None
    found: str = ""
    count: int | None = None
    limit: int | None = None
    dates: tuple[date, ...] = ()
    expected: date | None = None


class ReportRefused(ValueError):  # noqa: N818 - a refusal is an outcome, and is called so everywhere
    """The report is not taken, and nothing of it is."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
