"""The people of one table, merged by e-mail, or by name where a row has none."""

from collections.abc import Sequence

from handlers.webinars.attendance_reports.columns import Columns
from handlers.webinars.attendance_reports.durations import UNKNOWN
from handlers.webinars.attendance_reports.header_words import role_of
from handlers.webinars.attendance_reports.names import clean_name, name_key
from handlers.webinars.attendance_reports.outcome import Role

# Join and leave by their numbers in `WrittenInstants`, negative where there is none; the row's duration; its line.
Stay = tuple[int, int, int, int]


class Person:
    """What one person's rows say: `seconds` is the longest duration of a row without times."""

    __slots__ = ("actions", "email", "name", "role", "seconds", "stays")

    def __init__(self, name: str, email: str | None, role: Role | None) -> None:
        self.name = name
        self.email = email
        self.role = role
        self.stays: list[Stay] = []
        self.actions: list[tuple[int, str]] = []
        self.seconds = UNKNOWN

    def add(self, other: "Person") -> None:
        """Take over what another table says of the same person."""
        self.stays += other.stays
        self.actions += other.actions
        self.seconds = max(self.seconds, other.seconds)
        self.role = self.role or other.role


class People(dict[str, Person]):
    """People by e-mail, or by name; `no_shows` counts rows of those who registered and did not come."""

    def __init__(self, columns: Columns, section_role: Role | None) -> None:
        super().__init__()
        self.columns = columns
        self.no_shows = 0
        self.rows = 0
        self._section_role = section_role
        self._roles: dict[str, Role | None] = {}

    def person(self, row: Sequence[str], email: str) -> Person | None:
        """Whose row it is, by the e-mail or, where that is empty, the name; None where it has neither."""
        name = ""
        if not email or email not in self:
            name = clean_name(" ".join(row[place] for place in self.columns.name))
        key = email or name_key(name)
        if not key:
            return None
        found = self.get(key)
        if found is None:
            found = self[key] = Person(name or email, email or None, self._role(row))
        return found

    def _role(self, row: Sequence[str]) -> Role | None:
        said = row[self.columns.role]
        if said not in self._roles:
            self._roles[said] = role_of(said)
        return self._roles[said] or self._section_role
