from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from handlers.usage.formats.validation import FormatError, excerpt, instant, properties, text

RIGHT_TEXT = "right is a text of 1 to 200 characters"
RIGHT_INSTANT = "right is a date, a time and its offset, such as 2026-03-02T09:30:00+01:00"


@pytest.mark.parametrize(
    "value", ["u-1", "x" * 200, "Zażółć gęślą", "a\u00a0b", "例え", "👩‍🚀", "a  b", "=1+1", "'; --"]
)
def test_a_text_stays_as_it_is(value: str) -> None:
    assert text(value, "userId") == value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, f"userId is missing: {RIGHT_TEXT}"),
        ("", f"userId is empty: {RIGHT_TEXT}"),
        (" \t", f"userId is empty: {RIGHT_TEXT}"),
        ("x" * 201, f"userId is 201 characters long: {RIGHT_TEXT}"),
        (7, f"userId is a number: {RIGHT_TEXT}"),
        (True, f"userId is true or false: {RIGHT_TEXT}"),
        ({}, f"userId is an object: {RIGHT_TEXT}"),
        (["u-1"], f"userId is a list: {RIGHT_TEXT}"),
        ("u\0", f"userId is 'u\\x00', with a control character or half a character in it: {RIGHT_TEXT}"),
        ("u\n1", f"userId is 'u\\n1', with a control character or half a character in it: {RIGHT_TEXT}"),
        ("\x85x", f"userId is '\\x85x', with a control character or half a character in it: {RIGHT_TEXT}"),
        ("\ud83d", f"userId is '\\ud83d', with a control character or half a character in it: {RIGHT_TEXT}"),
        (" u-1", "userId is ' u-1': leave out the space around it"),
        ("u-1\u00a0", "userId is 'u-1\\xa0': leave out the space around it"),
    ],
)
def test_a_text_that_does_not_do_is_refused_in_words(value: Any, reason: str) -> None:
    with pytest.raises(FormatError) as refused:
        text(value, "userId")
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2012-05-20T23:14:04+02:00", datetime(2012, 5, 20, 23, 14, 4, tzinfo=timezone(timedelta(hours=2)))),
        ("2012-05-20T23:14:04Z", datetime(2012, 5, 20, 23, 14, 4, tzinfo=UTC)),
        ("2012-05-20T23:14:04.5Z", datetime(2012, 5, 20, 23, 14, 4, 500_000, tzinfo=UTC)),
        ("2012-05-20T23:14:04.123456789Z", datetime(2012, 5, 20, 23, 14, 4, 123_456, tzinfo=UTC)),
        (
            "2012-05-20 23:14:04-0530",
            datetime(2012, 5, 20, 23, 14, 4, tzinfo=timezone(-timedelta(hours=5, minutes=30))),
        ),
        ("2024-02-29T00:00:00+00:00", datetime(2024, 2, 29, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=UTC)),
        ("9998-12-31T23:59:59Z", datetime(9998, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_keeps_its_offset(value: str, moment: datetime) -> None:
    read = instant(value, "timestamp")
    assert (read, read.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, f"at is missing: {RIGHT_INSTANT}"),
        ("", f"at is missing: {RIGHT_INSTANT}"),
        (1_337_548_444, f"at is a number: {RIGHT_INSTANT}"),
        ([], f"at is a list: {RIGHT_INSTANT}"),
        ("yesterday", f"at is 'yesterday': {RIGHT_INSTANT}"),
        ("2012-05-20", f"at is '2012-05-20': {RIGHT_INSTANT}"),
        ("20120520T231404Z", f"at is '20120520T231404Z': {RIGHT_INSTANT}"),
        ("2012-W20-7T23:14:04Z", f"at is '2012-W20-7T23:14:04Z': {RIGHT_INSTANT}"),
        ("2012-05-20T23:14Z", f"at is '2012-05-20T23:14Z': {RIGHT_INSTANT}"),
        ("٢٠١٢-05-20T23:14:04Z", f"at is '٢٠١٢-05-20T23:14:04Z': {RIGHT_INSTANT}"),
        ("2012-05-20T24:00:00Z", f"at is '2012-05-20T24:00:00Z': {RIGHT_INSTANT}"),
        ("2012-05-20T23:14:04Z\n", f"at is '2012-05-20T23:14:04Z\\n': {RIGHT_INSTANT}"),
        ("2012-05-20T23:14:04", f"at is '2012-05-20T23:14:04', without an offset: {RIGHT_INSTANT}"),
        ("2016-12-31T23:59:60Z", "at is '2016-12-31T23:59:60Z', a leap second: write it as second 59"),
        ("2023-02-29T00:00:00Z", f"at is '2023-02-29T00:00:00Z', which no calendar has: {RIGHT_INSTANT}"),
        ("2023-02-28T00:00:00+24:00", f"at is '2023-02-28T00:00:00+24:00', which no calendar has: {RIGHT_INSTANT}"),
        ("0000-02-28T00:00:00Z", f"at is '0000-02-28T00:00:00Z', which no calendar has: {RIGHT_INSTANT}"),
        ("1969-12-31T23:59:59Z", "at is in the year 1969: right is 1970 to 9998"),
        ("9999-01-01T00:00:00Z", "at is in the year 9999: right is 1970 to 9998"),
    ],
)
def test_an_instant_that_does_not_do_is_refused_in_words(value: Any, reason: str) -> None:
    with pytest.raises(FormatError) as refused:
        instant(value, "at")
    assert str(refused.value) == reason


