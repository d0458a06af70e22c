from dataclasses import replace
from typing import Any

import pytest

from handlers.usage.formats import Format, FormatError, Item, decode, read_item
from tests.handlers.usage.formats.samples import CLOUDEVENTS, CONTOSO, NORTHWIND, read, without

EVENT = decode(CLOUDEVENTS[0])
RIGHT_TEXT = "right is a text of 1 to 200 characters"


def test_cloudevents_are_usage_and_keep_their_source() -> None:
    assert read(*CLOUDEVENTS) == [
        Item(1, replace(NORTHWIND, source="/orbit")),
        Item(2, replace(CONTOSO, source="/orbit")),
    ]


@pytest.mark.parametrize(
    "content", ["application/json", "Application/JSON; charset=utf-8", "text/json", "application/vnd.orbit+json", None]
)
def test_data_may_be_any_json(content: str | None) -> None:
    assert read_item(EVENT | {"datacontenttype": content}) == replace(NORTHWIND, source="/orbit")


def test_a_type_that_segment_has_too_is_still_a_cloudevent() -> None:
    assert read_item(EVENT | {"type": "track"}) == replace(NORTHWIND, source="/orbit", name="track")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (EVENT | {"specversion": "0.3"}, "specversion is '0.3': right is \"1.0\""),
        (EVENT | {"specversion": 1.0}, 'specversion is a number: right is "1.0"'),
        (without(EVENT, "specversion"), 'specversion is missing: right is "1.0"'),
        (without(EVENT, "id"), f"id is missing: {RIGHT_TEXT}"),
        (without(EVENT, "source"), f"source is missing: {RIGHT_TEXT}"),
        (EVENT | {"source": ""}, f"source is empty: {RIGHT_TEXT}"),
        (without(EVENT, "type"), f"type is missing: {RIGHT_TEXT}"),
        (EVENT | {"subject": None}, f"subject is missing: {RIGHT_TEXT}"),
        (
            without(EVENT, "time"),
            "time is missing: right is a date, a time and its offset, such as 2026-03-02T09:30:00+01:00",
        ),
        (without(EVENT, "account"), f"account is missing: {RIGHT_TEXT}"),
        (EVENT | {"data": "rows=14"}, "data is a text: right is an object, such as {}"),
        (without(EVENT, "data") | {"data_base64": "e30="}, "has data_base64: right is data, a JSON object"),
        (EVENT | {"datacontenttype": "text/xml"}, "datacontenttype is 'text/xml': right is application/json, or none"),
        (EVENT | {"datacontenttype": 5}, "datacontenttype is a number: right is application/json, or none"),
    ],
)
def test_an_event_that_does_not_do_is_refused_in_words(value: dict[str, Any], reason: str) -> None:
    with pytest.raises(FormatError) as refused:
        read_item(value, as_format=Format.CLOUDEVENTS)
    assert str(refused.value) == reason
