"""The tables of a report as its lines come: each with the delimiter of its own header line."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TextIO

from handlers.webinars.attendance_reports.cells.header_words import known
from handlers.webinars.attendance_reports.cells.kinds import is_typed
from handlers.webinars.attendance_reports.errors import Reason, Refusal, ReportRefused

MAX_LINES = 100_000
_MAX_LOOSE_ROWS = 100
_FIRST_ROWS = 3


@dataclass(slots=True)
class Table:
    """One table: the title that stood above it, its header and where it stood; its rows are read once, in order."""

    title: str
    header: list[str]
    line: int
    rows: Iterator[list[str]]


class Sheet:
    """A report's tables; `loose` has the first rows that belong to none, `line` is the last line read."""

    def __init__(self, text: TextIO) -> None:
        self.line = 0
        self.loose: list[list[str]] = []
        self._last_line = ""
        self._lines = self._counted(text)
        self._reader: Iterator[list[str]] = iter(())
        self._held: list[str] | None = None
        self._delimiter = ","
        self._title = ""

    def _counted(self, text: TextIO) -> Iterator[str]:
        for line in text:
            self.line += 1
            self._last_line = line
            if self.line > MAX_LINES:
                raise ReportRefused(Refusal(Reason.TOO_MANY_ROWS, line=self.line, limit=MAX_LINES))
            yield line

    def tables(self) -> Iterator[Table]:
        """Each table; what is left of its rows is passed over before the next."""
        while (record := self._take()) is not None:
            cells = filled(record)
            if len(cells) == 1:
                self._title = cells[0]
            elif looks_like_header(record):
                table = Table(self._title, record, self.line, self._rows())
                self._title = ""
                yield table
                for _ in table.rows:
                    pass
            elif cells and len(self.loose) < _MAX_LOOSE_ROWS:
                self.loose.append(record)

    def last_row_is_cut(self, width: int) -> bool:
        """Whether the file stops inside a row that should have so many cells."""
        if self._last_line.endswith(("\n", "\r")):
            return False
        return len(next(csv.reader([self._last_line], delimiter=self._delimiter), [])) < width

    def _take(self) -> list[str] | None:
        """The record that is held, else the next one; None at the end."""
        if self._held is None:
            return self._next()
        record, self._held = self._held, None
        return record

    def _next(self) -> list[str] | None:
        """The next record, by the delimiter of its own first line."""
        line = next(self._lines, None)
        if line is None:
            return None
        self._delimiter = delimiter_of(line)
        self._reader = csv.reader(chain([line], self._lines), delimiter=self._delimiter)
        return next(self._reader, None)

    def _rows(self) -> Iterator[list[str]]:
        """The rows until the table ends: at a title, at another header, or behind a blank line."""
        count = 0
        ended = False
        while not ended:
            ended = True
            for cells in self._reader:
                count += 1
                # Nearly every row has something in its second or third cell: no title, and not blank.
                if count > _FIRST_ROWS and len(cells) > 2 and (cells[1] or cells[2]):
                    yield cells
                    continue
                if self._ends(cells, count):
                    return
                yield from (row for row in (cells, self._held) if row and filled(row))
                if self._held is not None:  # its reader is another one
                    self._held, ended = None, False
                    break

    def _ends(self, cells: list[str], count: int) -> bool:
        """Whether the table ends before this row; the one behind it is then held."""
        texts = filled(cells)
        if len(texts) > 1:
            if count > _FIRST_ROWS or not looks_like_header(cells) or known(cells) < 2:
                return False
            self._held = cells
            return True
        self._held = self._next()
        while self._held is not None and not texts and not filled(self._held):
            self._held = self._next()
        if self._held is None:
            return not texts
        return self._title_ends(texts)

    def _title_ends(self, texts: list[str]) -> bool:
        """Whether the held record begins something new, under a title where there is one."""
        held = self._held or []
        if len(filled(held)) > 1 and not looks_like_header(held):
            return False
        self._title = texts[0] if texts else self._title
        return True


def filled(record: Sequence[str]) -> list[str]:
    """The cells that are not blank."""
    return [text for cell in record if (text := cell.strip())]


def looks_like_header(record: Sequence[str]) -> bool:
    """Whether it has two texts or more, and no e-mail, instant, duration or number."""
    return len(filled(record)) > 1 and not any(map(is_typed, record))


def delimiter_of(line: str) -> str:
    """Tab, semicolon or comma: whichever separates this line, quoted texts aside."""
    bare = "".join(line.split('"')[::2])
    if "\t" in bare:
        return "\t"
    return ";" if bare.count(";") > bare.count(",") else ","
