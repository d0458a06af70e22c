"""The people of one table, merged by e-mail, or by name where a row has none."""

from collections.abc import Iterator, Sequence

from handlers.webinars.attendance_reports.cells.durations import UNKNOWN
from handlers.webinars.attendance_reports.cells.header_words import role_of
from handlers.webinars.attendance_reports.cells.names import clean_name, name_key
from handlers.webinars.attendance_reports.errors import Reason, Refusal, ReportRefused
from handlers.webinars.attendance_reports.outcome import Role
from handlers.webinars.attendance_reports.tables.columns import ABSENT, Columns

# Join and leave by their numbers in `WrittenInstants`, negative where there is none; the row's duration; its line.
Stay = tuple[int, int, int, int]
Span = tuple[int, int]


class Person:
    """What one person's rows say, the first at `line`: stays as they are written, or the actions of older Teams.

    `seconds` is the longest duration of a row without times.
    """

    __slots__ = ("actions", "email", "flat_stays", "line", "name", "role", "seconds")

    def __init__(self, name: str, email: str | None, role: Role | None, line: int) -> None:
        self.name = name
        self.email = email
        self.role = role
        self.line = line
        self.seconds = UNKNOWN
        self.flat_stays: list[int] = []  # four numbers a stay: half the memory of as many tuples
        self.actions: list[tuple[int, str]] | None = None  # a list for each of 50,000 takes long to make

    @property
    def stays(self) -> Iterator[Stay]:
        """The stays in the order of their rows."""
        numbers = iter(self.flat_stays)
        return zip(numbers, numbers, numbers, numbers, strict=True)

    def add(self, other: "Person") -> None:
        """Take over what another table says of the same person."""
        self.flat_stays += other.flat_stays
        self.seconds = max(self.seconds, other.seconds)
        self.role = self.role or other.role


class _Roles(dict[str, Role | None]):
    """Roles by cell, each cell read once; the blank cell's, and that of a word nobody knows, is the section's."""

    def __missing__(self, said: str) -> Role | None:
        found = self[said] = role_of(said) or self[""]
        return found


class People(dict[str, Person]):
    """People by e-mail, or by name; `no_shows` counts rows of those who registered and did not come."""

    def __init__(self, columns: Columns, section_role: Role | None) -> None:
        super().__init__()
        self.columns = columns
        self.no_shows = 0
        self.rows = 0
        self._first_at, self._last_at = (*columns.name, ABSENT)[:2]
        self._role_at = columns.role
        self._roles = _Roles({"": section_role})

    def person(self, row: Sequence[str], email: str, line: int) -> Person | None:
        """Whose row it is, by an e-mail that is new or, where it is empty, the name; None where it has neither.

        Raises ReportRefused where the name goes on in another line: no name does, its quote was left open.
        """
        written = row[self._first_at]
        if "\n" in written:
            raise ReportRefused(Refusal(Reason.CUT_OFF, line=line - written.rstrip().count("\n")))
        name = clean_name(written, row[self._last_at])
        key = email or name_key(name)
        if not email and (not key or key in self):
            return self.get(key)
        found = self[key] = Person(name or email, email or None, self._roles[row[self._role_at]], line)
        return found
