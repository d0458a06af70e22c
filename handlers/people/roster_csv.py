"""The roster as a text: CSV with a column `id` and, where known, `email`, `name`, `role`."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from handlers.usage.formats import csv_rows, stream
from handlers.usage.formats.validation import FormatError, excerpt
from loyalty.people.directory import ListedPerson
from loyalty.people.roster import RosterError, RosterFault, RosterRow

COLUMNS = ("id", "email", "name", "role")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_roster(file: BinaryIO) -> list[RosterRow]:
    """Return the file's rows; cells that are empty, and columns that are not there, say nothing.

    Errors: `RosterError`, with everything that cannot be read and its line.
    """
    lines = stream.lines(iter(_without_mark(stream.chunks(file))))
    above, first = next(((n, line) for n, line in enumerate(lines, 1) if line.strip()), (0, b""))
    try:
        columns, separator = _header(first)
    except FormatError as error:
        raise RosterError([RosterFault(kind="header", lines=(above or 1,), said=str(error))]) from None
    rows: list[RosterRow] = []
    faults: list[RosterFault] = []
    for begins, row in csv_rows.rows(lines, separator):
        line = above + begins
        try:
            rows.append(_row(line, columns, row))
        except FormatError as error:
            faults.append(RosterFault(kind="unreadable", lines=(line,), said=str(error)))
    if faults:
        raise RosterError(faults)
    return rows


def _without_mark(chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield next(chunks, b"").removeprefix(_BYTE_ORDER_MARK)
    yield from chunks


def _header(raw: bytes) -> csv_rows.Header:
    right = f"right are the columns {', '.join(COLUMNS)}, of which only id is a must"
    try:
        line = raw.decode()
    except UnicodeDecodeError as error:
        raise FormatError(f"the header is not UTF-8 at byte {error.start + 1}: save the file as UTF-8") from None
    header = max(
        (_split(line, separator) for separator in ",;\t"), key=lambda header: len(set(header.columns) & {*COLUMNS})
    )
    if "id" not in header.columns:
        raise FormatError(f"the header {excerpt(line)} has no column id: {right}")
    unknown = [column for column in header.columns if column not in COLUMNS]
    if unknown:
        raise FormatError(f"the header has the column {excerpt(unknown[0])}, which means nothing here: {right}")
    if len(set(header.columns)) != len(header.columns):
        raise FormatError(f"the header has a column twice: {right}")
    return header


def _split(line: str, separator: str) -> csv_rows.Header:
    cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    return csv_rows.Header(tuple(cell.strip().lower() for cell in cells), separator)


def _row(line: int, columns: Sequence[str], row: list[str] | FormatError) -> RosterRow:
    if isinstance(row, FormatError):
        raise row
    csv_rows.check_row(row, columns)
    cells = dict(zip(columns, row, strict=True))
    return RosterRow(
        line=line,
        external_id=cells["id"],
        email=cells.get("email") or None,
        name=cells.get("name") or None,
        role=cells.get("role") or None,
    )


def write_roster(people: Sequence[ListedPerson]) -> str:
    """Return people as the text of a roster, which `read_roster` reads back; those without a user id are left out."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (person.external_id, person.email or "", person.name or "", person.role)
        for person in people
        if person.external_id is not None
    )
    return text.getvalue()
