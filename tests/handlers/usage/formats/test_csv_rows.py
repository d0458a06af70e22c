from dataclasses import replace
from typing import Any

import pytest

from handlers.usage.formats import Format, Item, Refused
from tests.handlers.usage.formats.samples import CONTOSO, CSV, NORTHWIND, read

HEADER, FIRST, SECOND = CSV
BOTH = [Item(2, NORTHWIND), Item(3, CONTOSO)]
AT = b"2026-05-21T08:00:00+02:00"


def row(cells: bytes) -> bytes:
    return b"contoso,u-2,Dashboard Shared," + AT + b",m-2," + cells


@pytest.mark.parametrize(
    "lines",
    [
        CSV,
        [b"\xef\xbb\xbf" + HEADER, FIRST, SECOND],
        [HEADER + b"\r", FIRST + b"\r", SECOND + b"\r", b""],
        [line.replace(b",", b";") for line in CSV],
        [line.replace(b",", b"\t") for line in CSV],
        [line.replace(b",", b" , ") for line in CSV],
        [b'"' + line.replace(b",", b'","') + b'"' for line in CSV],
    ],
    ids=["plain", "byte-order mark", "CRLF", "semicolons", "tabs", "space around", "quotes"],
)
def test_rows_are_usage(lines: list[bytes]) -> None:
    assert read(*lines) == BOTH
    assert read(*lines, as_format=Format.CSV) == BOTH


def test_columns_stand_in_any_order_with_a_source_among_them() -> None:
    lines = b"id,at,rows,source,event,person,account", b"m-2," + AT + b",3,/orbit,Dashboard Shared,u-2,contoso"
    assert read(*lines) == [Item(2, replace(CONTOSO, source="/orbit", properties={"rows": 3}))]


def test_blank_lines_and_empty_rows_count_as_lines() -> None:
    assert read(b"", HEADER, b"", FIRST, b" ", b",,,,,,", SECOND) == [Item(4, NORTHWIND), Item(7, CONTOSO)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (b"12", 12),
        (b"-3.5", -3.5),
        (b"0", 0),
        (b"0.50", 0.5),
        (b" 7 ", 7),
        (b'"7"', 7),
        (b"9223372036854775807", 2**63 - 1),
        (b"9223372036854775808", "9223372036854775808"),
        (b"007", "007"),
        (b"+5", "+5"),
        (b".5", ".5"),
        (b"5.", "5."),
        (b"1e3", "1e3"),
        (b'"1,000"', "1,000"),
        (b"0x1F", "0x1F"),
        (b"1_000", "1_000"),
        ("٣".encode(), "٣"),
        (b"NaN", "NaN"),
        (b"true", "true"),
        (b"1" * 60 + b".5", "1" * 60 + ".5"),
        (b'"say ""hi"""', 'say "hi"'),
        (b'"two\nlines"', "two\nlines"),
    ],
)
def test_a_property_is_a_number_where_it_reads_as_a_decimal(cell: bytes, value: Any) -> None:
    [item] = read(HEADER, row(b"," + cell))
    assert isinstance(item, Item)
    assert item == Item(2, replace(CONTOSO, properties={"plan": value}))
    assert type(item.event.properties["plan"]) is type(value)


def test_line_numbers_stay_right_past_breaks_in_quotes() -> None:
    assert read(HEADER, row(b'1,"a\nb\n\nc"'), FIRST, b"x", SECOND) == [
        Item(2, replace(CONTOSO, properties={"rows": 1, "plan": "a\nb\n\nc"})),
        Item(6, NORTHWIND),
        Refused(7, "has 1 of the header's 7 cells: is the line cut?"),
        Item(8, CONTOSO),
    ]


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (FIRST[:20], Refused(2, "has 3 of the header's 7 cells: is the line cut?")),
        (
            FIRST + b",more",
            Refused(2, "has 8 cells where the header has 7: put a text with separators in quotes", "m-1"),
        ),
        (row(b"1,\xe9"), Refused(2, "is not UTF-8: save the file as UTF-8", "m-2")),
        (row(b',a"b'), Item(2, replace(CONTOSO, properties={"plan": 'a"b'}))),
        (row(b',"a"b'), Refused(2, "has text behind a closing quote: right is a quote in a text doubled")),
        (
            row(b",a\rb"),
            Refused(2, "has a carriage return outside quotes: right is a line feed at the end of each line"),
        ),
        (
            row(b",a\0b"),
            Refused(
                2,
                "the row has 'a\\x00b', with a control character or half a character in it: right is a clean text",
                "m-2",
            ),
        ),
        (
            row(b",").replace(b"u-2", b""),
            Refused(2, "person is empty: right is a text of 1 to 200 characters", "m-2"),
        ),
        (
            row(b",").replace(AT, b"soon"),
            Refused(
                2,
                "at is 'soon': right is a date, a time and its offset, such as 2026-03-02T09:30:00+01:00",
                "m-2",
            ),
        ),
        (row(b"," + b"x" * 1_000_000), Refused(2, "is longer than 131,072 bytes")),
    ],
)
def test_a_row_that_does_not_do_is_refused_and_the_next_is_read(line: bytes, refused: Item | Refused) -> None:
    assert read(HEADER, line, FIRST) == [refused, Item(3, NORTHWIND)]


def test_a_quote_left_open_takes_the_rest_with_it_and_says_so() -> None:
    assert read(HEADER, FIRST, row(b',"a'), SECOND, SECOND) == [
        Item(2, NORTHWIND),
        Refused(3, "opens a quote that nothing closes, and takes the next 2 lines with it: is the file cut?"),
    ]
    assert read(HEADER, FIRST, row(b',"a')) == [
        Item(2, NORTHWIND),
        Refused(3, "opens a quote that nothing closes: is the file cut?"),
    ]


def test_a_quote_closed_by_a_later_one_says_which_lines_it_took() -> None:
    assert read(HEADER, row(b',"a'), SECOND, row(b',"b"'), FIRST) == [
        Refused(
            2,
            "has text behind a closing quote, and takes the next 2 lines with it: right is a quote in a text doubled",
        ),
        Item(5, NORTHWIND),
    ]


@pytest.mark.parametrize("text", [b'"' + b"x\n" * 70_000, b'"' + b"x" * 200_000 + b"\n" + FIRST])
def test_what_stands_in_quotes_is_never_taken_for_a_row(text: bytes) -> None:
    refused = Refused(2, "is longer than 131,072 bytes, and a quote may be open: nothing behind it could be read")
    assert read(HEADER, row(b"," + text + b'"'), FIRST) == [refused]


@pytest.mark.parametrize(
    ("header", "refused"),
    [
        (
            b"account,person,Event,time,id",
            "the header has no column event, at: found are 'account', 'person', 'Event', 'time', 'id'",
        ),
        (b"account;person;event", "the header has no column at, id: found are 'account', 'person', 'event'"),
        (HEADER + b",rows", "the header has the column 'rows' twice: right is once"),
        (HEADER + b",", "column 8 has no name in the header: name it or leave it out"),
        (HEADER + b",na\xefve", "the header is not UTF-8 at byte 40: save the file as UTF-8"),
    ],
)
def test_a_header_that_does_not_do_refuses_the_file_once(header: bytes, refused: str) -> None:
    assert read(b"", header, FIRST, SECOND) == [Refused(2, refused)]


def test_a_header_alone_is_no_usage() -> None:
    assert read(HEADER) == []
