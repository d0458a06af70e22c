from dataclasses import replace
from typing import Any

import pytest

from handlers.usage.formats import Format, FormatError, Item, decode, read_item
from tests.handlers.usage.formats.samples import CONTOSO, NORTHWIND, SEGMENT, read, without

CALL = decode(SEGMENT[0])
RIGHT_TEXT = "right is a text of 1 to 200 characters"


def test_track_calls_are_usage() -> None:
    assert read(*SEGMENT) == [Item(1, NORTHWIND), Item(2, CONTOSO)]


def test_what_else_segment_sends_along_is_left_aside() -> None:
    sent = {
        **CALL,
        "anonymousId": "a",
        "integrations": {"All": True},
        "receivedAt": "2026-05-20T21:14:05Z",
        "version": 2,
    }
    sent["context"] = {"groupId": "northwind", "ip": "8.8.8.8", "page": {"path": "/"}}
    assert read_item(sent) == NORTHWIND


def test_a_numeric_user_id_is_its_digits() -> None:
    assert read_item(CALL | {"userId": 4711}) == replace(NORTHWIND, person="4711")


@pytest.mark.parametrize("absent", [without(CALL, "properties"), CALL | {"properties": None}])
def test_properties_may_be_absent(absent: dict[str, Any]) -> None:
    assert read_item(absent) == replace(NORTHWIND, properties={})


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (CALL | {"type": "identify"}, "is of type identify: only track calls carry usage"),
        (CALL | {"type": "page"}, "is of type page: only track calls carry usage"),
        (CALL | {"type": "click"}, 'has no type that Segment knows: right is "type": "track"'),
        (without(CALL, "type"), 'has no type that Segment knows: right is "type": "track"'),
        (CALL | {"type": ["track"]}, 'has no type that Segment knows: right is "type": "track"'),
        (without(CALL, "context"), 'context is missing: right is {"groupId": …}, the key of the account'),
        (CALL | {"context": "c"}, 'context is a text: right is {"groupId": …}, the key of the account'),
        (CALL | {"context": {}}, 'context.groupId is missing: right is {"groupId": …}, the key of the account'),
        (
            CALL | {"context": {}, "groupId": "northwind"},
            'context.groupId is missing: right is {"groupId": …}, the key of the account',
        ),
        (CALL | {"context": {"groupId": 5}}, f"context.groupId is a number: {RIGHT_TEXT}"),
        (without(CALL, "userId"), f"userId is missing: {RIGHT_TEXT}"),
        (
            without(CALL, "userId") | {"anonymousId": "a-1"},
            "has an anonymousId and no userId: points need to know who; identify people before you track",
        ),
        (CALL | {"userId": True}, f"userId is true or false: {RIGHT_TEXT}"),
        (CALL | {"userId": 1.5}, f"userId is a number: {RIGHT_TEXT}"),
        (CALL | {"userId": 10**5000}, f"userId is a number: {RIGHT_TEXT}"),
        (without(CALL, "event"), f"event is missing: {RIGHT_TEXT}"),
        (CALL | {"messageId": 7}, f"messageId is a number: {RIGHT_TEXT}"),
        (
            without(CALL, "timestamp"),
            "timestamp is missing: right is a date, a time and its offset, such as 2026-03-02T09:30:00+01:00",
        ),
        (CALL | {"properties": [1]}, "properties is a list: right is an object, such as {}"),
    ],
)
def test_a_call_that_does_not_do_is_refused_in_words(value: dict[str, Any], reason: str) -> None:
    with pytest.raises(FormatError) as refused:
        read_item(value, as_format=Format.SEGMENT)
    assert str(refused.value) == reason
