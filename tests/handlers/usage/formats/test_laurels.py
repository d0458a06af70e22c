import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from handlers.usage.formats import Format, FormatError, Item, decode, laurels, read_file, read_item
from loyalty.usage.record import UsageEvent
from tests.handlers.usage.formats.samples import CONTOSO, LAURELS, NORTHWIND, read, without

EVENT = decode(LAURELS[0])
RIGHT_TEXT = "right is a text of 1 to 200 characters"

names = some.text(some.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=200).filter(
    lambda name: name.strip() == name
)
offsets = some.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(
    lambda offset: timezone(timedelta(minutes=offset // timedelta(minutes=1)))
)
values: some.SearchStrategy[Any] = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(2**63), 2**63 - 1)
    | some.floats(allow_nan=False, allow_infinity=False)
    | names,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
events = some.builds(
    UsageEvent,
    account=names,
    person=names,
    name=names,
    occurred_at=some.datetimes(datetime(1970, 1, 1), datetime(9998, 12, 31), timezones=offsets),  # noqa: DTZ001
    id=names,
    source=some.just("") | names,
    properties=some.dictionaries(names, values, max_size=4),
)


def test_our_own_objects_are_usage() -> None:
    assert read(*LAURELS) == [Item(1, NORTHWIND), Item(2, CONTOSO)]


@pytest.mark.parametrize("source", [None, ""])
def test_no_source_is_an_empty_one(source: str | None) -> None:
    assert read_item(EVENT | {"source": source}) == NORTHWIND


def test_a_source_is_kept() -> None:
    assert read_item(EVENT | {"source": "/orbit"}) == replace(NORTHWIND, source="/orbit")


@settings(deadline=None)
@given(some.lists(events, max_size=3))
def test_what_is_written_is_read_again(written: list[UsageEvent]) -> None:
    lines = "\n".join(json.dumps(laurels.write(event)) for event in written)
    read_again = list(read_file(BytesIO(lines.encode())))
    assert read_again == [Item(number, event) for number, event in enumerate(written, 1)]


def test_an_event_is_written_with_its_offset() -> None:
    event = replace(CONTOSO, occurred_at=datetime(2026, 5, 21, 6, tzinfo=UTC), source="/orbit")
    assert laurels.write(event) == {
        "account": "contoso",
        "person": "u-2",
        "event": "Dashboard Shared",
        "at": "2026-05-21T06:00:00+00:00",
        "id": "m-2",
        "source": "/orbit",
        "properties": {},
    }


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        *((without(EVENT, key), f"{key} is missing: {RIGHT_TEXT}") for key in ("account", "person", "event", "id")),
        (
            without(EVENT, "at"),
            "at is missing: right is a date, a time and its offset, such as 2026-03-02T09:30:00+01:00",
        ),
        (EVENT | {"source": 5}, f"source is a number: {RIGHT_TEXT}"),
        (EVENT | {"rows": 14}, "has the unknown key 'rows': what describes the event belongs in properties"),
    ],
)
def test_an_object_that_does_not_do_is_refused_in_words(value: dict[str, Any], reason: str) -> None:
    with pytest.raises(FormatError) as refused:
        read_item(value, as_format=Format.LAURELS)
    assert str(refused.value) == reason
