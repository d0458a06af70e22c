"""The rows of a table of people, read once as they come: what each says, still as it is written."""

from collections.abc import Iterable

from handlers.webinars.attendance_reports.columns import ABSENT, Columns
from handlers.webinars.attendance_reports.durations import UNKNOWN, WrittenDurations
from handlers.webinars.attendance_reports.instants import UNREADABLE, WrittenInstants
from handlers.webinars.attendance_reports.name_columns import YES
from handlers.webinars.attendance_reports.outcome import Unread
from handlers.webinars.attendance_reports.people import People, Person
from handlers.webinars.attendance_reports.sheet import Sheet
from handlers.webinars.attendance_reports.unread import UnreadRows


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
        width, email, other_email = columns.width, columns.email, columns.other_email
        joined, left, duration = columns.joined, columns.left, columns.duration
        padding = [""] * width
        for row in rows:
            people.rows += 1
            row.append("")  # what ABSENT points to
            if len(row) <= width:
                row += padding
            address = row[email] or row[other_email]
            start, end = instants[row[joined]], instants[row[left]]
            if (start < 0 or end < 0) and self._is_no_show(row, start, people):
                people.no_shows += 1
                continue
            person = people.person(row, address.strip().lower() if "@" in address else "")
            if person is None:
                self.unread.add(sheet.line, Unread.NOBODY_NAMED)
            elif start >= 0 and end >= 0:
                person.stays.append((start, end, durations[row[duration]], sheet.line))
            else:
                self._add_part(row, (start, end), columns, person)

    @staticmethod
    def _is_no_show(row: list[str], start: int, people: People) -> bool:
        """Whether a row without times says that somebody registered and did not come."""
        columns = people.columns
        if columns.attended == ABSENT:
            return False
        return start < 0 if columns.joined != ABSENT else row[columns.attended].strip().casefold() not in YES

    def _add_part(self, row: list[str], stay: tuple[int, int], columns: Columns, person: Person) -> None:
        """Put what a row says that has not both ends of a stay."""
        start, end = stay
        line, seconds = self._sheet.line, self._durations[row[columns.duration]]
        for number, place in ((start, columns.joined), (end, columns.left)):
            if number == UNREADABLE:
                self.unread.add(line, Unread.TIME, row[place])
        if columns.action != ABSENT and start >= 0:
            person.actions.append((start, row[columns.action].strip().casefold()))
        elif start >= 0 and seconds != UNKNOWN:
            person.stays.append((start, end, seconds, line))
        else:
            person.seconds = max(person.seconds, seconds)
