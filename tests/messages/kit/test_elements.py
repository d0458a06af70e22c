"""What Slack takes in an element: the rest is clipped, or refused where it cannot be."""

from enum import StrEnum
from typing import Any

import pytest

from messages import actions
from messages.kit.blocks import MAX_HEADER_CHARS, header, message, picture
from messages.kit.elements import Choice, checkbox, clip, image_block, input_block, plain_text_input, static_select

YES = Choice("Yes", "yes")


def option(label: str, value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": label}, "value": value}


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert [clip("abcd", most) for most in (3, 4)] == ["ab…", "abcd"]
    assert checkbox("id", Choice("é" * 76, "v" * 150))["options"] == [option("é" * 74 + "…", "v" * 150)]
    field = input_block("id", "l" * 2001, {}, hint="h" * 2001)
    assert [field[place]["text"] for place in ("label", "hint")] == ["l" * 1999 + "…", "h" * 1999 + "…"]
    (block,) = message(picture("F012345678", alt="a" * 2001)).blocks
    assert block["alt_text"] == "a" * 1999 + "…"
    (block,) = message(header("h" * 151)).blocks
    assert len(block["text"]["text"]) == MAX_HEADER_CHARS


def test_an_element_has_only_what_it_needs() -> None:
    assert static_select("id", [YES], "no") == {
        "type": "static_select",
        "action_id": "id",
        "options": [option("Yes", "yes")],
    }
    assert static_select("id", [YES], "yes")["initial_option"] == option("Yes", "yes")
    assert plain_text_input("id", max_chars=9, multiline=False, initial_value="") == {
        "type": "plain_text_input",
        "action_id": "id",
        "max_length": 9,
    }
    assert plain_text_input("id", max_chars=9, multiline=True, initial_value="a") == {
        "type": "plain_text_input",
        "multiline": True,
        "action_id": "id",
        "initial_value": "a",
        "max_length": 9,
    }
    label = {"type": "plain_text", "text": "Name"}
    assert input_block("id", "Name", {}) == {"type": "input", "block_id": "id", "label": label, "element": {}}
    assert input_block("id", "Name", {}, optional=True)["optional"] is True


def test_what_slack_would_refuse_is_refused_before() -> None:
    hundred = [Choice(str(number), str(number)) for number in range(100)]
    assert len(static_select("id", hundred, "")["options"]) == 100
    with pytest.raises(ValueError, match="1 to 100 options, id has 101"):
        static_select("id", [*hundred, YES], "")
    with pytest.raises(ValueError, match="1 to 100 options, id has 0"):
        static_select("id", [], "")
    with pytest.raises(ValueError, match="at most 150 characters"):
        checkbox("id", Choice("Yes", "v" * 151))
    with pytest.raises(ValueError, match="that of 'yes' is empty"):
        checkbox("id", Choice("", "yes"))
    with pytest.raises(ValueError, match="id has none"):
        input_block("id", "", {})
    for most in (0, 3001):
        with pytest.raises(ValueError, match="1 to 3000 characters"):
            plain_text_input("id", max_chars=most, multiline=False, initial_value="")
    for file_id in ("", "F1234567", "f012345678", "F012345678\n", "https://slack.example/F012345678"):
        with pytest.raises(ValueError, match="a file's id"):
            image_block("id", file_id, "a picture")


def test_an_id_fits_and_no_two_buttons_or_modals_share_one() -> None:
    enums = [thing for thing in vars(actions).values() if isinstance(thing, type) and issubclass(thing, StrEnum)]
    assert all(len(str(each)) <= 255 for enum in enums for each in enum)
    for suffix in ("Action", "View"):
        ids = [str(each) for enum in enums if enum.__name__.endswith(suffix) for each in enum]
        assert len(ids) == len(set(ids)) > 0
