"""Instants as reports write them, before anybody knows which number is the day and which zone they are in."""

import re
from typing import NamedTuple

from handlers.webinars.attendance_reports.calendar_words import AFTERNOON, BETWEEN, MORNING, month_of

BLANK, UNREADABLE = -1, -2
BLANKS = frozenset({"", "-", "--", "—", "–", "n/a", "N/A"})
_DAY_SECONDS = 24 * 3600

_CLOCK = r"([^\d:]{0,14}?)(\d{1,2}):(\d\d)(?::(\d\d))?([^\d:]{0,9})"
_DOTTED_CLOCK = r"([^\d:]{0,14}?)(\d{1,2})\.(\d\d)(?:\.(\d\d))?([^\d:]{0,9})"
_NUMERIC = r"(\d{1,4})\s?[./\-년年]\s?(\d{1,2})\s?[./\-월月]\s?(\d{1,4})[.일日]?"
_NAMED = r"(\d{1,2})?\.?\s*(?:de\s+)?([^\W\d_]{3,12})\.?\s+(?:de\s+)?(?:(\d{1,2})\.?,?\s+)?(\d{4})"
_SHAPES = tuple(
    re.compile(shape) for shape in (rf"(?:{_NUMERIC})?{_CLOCK}", rf"{_NAMED}{_CLOCK}", rf"{_NUMERIC}{_DOTTED_CLOCK}")
)
_TIME_OF_DAY, _MONTH_NAMED, _DOTTED = _SHAPES


class WrittenDate(NamedTuple):
    """Year, month, day where `in_order`; else the first and the second number, day and month or month and day."""

    year: int
    first: int
    second: int
    in_order: bool


class Written(NamedTuple):
    """A cell with a time in it: no date where only the time of day is written."""

    date: WrittenDate | None
    seconds: int


def read_instant(cell: str) -> Written | None:
    """The instant in the cell, as it is written; None where there is none."""
    cell = cell.strip()
    if found := _TIME_OF_DAY.fullmatch(cell) or _DOTTED.fullmatch(cell):
        first, second, third, *clock = found.groups()
        written = _numeric_date(first, second, third) if first else None
        return _written(written, clock, has_date=first is not None)
    if found := _MONTH_NAMED.fullmatch(cell):
        before, word, behind, year, *clock = found.groups()
        return _written(_named_date(before, word, behind, year), clock, has_date=True)
    return None


def _numeric_date(first: str, second: str, third: str) -> WrittenDate | None:
    if len(first) == 4:
        return WrittenDate(int(first), int(second), int(third), in_order=True)
    year = int(third) if len(third) == 4 else 2000 + int(third)
    return WrittenDate(year, int(first), int(second), in_order=False) if len(third) in {2, 4} else None


def _named_date(before: str | None, word: str, behind: str | None, year: str) -> WrittenDate | None:
    month = month_of(word)
    day = before or behind
    return WrittenDate(int(year), month, int(day), in_order=True) if month and day else None


def _written(date: WrittenDate | None, clock: list[str], *, has_date: bool) -> Written | None:
    before, hours, minutes, seconds, behind = clock
    hour = _hour(int(hours), _bare(before), _bare(behind))
    if hour is None or int(minutes) > 59 or int(seconds or 0) > 59 or (has_date and date is None):
        return None
    return Written(date, hour * 3600 + int(minutes) * 60 + int(seconds or 0))


def _bare(words: str) -> str:
    """The marker without points and spaces; Excel writes a question mark for a narrow space."""
    return "".join(words.split()).strip(",?").replace(".", "").casefold()


def _hour(hour: int, before: str, behind: str) -> int | None:
    """The hour of 24; None where the words around it say nothing we know, or there is no such hour."""
    known = {before, behind}
    if not known <= BETWEEN | MORNING | AFTERNOON:
        return None
    marked_morning, marked_afternoon = bool(known & MORNING), bool(known & AFTERNOON)
    if hour > 23 or (marked_morning and marked_afternoon):
        return None
    if hour > 12 or not (marked_morning or marked_afternoon):
        return hour
    return hour % 12 + 12 * marked_afternoon


class WrittenInstants(dict[str, int]):
    """A number by cell, under which `found` has what is written; BLANK and UNREADABLE stand for themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Written] = []

    def __missing__(self, cell: str) -> int:
        written = None if cell.strip() in BLANKS else read_instant(cell)
        if written is None:
            number = BLANK if cell.strip() in BLANKS else UNREADABLE
        else:
            number = len(self.found)
            self.found.append(written)
        self[cell] = number
        return number
