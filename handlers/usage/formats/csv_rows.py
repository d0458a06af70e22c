"""CSV with a header: the columns of our own JSON, and every other column a property.

Comma, semicolon or tab, as the header shows; texts with breaks or separators in double quotes, a quote doubled. Space
around a cell is taken off. A property that is empty is absent; one written as JSON writes a number without exponent
(12, -3.5; not 007, 1e3 or 1,000) is that number; anything else is the text it is.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handlers.usage.formats import laurels
from handlers.usage.formats.validation import FormatError, excerpt, instant, is_64_bits, properties, text
from loyalty.usage.record import UsageEvent

_OWN = frozenset({*laurels.REQUIRED, "source"})
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")

# Bytes of one row, breaks in quotes included: no more than the csv module takes as one cell.
MAX_ROW_CHARS = 128 * 1024


class Header(NamedTuple):
    """What the first line says about all others."""

    columns: tuple[str, ...]
    separator: str


def read_header(raw: bytes) -> Header:
    """The header, read with the separator that shows most of the required columns. Raises FormatError."""
    try:
        line = raw.decode()
    except UnicodeDecodeError as error:
        raise FormatError(f"the header is not UTF-8 at byte {error.start + 1}: save the file as UTF-8") from None
    header = max((_split(line, separator) for separator in ",;\t"), key=_required_columns)
    if not _required_columns(header):
        right = ", ".join(laurels.REQUIRED)
        raise FormatError(f"the first line begins with {excerpt(line)} and is no header: right are the columns {right}")
    missing = [name for name in laurels.REQUIRED if name not in header.columns]
    if missing:
        seen = ", ".join(excerpt(column) for column in header.columns[:20])
        raise FormatError(f"the header has no column {', '.join(missing)}: found are {seen}")
    if "" in header.columns:
        raise FormatError(f"column {header.columns.index('') + 1} has no name in the header: name it or leave it out")
    twice = next((column for column in header.columns if header.columns.count(column) > 1), None)
    if twice is not None:
        raise FormatError(f"the header has the column {excerpt(twice)} twice: right is once")
    return header


def is_header(line: str) -> bool:
    """Whether the line names at least one of our columns."""
    return any(_required_columns(_split(line, separator)) for separator in ",;\t")


def _split(line: str, separator: str) -> Header:
    try:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        cells = []
    return Header(tuple(cell.strip() for cell in cells), separator)


def _required_columns(header: Header) -> int:
    """Return how many of the required columns a header has."""
    return sum(name in header.columns for name in laurels.REQUIRED)


def rows(lines: Iterator[bytes], separator: str) -> Iterator[tuple[int, list[str] | FormatError]]:
    """The rows under the header, each with the line it begins on (1 is the one under the header), without blank ones.

    A quote that nothing closes ends the reading: what stands inside quotes is never taken for a row.
    """
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=separator, skipinitialspace=True, strict=True)
    while not source.lost:
        begins = source.begin_row()
        try:
            row = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except (csv.Error, FormatError) as error:
            yield begins, error if isinstance(error, FormatError) else _broken(error, source.count - begins)
        else:
            if any(row):
                yield begins, row


def _broken(error: csv.Error, further: int) -> FormatError:
    if str(error).startswith("unexpected end"):
        return FormatError(f"opens a quote that nothing closes{_and_further(further)}: is the file cut?")
    if str(error).startswith("new-line"):
        return FormatError("has a carriage return outside quotes: right is a line feed at the end of each line")
    return FormatError(f"has text behind a closing quote{_and_further(further)}: right is a quote in a text doubled")


def _and_further(lines: int) -> str:
    return f", and takes the next {lines} lines with it" if lines > 0 else ""


class _Lines:
    """The lines as the csv module asks for them: counted, and of one row no more than its limit."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.count = 0
        self.lost = False
        self._lines = lines
        self._size = 0

    def begin_row(self) -> int:
        """The number of the line that the next row begins on."""
        self._size = 0
        return self.count + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.count += 1
        self._size += len(line) + 1
        if self._size > MAX_ROW_CHARS:
            self.lost = self._size > len(line) + 1 or b'"' in line
            beyond = ", and a quote may be open: nothing behind it could be read" if self.lost else ""
            raise FormatError(f"is longer than {MAX_ROW_CHARS:,} bytes{beyond}")
        # What is no UTF-8 becomes half characters, which `event` refuses.
        return line.decode(errors="surrogateescape") + "\n"


def event(row: list[str], columns: tuple[str, ...]) -> UsageEvent:
    """The usage event in a row. Raises FormatError."""
    check_row(row, columns)
    cells = dict(zip(columns, row, strict=True))
    return UsageEvent(
        account=text(cells["account"], "account"),
        person=text(cells["person"], "person"),
        name=text(cells["event"], "event"),
        occurred_at=instant(cells["at"], "at"),
        id=text(cells["id"], "id"),
        source=laurels.source(cells.get("source")),
        properties=properties(
            {name: _value(cell) for name, cell in cells.items() if cell and name not in _OWN}, "the row"
        ),
    )


def check_row(row: Sequence[str], columns: Sequence[str]) -> None:
    """Refuse a row with more or fewer cells than the header, or that is no UTF-8. Raises FormatError."""
    if len(row) < len(columns):
        raise FormatError(f"has {len(row)} of the header's {len(columns)} cells: is the line cut?")
    if len(row) > len(columns):
        raise FormatError(
            f"has {len(row)} cells where the header has {len(columns)}: put a text with separators in quotes"
        )
    if not all(map(_is_utf8, row)):
        raise FormatError("is not UTF-8: save the file as UTF-8")


def _is_utf8(cell: str) -> bool:
    return cell.isascii() or not any("\ud800" <= character <= "\udfff" for character in cell)


def _value(cell: str) -> str | int | float:
    """The number that the cell reads as, where the databases can keep it; else its text."""
    match = _NUMBER.fullmatch(cell)
    if match is None or len(cell) > 40:
        return cell
    number = float(cell) if match[1] else int(cell)
    return number if isinstance(number, float) or is_64_bits(number) else cell
