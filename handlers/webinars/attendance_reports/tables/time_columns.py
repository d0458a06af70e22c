"""Where a table has its times: a pair of instants, one instant and an action, or a duration."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from handlers.webinars.attendance_reports.cells.durations import UNKNOWN, clock_seconds, seconds_with_units
from handlers.webinars.attendance_reports.cells.header_words import Word
from handlers.webinars.attendance_reports.cells.instants import read_instant
from handlers.webinars.attendance_reports.cells.kinds import Kind
from handlers.webinars.attendance_reports.tables.sample import Column

ABSENT = -1
_MAX_ACTIONS = 4  # joined before, joined, left, and one more
_SLACK_SECONDS = 120  # a clock without seconds, on both sides
_DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Times:
    """The columns with times, as `Columns` names them."""

    joined: int = ABSENT
    left: int = ABSENT
    action: int = ABSENT
    duration: int = ABSENT
    duration_is_number: bool = False
    has_date: bool = True
    exact: bool = False

    def as_fields(self) -> dict[str, Any]:
        """The same by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def find(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Times:
    """The columns with times, as far as the table has some."""
    dated = [column for column in columns if column.kind is Kind.INSTANT and column.word is not Word.REGISTRATION]
    timed = dated or [column for column in columns if column.kind in {Kind.TIME_OF_DAY, Kind.CLOCK}]
    joined, left = _pair(timed, columns, rows)
    taken = {joined, left}
    action = ABSENT
    if left == ABSENT and dated:
        action = _action(columns)
        joined = dated[-1].place if action != ABSENT or _duration(columns, taken) else ABSENT
    duration = _duration(columns, taken)
    return Times(
        joined=joined,
        left=left,
        action=action,
        duration=duration.place if duration else ABSENT,
        duration_is_number=duration is not None and duration.kind is Kind.NUMBER,
        has_date=bool(dated),
        exact=duration is not None and _has_seconds(duration.values),
    )


def _pair(timed: Sequence[Column], columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Join and leave: side by side, in this order; where there are several such pairs the last, unless words tell."""
    pairs = [(one.place, two.place) for one, two in pairwise(timed) if two.place == one.place + 1]
    if timed and timed[0].kind is not Kind.INSTANT:
        pairs = [pair for pair in pairs if _is_stay(pair, timed, rows)]
    said = [pair for pair in pairs if (columns[pair[0]].word, columns[pair[1]].word) == (Word.JOINED, Word.LEFT)]
    return (said or pairs or [(ABSENT, ABSENT)])[-1]


def _is_stay(pair: tuple[int, int], timed: Sequence[Column], rows: Sequence[Sequence[str]]) -> bool:
    """Whether two columns of clock times can be join and leave: a third one, the duration, fits in between."""
    others = [column.place for column in timed if column.place not in pair and column.kind is Kind.CLOCK]
    places = (*pair, *others[:1])
    return not others or all(_fits(*(row[place] for place in places)) for row in rows if len(row) > max(places))


def _fits(joined: str, left: str, duration: str) -> bool:
    first, last = read_instant(joined), read_instant(left)
    seconds = clock_seconds(duration)
    if first is None or last is None or seconds == UNKNOWN:
        return True
    return seconds <= (last.seconds - first.seconds) % _DAY_SECONDS + _SLACK_SECONDS


def _action(columns: Sequence[Column]) -> int:
    """The column that says joined or left: few texts, again and again, in a table of a name and one instant."""
    for column in columns[1:]:
        if column.kind is Kind.TEXT and len(column.different) <= _MAX_ACTIONS:
            is_role = column.word in {Word.ROLE, Word.REGISTRATION, Word.EMAIL, Word.DURATION}
            return ABSENT if is_role or any(other.kind is Kind.DURATION for other in columns) else column.place
    return ABSENT


def _duration(columns: Sequence[Column], taken: set[int]) -> Column | None:
    """A duration with units, else a clock that is no time of day, else a number behind an e-mail or instant."""
    free = [column for column in columns if column.place not in taken and column.word is not Word.ENGAGEMENT]
    for kind in (Kind.DURATION, Kind.CLOCK):
        if found := next((column for column in free if column.kind is kind), None):
            return found
    return next((column for column in free if column.kind is Kind.NUMBER and _is_minutes(column, columns)), None)


def _is_minutes(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a number is minutes: so said, or between instants or e-mails and a column of yes and no."""
    if column.word is not None or not column.place:
        return column.word is Word.DURATION
    before, *behind = columns[column.place - 1 : column.place + 2]
    if before.kind in {Kind.INSTANT, Kind.TIME_OF_DAY}:
        return True
    return before.kind is Kind.EMAIL and any(len(other.different) in {1, 2} for other in behind[1:])


def _has_seconds(values: Sequence[str]) -> bool:
    """Whether one of the durations is no whole minute: then all are exact."""
    return any(max(seconds_with_units(value), clock_seconds(value), 0) % 60 for value in values)
