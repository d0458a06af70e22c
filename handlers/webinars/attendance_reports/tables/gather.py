"""Everything a report says, table after table, before its times mean anything."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from handlers.webinars.attendance_reports.cells.header_words import known, role_of
from handlers.webinars.attendance_reports.cells.instants import WrittenDate, read_instant
from handlers.webinars.attendance_reports.cells.kinds import Kind, kind_of
from handlers.webinars.attendance_reports.errors import Reason, Refusal, ReportRefused
from handlers.webinars.attendance_reports.tables.columns import ABSENT, MIN_COLUMNS, Columns, find_columns
from handlers.webinars.attendance_reports.tables.people import People
from handlers.webinars.attendance_reports.tables.rows import RowReader
from handlers.webinars.attendance_reports.tables.sheet import Sheet, Table

SAMPLE_ROWS = 100
MAX_SAMPLE_ROWS = 5_000  # where the first are all of people who did not come
_LIKE_A_TIME = re.compile(r"\d.*\d[:.h時时시]\s?\d\d(?!\d)")
_MAX_EXCERPT = 40


@dataclass(slots=True)
class Gathered:
    """The tables of people, how many tables there were, and the dates that stand elsewhere in the file."""

    reader: RowReader
    people: list[People] = field(default_factory=list)
    tables: int = 0
    first_is_people: bool = False
    elsewhere: set[WrittenDate] = field(default_factory=set)  # of the meeting as a whole
    beside: set[WrittenDate] = field(default_factory=set)  # in other columns of tables of people: when they registered
    empty_table: int | None = None  # the line of a header that has people's words and nobody under it


def gather(sheet: Sheet) -> Gathered:
    """What the tables of the report say. Raises ReportRefused where one is cut, or its times cannot be read."""
    found = Gathered(RowReader(sheet))
    for table in sheet.tables():
        found.tables += 1
        _read_table(table, sheet, found)
    for row in sheet.loose:
        found.elsewhere |= _dates(row)
    return found


def _read_table(table: Table, sheet: Sheet, found: Gathered) -> None:
    """Read the table where it is one of people; else only the instants in it."""
    sample, columns = _sample(table, sheet)
    rows = [row for _, row in sample]
    if columns is None or not columns.has_stays:
        _check_times(table, sample)
    if columns is None:
        found.elsewhere |= {day for row in rows for day in _dates(row)}
        if not sample and known(table.header) >= MIN_COLUMNS:
            found.empty_table = table.line
        return
    taken = {columns.joined, columns.left}
    for row in rows[:SAMPLE_ROWS]:
        found.beside |= _dates([cell for place, cell in enumerate(row) if place not in taken])
    found.first_is_people = found.first_is_people or found.tables == 1
    people = People(columns, role_of(table.title) if columns.attended != ABSENT else None)
    found.people.append(people)
    width = min(map(len, rows[:-1]), default=columns.width)
    found.reader.read(_replayed(sample, table.rows, sheet), people)
    if sheet.last_row_is_cut(width):
        raise ReportRefused(Refusal(Reason.CUT_OFF, line=sheet.line))


def _sample(table: Table, sheet: Sheet) -> tuple[list[tuple[int, list[str]]], Columns | None]:
    """The first rows and their lines, as many as it takes to see where the times stand, and the columns."""
    rows = ((sheet.line, row) for row in table.rows)
    sample = list(islice(rows, SAMPLE_ROWS))
    columns = find_columns(table.header, [row for _, row in sample])
    if len(sample) == SAMPLE_ROWS and (columns is None or not columns.has_stays):
        sample += islice(rows, MAX_SAMPLE_ROWS - SAMPLE_ROWS)
        columns = find_columns(table.header, [row for _, row in sample])
    return sample, columns


def _replayed(sample: Sequence[tuple[int, list[str]]], rest: Iterator[list[str]], sheet: Sheet) -> Iterator[list[str]]:
    """The rows of the sample, at their lines, and those behind it."""
    reached = sheet.line
    for line, row in sample:
        sheet.line = line
        yield row
    sheet.line = reached
    yield from rest


def _check_times(table: Table, sample: Sequence[tuple[int, list[str]]]) -> None:
    """Refuse a table with a column of what looks like times and is none we know: its day could not be checked."""
    for place in range(len(table.header)):
        cells = [(line, row[place]) for line, row in sample if place < len(row) and row[place].strip()]
        odd = [(line, cell) for line, cell in cells if kind_of(cell) is Kind.TEXT and _LIKE_A_TIME.search(cell)]
        if len(odd) * 2 > len(cells):
            line, cell = odd[0]
            raise ReportRefused(Refusal(Reason.UNREADABLE_TIMES, line=line, found=cell.strip()[:_MAX_EXCERPT]))


def _dates(row: Sequence[str]) -> set[WrittenDate]:
    """The dates of the instants in the row."""
    instants = [read_instant(cell) for cell in row if kind_of(cell) is Kind.INSTANT]
    return {instant.date for instant in instants if instant and instant.date}