def nested(levels: int) -> Any:
    return {"in": nested(levels - 1)} if levels else 1


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"rows": 14, "share": 0.5, "pro": True, "none": None, "note": "two\r\nlines\tand a tab", "list": [1, ["a"]]},
        {"most": 2**63 - 1, "least": -(2**63)},
        {f"key {number}": number for number in range(200)},
        {"x" * 200: "y" * (65_536 - 200)},
        nested(8),
    ],
)
def test_properties_stay_as_they_are(value: Any) -> None:
    assert properties(value, "data") == value


def test_no_properties_are_empty_ones() -> None:
    assert properties(None, "data") == {}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("text", "data is a text: right is an object, such as {}"),
        ([], "data is a list: right is an object, such as {}"),
        ({f"key {n}": n for n in range(201)}, "data has 201 keys: right is 200 at most"),
        ({"x": "y" * 65_536}, "data has about 65,537 characters: right is 65,536 at most"),
        ({"x": [0] * 8_192}, "data has about 65,537 characters: right is 65,536 at most"),
        ({"x" * 201: 1}, "data has a key of 201 characters: right is 200 at most"),
        (nested(9), "data is nested deeper than 8 levels: right is a flatter object"),
        ({"x": [[[[[[[[1]]]]]]]]}, "data is nested deeper than 8 levels: right is a flatter object"),
        ({"x": 2**63}, "data has a whole number of more than 64 bits: right is a shorter one, or a text"),
        ({"x": -(2**63) - 1}, "data has a whole number of more than 64 bits: right is a shorter one, or a text"),
        ({"x": [10**5000]}, "data has a whole number of more than 64 bits: right is a shorter one, or a text"),
        ({"x": float("inf")}, "data has a number that is not finite: right is a number that JSON can write"),
        ({"x": {"y": float("nan")}}, "data has a number that is not finite: right is a number that JSON can write"),
        ({"x": "a\0"}, "data has 'a\\x00', with a control character or half a character in it: right is a clean text"),
        (
            {"x": ["\udc00"]},
            "data has '\\udc00', with a control character or half a character in it: right is a clean text",
        ),
        ({"a\nb": 1}, "data has 'a\\nb', with a control character or half a character in it: right is a clean text"),
        ({1: 1}, "data has a number as a key: right is a text"),
        ({"x": b"bytes"}, "data has bytes in it: right is what JSON can write"),
    ],
)
def test_properties_that_do_not_do_are_refused_in_words(value: Any, reason: str) -> None:
    with pytest.raises(FormatError) as refused:
        properties(value, "data")
    assert str(refused.value) == reason


def test_an_excerpt_is_short_and_prints() -> None:
    assert excerpt("a\x1b[31m\u202e" + "x" * 100) == "'a\\x1b[31m\\u202e" + "x" * 23 + "'…"
