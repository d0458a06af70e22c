"""A file, or one JSON object, to usage events."""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from handlers.usage.formats import csv_rows, detect
from handlers.usage.formats import stream as pieces
from handlers.usage.formats.detect import READERS, Format
from handlers.usage.formats.items import Item, Refused, Unit
from handlers.usage.formats.strict_json import decode
from handlers.usage.formats.validation import FormatError, id_or_none, kind
from loyalty.usage.record import UsageEvent

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_file(source: Path | str | BinaryIO, *, as_format: Format | None = None) -> Iterator[Item | Refused]:
    """Each item of the file in order, read or refused; one at a time, so the file may be of any size.

    JSON is one object a line or one list of objects. Without `as_format` the file's format is the first one that an
    object, or the header, fits; every item is then judged by it. A file that cannot be read at all is one refusal.
    Blank lines count as lines and yield nothing; an empty file yields nothing. Raises only what opening and reading
    the file raises (OSError).
    """
    with nullcontext(source) if not isinstance(source, Path | str) else Path(source).open("rb") as file:
        stream = pieces.chunks(file)
        head = next(stream, b"").removeprefix(_BYTE_ORDER_MARK)
        try:
            detect.check_is_text(head)
            known = as_format or detect.of_head(head)
        except FormatError as error:
            yield Refused(1, str(error))
            return
        if known is Format.CSV:
            yield from _rows(pieces.lines(chain([head], stream)))
        elif (bare := head.lstrip()).startswith(b"["):
            yield from _objects(pieces.items(chain([bare[1:]], stream)), known, "item")
        else:
            yield from _objects(pieces.lines(chain([head], stream)), known, "line")


def read_item(value: Any, *, as_format: Format | None = None) -> UsageEvent:
    """The usage event in one decoded JSON value, by the format it is in where none is given. Raises FormatError.

    `as_format` is any but CSV.
    """
    fields = _as_object(value)
    return _event(fields, as_format or detect.of_object(fields))


def _objects(raws: Iterator[bytes], known: Format | None, unit: Unit) -> Iterator[Item | Refused]:
    """Each JSON object read or refused, by the known format or the first that one of them fits."""
    number = 0
    try:
        for number, raw in enumerate(raws, 1):
            if unit == "line" and not raw.strip():
                continue
            value: dict[str, Any] = {}
            try:
                value = _as_object(decode(_check_length(raw)))
                known = known or detect.of_object(value)
                yield Item(number, _event(value, known), unit)
            except FormatError as error:
                yield Refused(number, str(error), _id(value, known), unit)
    except FormatError as error:  # the list does not end as a list
        yield Refused(number + 1, str(error), unit=unit)


def _check_length(raw: bytes) -> bytes:
    if len(raw) > pieces.MAX_ITEM_BYTES:
        raise FormatError(f"is longer than {pieces.MAX_ITEM_BYTES:,} bytes")
    return raw


def _as_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FormatError(f"is {kind(value)}: right is a JSON object")
    return value


def _event(value: dict[str, Any], known: Format | None) -> UsageEvent:
    if known is None:
        raise FormatError(detect.not_understood(value))
    reader = READERS[known]
    try:
        return reader.read(value)
    except FormatError:
        if reader.fits(value):
            raise
        other = detect.of_object(value)
        name = READERS[other].NAME if other else detect.foreign_name(value)
        if name is None:
            raise
        raise FormatError(f"looks like {name} among {reader.NAME}: give each format a file of its own") from None


def _id(value: dict[str, Any], known: Format | None) -> str:
    return id_or_none(value.get(READERS[known].ID)) if known else ""


def _rows(lines: Iterator[bytes]) -> Iterator[Item | Refused]:
    """Each row of a CSV file read or refused; a header that does not do refuses the file."""
    above, first = next(((n, line) for n, line in enumerate(lines, 1) if line.strip()), (0, None))
    if first is None:
        return
    try:
        columns, separator = csv_rows.read_header(first)
    except FormatError as error:
        yield Refused(above, str(error))
        return
    for begins, row in csv_rows.rows(lines, separator):
        try:
            if isinstance(row, FormatError):
                raise row
            yield Item(above + begins, csv_rows.event(row, columns))
        except FormatError as error:
            cells = [] if isinstance(row, FormatError) else row
            yield Refused(above + begins, str(error), id_or_none(dict(zip(columns, cells, strict=False)).get("id")))
