"""Where a table has its people's names, and whether each row says that somebody attended at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.webinars.attendance_reports.cells.header_words import Word
from handlers.webinars.attendance_reports.cells.kinds import Kind
from handlers.webinars.attendance_reports.tables.sample import Column

ABSENT = -1
YES = frozenset({"yes", "y", "tak", "t", "예", "네", "はい", "ja", "oui", "sí", "si", "sim", "是", "true"})
NO = frozenset({"no", "n", "nie", "아니요", "아니오", "いいえ", "nein", "non", "não", "nee", "否", "false"})
_MAX_ROLES = 5
_NAMES = frozenset({Kind.TEXT, Kind.EMAIL, Kind.NUMBER})  # of somebody who dialled in, a number


@dataclass(frozen=True, slots=True)
class NameColumns:
    """The name's column, or first and last name's; `attended` says yes or no before it."""

    name: tuple[int, ...]
    attended: int = ABSENT


def find(columns: Sequence[Column]) -> NameColumns:
    """The columns with names, by words we know, else by where texts stand."""
    attended = _attended(columns)
    others = [column for column in columns if column.place != attended]
    return NameColumns(_by_words(others) or _by_place(others), attended)


def _attended(columns: Sequence[Column]) -> int:
    """The first column, where it says yes or no: no name does, and nobody is called so twice beside one's own name."""
    first = columns[0]
    says = {value.casefold() for value in first.different}
    few = 0 < len(says) <= 2 < len(first.values) and len(columns) > 1 and len(columns[1].different) > 2
    texts = sum(column.kind is Kind.TEXT for column in columns[1:4])
    if says and (says <= YES | NO or (few and texts >= 3)):
        return 0
    return ABSENT


def _by_words(columns: Sequence[Column]) -> tuple[int, ...]:
    """Where the header says it, and the cells are no times."""
    places = {column.word: column.place for column in reversed(columns) if column.kind in _NAMES}
    if Word.NAME in places and Word.LAST_NAME not in places:
        return (places[Word.NAME],)
    first = places.get(Word.FIRST_NAME, places.get(Word.NAME))
    if Word.NAME in places and Word.FIRST_NAME in places:
        return (places[Word.NAME],)
    return (first, places[Word.LAST_NAME]) if first is not None and Word.LAST_NAME in places else ()


def _by_place(columns: Sequence[Column]) -> tuple[int, ...]:
    """The texts before the first other column: one is the name, two are first and last name, of three the first."""
    leading: list[Column] = []
    for column in columns:
        if column.kind is not Kind.TEXT:
            break
        leading.append(column)
    if not leading:
        return _anywhere(columns)
    if len(leading) == 2 and _are_two_names(leading):
        return (leading[0].place, leading[1].place)
    return (leading[0].place,)


def _are_two_names(columns: Sequence[Column]) -> bool:
    """Whether the second text is as various as names are: roles and actions are few."""
    first, second = columns
    return len(second.different) > min(_MAX_ROLES, len(first.different) // 2) and not any(
        " " in value for value in second.different
    )


def _anywhere(columns: Sequence[Column]) -> tuple[int, ...]:
    """The first column, where telephone numbers or e-mails are the names; else the text with most to tell."""
    if columns[0].kind in _NAMES and len(columns[0].different) > 0:
        return (columns[0].place,)
    texts = sorted((c for c in columns if c.kind is Kind.TEXT), key=lambda column: -len(column.different))
    return (texts[0].place,) if texts else ()
