import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO, RawIOBase
from itertools import chain, repeat
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from handlers.usage.formats import Format, FormatError, Item, Refused, read_file, read_item
from loyalty.usage.record import UsageEvent
from tests.handlers.usage.formats.samples import CLOUDEVENTS, CONTOSO, CSV, LAURELS, NORTHWIND, SEGMENT, read

FILES = {
    "segment": b"\n".join(SEGMENT),
    "laurels": b"\n".join(LAURELS),
    "cloudevents": b"\n".join(CLOUDEVENTS),
    "csv": b"\n".join(CSV),
    "list": b"[" + b",".join(SEGMENT) + b"]",
}
snippets = some.sampled_from(
    [
        b"",
        b"\n",
        b"\r",
        b'"',
        b"\\",
        b"[",
        b"]",
        b"{",
        b"}",
        b",",
        b";",
        b"\0",
        b"\xff",
        b"\\ud800",
        b"NaN",
        b"1e999",
        b"null",
        b"\xef\xbb\xbf",
    ]
) | some.binary(max_size=4)


@some.composite
def damaged(draw: some.DrawFn) -> bytes:
    raw = draw(some.sampled_from(sorted(FILES.values())))
    for _ in range(draw(some.integers(1, 4))):
        begin, end = sorted(draw(some.tuples(*[some.integers(0, len(raw))] * 2)))
        raw = raw[:begin] + draw(snippets) + raw[min(end, begin + draw(some.integers(0, 20))) :]
    return raw


@settings(deadline=None)
@given(damaged() | some.binary(), some.sampled_from([None, *Format]))
@example(b"[" * 100_000, None)
@example(b'{"type": "track", "x": ' + b"9" * 5_000 + b"}", None)
@example(b'{"specversion": ' * 2_000, Format.CLOUDEVENTS)
def test_any_bytes_are_read_or_refused(raw: bytes, as_format: Format | None) -> None:
    for outcome in read_file(BytesIO(raw), as_format=as_format):
        assert isinstance(outcome, Item | Refused)
        str(outcome).encode()  # whatever was sent, what is said of it can be shown
        if isinstance(outcome, Refused):
            assert outcome.reason.isprintable()


@settings(deadline=None)
@given(
    some.recursive(
        some.none() | some.integers() | some.text(),
        lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    )
)
def test_any_json_value_is_an_event_or_a_format_error(value: object) -> None:
    with suppress(FormatError):
        assert isinstance(read_item(value), UsageEvent)


def test_a_path_is_read_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "usage.ndjson"
    path.write_bytes(FILES["segment"])
    assert list(read_file(path)) == list(read_file(str(path))) == [Item(1, NORTHWIND), Item(2, CONTOSO)]


def test_an_open_file_stays_open() -> None:
    file = BytesIO(FILES["segment"])
    assert len(list(read_file(file))) == 2
    assert not file.closed


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(read_file(tmp_path / "nowhere.csv"))


@pytest.mark.parametrize("raw", [b"", b"\n \n", b"\xef\xbb\xbf", b"[]", b"[ ]\n"])
def test_nothing_is_read_from_nothing(raw: bytes) -> None:
    assert read(raw) == []


def test_a_refusal_names_the_item_where_its_id_can_be_read() -> None:
    refused = read(SEGMENT[0].replace(b"u-1", b""), SEGMENT[1])
    assert refused == [
        Refused(1, "userId is empty: right is a text of 1 to 200 characters", "m-1"),
        Item(2, CONTOSO),
    ]
    assert str(refused[0]) == "line 1 (id m-1): userId is empty: right is a text of 1 to 200 characters"


def test_an_id_that_could_not_be_kept_is_not_shown() -> None:
    assert read(SEGMENT[0].replace(b"m-1", b"m\\u0000")) == [
        Refused(
            1,
            "messageId is 'm\\x00', with a control character or half a character in it: "
            "right is a text of 1 to 200 characters",
        )
    ]


def test_a_broken_line_costs_only_itself() -> None:
    assert read(
        SEGMENT[0], SEGMENT[1][:70], b"[1]", b"7", b'{"a": "' + b"x" * 1_000_000 + b'"}', b"\xff", SEGMENT[1]
    ) == [
        Item(1, NORTHWIND),
        Refused(2, "is not JSON: unterminated string starting at character 65 of 70"),
        Refused(3, "is a list: right is a JSON object"),
        Refused(4, "is a number: right is a JSON object"),
        Refused(5, "is longer than 262,144 bytes"),
        Refused(6, "is not UTF-8 at byte 1: save it as UTF-8"),
        Item(7, CONTOSO),
    ]


def test_a_broken_item_of_a_list_costs_only_itself() -> None:
    long = b'{"a": "' + b"x" * 1_000_000 + b'"}'
    assert read(b"[" + b",".join([SEGMENT[0], b'{"type" "track"}', long, b"", SEGMENT[1], SEGMENT[0][:50]])) == [
        Item(1, NORTHWIND, "item"),
        Refused(2, "is not JSON: expecting ':' delimiter at character 9 of 16", unit="item"),
        Refused(3, "is longer than 262,144 bytes", unit="item"),
        Refused(4, "is not JSON: expecting value at character 1 of 0", unit="item"),
        Item(5, CONTOSO, "item"),
        Refused(6, "does not end: the list is not closed; is the file cut?", unit="item"),
    ]


class Endless(RawIOBase):
    """A file that is written as it is read: a head, then a line as often as wanted, then a tail."""

    def __init__(self, head: bytes, line: bytes, times: int) -> None:
        self._parts: Iterator[bytes] = chain([head] * bool(head), repeat(line, times))

    def read(self, _size: int = -1) -> bytes:
        return next(self._parts, b"")


@pytest.mark.parametrize(
    ("head", "line", "times", "items"),
    [
        (b"", SEGMENT[0] + b"\n", 8_000, 8_000),
        (b"[", SEGMENT[0] + b",", 8_000, 8_000),
        (CSV[0] + b"\n", CSV[1] + b"\n", 8_000, 8_000),
        (SEGMENT[0] + b"\n", b"x" * 65_536, 200, 1),
        (b"[" + SEGMENT[0] + b",", b'"' + b"x" * 65_536, 200, 1),
        (CSV[0] + b"\n" + CSV[1] + b"\n", b'"' + b"x" * 65_535 + b"\n", 200, 1),
    ],
    ids=["lines", "list", "csv", "one long line", "one long item", "one open quote"],
)
def test_memory_stays_small_however_long_the_file(head: bytes, line: bytes, times: int, items: int) -> None:
    tracemalloc.start()
    read_items = sum(isinstance(outcome, Item) for outcome in read_file(cast("BinaryIO", Endless(head, line, times))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read_items == items
    assert peak < 1_000_000
