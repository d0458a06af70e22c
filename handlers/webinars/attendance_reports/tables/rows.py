"""The rows of a table of people, read once as they come: what each says, still as it is written."""

from collections.abc import Iterable

from handlers.webinars.attendance_reports.cells.durations import UNKNOWN, WrittenDurations
from handlers.webinars.attendance_reports.cells.instants import UNREADABLE, WrittenInstants
from handlers.webinars.attendance_reports.outcome import Unread
from handlers.webinars.attendance_reports.tables.columns import ABSENT
from handlers.webinars.attendance_reports.tables.name_columns import YES
from handlers.webinars.attendance_reports.tables.people import People, Person
from handlers.webinars.attendance_reports.tables.sheet import Sheet
from handlers.webinars.attendance_reports.tables.unread import UnreadRows


class RowReader:
    """Reads tables of one report; cells that repeat, as instants and durations do, are read once."""

    def __init__(self, sheet: Sheet) -> None:
        self.instants = WrittenInstants()
        self.unread = UnreadRows()
        self._durations = WrittenDurations()
        self._sheet = sheet

    def read(self, rows: Iterable[list[str]], people: People) -> None:
        """Put what the rows say to the people. A row with fewer cells than the header is filled with blank ones."""
        columns, sheet, instants, durations = people.columns, self._sheet, self.instants, self._durations
        width, email_at, other_email_at = columns.width, columns.email, columns.other_email
        joined_at, left_at, duration_at = columns.joined, columns.left, columns.duration
        padding = [""] * width
        for people.rows, row in enumerate(rows, 1):
            row.append("")  # what ABSENT points to
            if len(row) <= width:
                row.extend(padding)
            address = row[email_at] or row[other_email_at]
            email = address.strip().lower() if "@" in address else ""
            joined, left = instants[row[joined_at]], instants[row[left_at]]
            if joined < 0 or left < 0:
                self._read_part(row, email, (joined, left), people)
            elif person := people.get(email) or people.person(row, email, sheet.line):
                person.flat_stays += (joined, left, durations[row[duration_at]], sheet.line)
            else:
                self.unread.add(sheet.line, Unread.NOBODY_NAMED)

    def _read_part(self, row: list[str], email: str, stay: tuple[int, int], people: People) -> None:
        """Read a row that has not both ends of a stay."""
        joined, left = stay
        if self._is_no_show(row, joined, people):
            people.no_shows += 1
            return
        line, seconds = self._sheet.line, self._durations[row[people.columns.duration]]
        self._note_unreadable(row, stay, people)
        person = people.get(email) or people.person(row, email, line)
        if person is None:
            self.unread.add(line, Unread.NOBODY_NAMED)
        elif people.columns.action != ABSENT and joined >= 0:
            _add_action(person, joined, row[people.columns.action])
        elif joined >= 0 and seconds != UNKNOWN:
            person.flat_stays += (joined, left, seconds, line)
        else:
            person.seconds = max(person.seconds, seconds)

    @staticmethod
    def _is_no_show(row: list[str], joined: int, people: People) -> bool:
        """Whether a row without times says that somebody registered and did not come."""
        columns = people.columns
        if columns.attended == ABSENT:
            return False
        return joined < 0 if columns.joined != ABSENT else row[columns.attended].strip().casefold() not in YES

    def _note_unreadable(self, row: list[str], stay: tuple[int, int], people: People) -> None:
        for number, place in zip(stay, (people.columns.joined, people.columns.left), strict=True):
            if number == UNREADABLE:
                self.unread.add(self._sheet.line, Unread.TIME, row[place])


def _add_action(person: Person, instant: int, action: str) -> None:
    person.actions = person.actions or []
    person.actions.append((instant, action.strip().casefold()))
