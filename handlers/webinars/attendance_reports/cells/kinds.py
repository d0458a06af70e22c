"""What a single cell is by its shape."""

import re
from collections.abc import Callable
from enum import Enum, auto
from functools import lru_cache

from handlers.webinars.attendance_reports.cells.durations import (
    UNKNOWN,
    clock_seconds,
    plain_minutes,
    seconds_with_units,
)
from handlers.webinars.attendance_reports.cells.instants import BLANKS, read_instant

MAX_SHAPED_CELL = 80
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Kind(Enum):
    """The shapes of cells; `CLOCK` is `1:02`, a time of day or a duration."""

    BLANK = auto()
    EMAIL = auto()
    INSTANT = auto()
    TIME_OF_DAY = auto()
    CLOCK = auto()
    DURATION = auto()
    NUMBER = auto()
    TEXT = auto()


_DURATIONS: tuple[tuple[Kind, Callable[[str], int]], ...] = (
    (Kind.CLOCK, clock_seconds),
    (Kind.DURATION, seconds_with_units),
    (Kind.NUMBER, plain_minutes),
)
TYPED = frozenset(Kind) - {Kind.BLANK, Kind.TEXT}


@lru_cache(maxsize=4096)
def kind_of(cell: str) -> Kind:
    """The cell's shape."""
    text = cell.strip()
    if text in BLANKS:
        return Kind.BLANK
    if len(text) > MAX_SHAPED_CELL or text.isalpha():
        return Kind.TEXT
    if _EMAIL.fullmatch(text):
        return Kind.EMAIL
    for kind, read in _DURATIONS:
        if read(text) != UNKNOWN:
            return kind
    written = read_instant(text)
    if written is None:
        return Kind.TEXT
    return Kind.INSTANT if written.date else Kind.TIME_OF_DAY


def is_typed(cell: str) -> bool:
    """Whether the cell is neither blank nor a text: no header has such a one."""
    return kind_of(cell) in TYPED
