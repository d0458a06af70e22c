"""Instants as reports write them, before anybody knows which number is the day and which zone they are in."""

import re
from functools import lru_cache
from typing import NamedTuple

from handlers.webinars.attendance_reports.cells.calendar_words import AFTERNOON, BETWEEN, MORNING, month_of

BLANK, UNREADABLE = -1, -2
BLANKS = frozenset({"", "-", "--", "—", "–", "n/a", "N/A"})

_CLOCK = re.compile(r"(.{0,48}?)(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(\D{0,9})")
_DOTTED_CLOCK = re.compile(r"(.{6,48}?\D)(\d{1,2})\.([0-5]\d)(?:\.([0-5]\d))?(\D{0,9})")
_NUMERIC = re.compile(r"(\d{1,4})\s?[./\-년年]\s?(\d{1,2})\s?[./\-월月]\s?(\d{1,4})[.일日]?(\D{0,14})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})(\D{0,14})")
_MONTH_AND_DAY = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2}),?\s+(\d{4})(\D{0,14})")


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


class Frame(NamedTuple):
    """What stands around a time: a date or none, and whether hours are of twelve, before noon or after."""

    date: WrittenDate | None
    half: int | None


def read_instant(cell: str) -> Written | None:
    """The instant in the cell, as it is written; None where there is none."""
    found = _CLOCK.fullmatch(cell) or _DOTTED_CLOCK.fullmatch(cell)
    if found is None:
        return None
    before, hours, minutes, seconds, behind = found.groups()
    frame = _frame(before, behind)
    if frame is None:
        return None
    hour = int(hours)
    if frame.half is not None and 0 < hour <= 12:
        hour = hour % 12 + frame.half
    return Written(frame.date, hour * 3600 + int(minutes) * 60 + int(seconds or 0)) if hour < 24 else None


@lru_cache(maxsize=1024)  # a report has one day, and two halves of it
def _frame(before: str, behind: str) -> Frame | None:
    """The date before the time, and the words around it; None where one of them is none we know."""
    before = before.strip()
    date, words = None, before
    if before and (before[0].isdigit() or before[-1].isdigit() or len(before) > 8):
        date, words = _date(before)
    known = {_bare(words), _bare(behind)}
    if (before != words and date is None) or not known <= BETWEEN | MORNING | AFTERNOON:
        return None
    if known & MORNING and known & AFTERNOON:
        return None
    return Frame(date, 12 if known & AFTERNOON else 0 if known & MORNING else None)


def _bare(words: str) -> str:
    """The marker without points and spaces; Excel writes a question mark for a narrow space."""
    return "".join(words.split()).strip(",?").replace(".", "").casefold()


def _date(text: str) -> tuple[WrittenDate | None, str]:
    """The date with which the text begins, and the words behind it."""
    if found := _NUMERIC.fullmatch(text):
        return _numeric(*found.group(1, 2, 3)), found[4]
    if found := _DAY_AND_MONTH.fullmatch(text):
        return _named(found[3], found[2], found[1]), found[4]
    if found := _MONTH_AND_DAY.fullmatch(text):
        return _named(found[3], found[1], found[2]), found[4]
    return None, ""


def _numeric(first: str, second: str, third: str) -> WrittenDate | None:
    if len(first) == 4:
        return WrittenDate(int(first), int(second), int(third), in_order=True)
    year = int(third) if len(third) == 4 else 2000 + int(third)
    return WrittenDate(year, int(first), int(second), in_order=False) if len(third) in {2, 4} else None


def _named(year: str, word: str, day: str) -> WrittenDate | None:
    month = month_of(word)
    return WrittenDate(int(year), month, int(day), in_order=True) if month else None


class WrittenInstants(dict[str, int]):
    """A number by cell, under which `found` has what is written; BLANK and UNREADABLE stand for themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Written] = []

    def __missing__(self, cell: str) -> int:
        text = cell.strip()
        written = read_instant(text)
        if written is None:
            number = BLANK if text in BLANKS else UNREADABLE
        else:
            number = len(self.found)
            self.found.append(written)
        self[cell] = number
        return number
