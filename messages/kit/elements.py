"""Block Kit's elements as Slack's dicts, within Slack's limits.

Text that is too long is clipped. What cannot be clipped is refused with a ValueError: a value, a file's id, no option
at all or too many.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from messages.kit.escaping import bidi_isolated

MAX_LABEL_CHARS = 75
"""Of a button and of an option."""
MAX_OPTION_VALUE_CHARS = 150
MAX_OPTIONS = 100
MAX_OVERFLOW_OPTIONS = 5
MAX_INPUT_CHARS = 3000
MAX_INPUT_LABEL_CHARS = 2000
"""Of a field's label, and of the hint below it."""
MAX_ALT_TEXT_CHARS = 2000
_FILE_ID = re.compile(r"F[A-Z0-9]{8,}")


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a menu: its label, and the value that comes back."""

    label: str
    value: str


def clip(text: str, max_chars: int) -> str:
    """Return a text that fits, with an ellipsis where some of it did not."""
    return text if len(text) <= max_chars else text[: max_chars - 1] + "…"


def plain_text_object(text: str, max_chars: int) -> dict[str, Any]:
    """Return a text without markup, clipped to so many characters."""
    return {"type": "plain_text", "text": clip(text, max_chars)}


def static_select(action_id: str, choices: Sequence[Choice], chosen: str) -> dict[str, Any]:
    """Return a menu of 1 to 100 options; `chosen` is the value of the one chosen at first, if any.

    Raises:
        ValueError: there is no option, or there are more than 100.
    """
    options = {choice.value: _option(choice) for choice in choices}
    if not 1 <= len(options) <= MAX_OPTIONS:
        raise ValueError(f"a menu has 1 to {MAX_OPTIONS} options, {action_id} has {len(options)}")
    menu = {"type": "static_select", "action_id": action_id, "options": list(options.values())}
    return menu | ({"initial_option": options[chosen]} if chosen in options else {})


def multi_static_select(action_id: str, choices: Sequence[Choice]) -> dict[str, Any]:
    """Return a menu of 1 to 100 options, of which several can be chosen.

    Raises:
        ValueError: there is no option, or there are more than 100.
    """
    menu = static_select(action_id, choices, "")
    return menu | {"type": "multi_static_select"}


def external_select(action_id: str, chosen: Choice) -> dict[str, Any]:
    """Return a menu whose options come from the app as somebody types; one stands in it already."""
    menu = {"type": "external_select", "action_id": action_id, "min_query_length": 1}
    return menu | {"initial_option": _option(chosen)}


def option_list(choices: Sequence[Choice]) -> list[dict[str, Any]]:
    """Return what an external select offers: at most 100 options."""
    return [_option(choice) for choice in choices[:MAX_OPTIONS]]


def date_picker(action_id: str, chosen: str) -> dict[str, Any]:
    """Return a calendar of which one day is chosen; `chosen`, as 2026-03-20, stands in it, if any."""
    return {"type": "datepicker", "action_id": action_id} | ({"initial_date": chosen} if chosen else {})


def time_picker(action_id: str, chosen: str) -> dict[str, Any]:
    """Return a clock of which one time is chosen; `chosen`, as 15:00, stands in it, if any."""
    return {"type": "timepicker", "action_id": action_id} | ({"initial_time": chosen} if chosen else {})


def number_input(action_id: str, *, least: int, most: int, initial_value: str) -> dict[str, Any]:
    """Return a field for a whole number within bounds."""
    element = {"type": "number_input", "action_id": action_id, "is_decimal_allowed": False}
    element |= {"min_value": str(least), "max_value": str(most)}
    return element | ({"initial_value": initial_value} if initial_value else {})


def file_input(action_id: str, filetypes: Sequence[str]) -> dict[str, Any]:
    """Return a field for one file of one of the types."""
    return {"type": "file_input", "action_id": action_id, "filetypes": list(filetypes), "max_files": 1}


def overflow_menu(action_id: str, choices: Sequence[Choice]) -> dict[str, Any]:
    """Return an overflow menu, which Slack shows as `•••`, of 1 to 5 options.

    Raises:
        ValueError: there is no option, or there are more than 5.
    """
    if not 1 <= len(choices) <= MAX_OVERFLOW_OPTIONS:
        raise ValueError(f"an overflow menu has 1 to {MAX_OVERFLOW_OPTIONS} options, {action_id} has {len(choices)}")
    return {"type": "overflow", "action_id": action_id, "options": [_option(choice) for choice in choices]}


def checkbox(action_id: str, choice: Choice) -> dict[str, Any]:
    """Return one checkbox."""
    return {"type": "checkboxes", "action_id": action_id, "options": [_option(choice)]}


def plain_text_input(action_id: str, *, max_chars: int, multiline: bool, initial_value: str) -> dict[str, Any]:
    """Return a field for text of at most `max_chars` characters; `initial_value` stands in it already.

    Raises:
        ValueError: `max_chars` is not between 1 and 3,000.
    """
    if not 1 <= max_chars <= MAX_INPUT_CHARS:
        raise ValueError(f"a field takes 1 to {MAX_INPUT_CHARS} characters, {action_id} is to take {max_chars}")
    element: dict[str, Any] = {"type": "plain_text_input"}
    if multiline:
        element["multiline"] = True
    element["action_id"] = action_id
    if initial_value:
        element["initial_value"] = initial_value
    return element | {"max_length": max_chars}


def input_block(
    block_id: str, label: str, element: dict[str, Any], *, hint: str = "", optional: bool = False
) -> dict[str, Any]:
    """Return a field of a modal: its label, its element, and a hint below it.

    Raises:
        ValueError: the label is empty.
    """
    if not label:
        raise ValueError(f"a field has a label, {block_id} has none")
    block: dict[str, Any] = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text_object(label, MAX_INPUT_LABEL_CHARS),
        "element": element,
    }
    if hint:
        block["hint"] = plain_text_object(hint, MAX_INPUT_LABEL_CHARS)
    if optional:
        block["optional"] = True
    return block


def image_block(block_id: str, file_id: str, alt: str) -> dict[str, Any]:
    """Return an image that was uploaded; `alt` is what it shows, in words.

    Raises:
        ValueError: the id is no file's.
    """
    if not _FILE_ID.fullmatch(file_id):
        raise ValueError(f"a file's id is F and at least eight capitals or digits, not {file_id!r}")
    return {
        "type": "image",
        "block_id": block_id,
        "slack_file": {"id": file_id},
        "alt_text": clip(alt, MAX_ALT_TEXT_CHARS),
    }


def _option(choice: Choice) -> dict[str, Any]:
    label = bidi_isolated(choice.label)
    if not label:
        raise ValueError(f"an option has a label, that of {choice.value!r} is empty")
    if len(choice.value) > MAX_OPTION_VALUE_CHARS:
        raise ValueError(f"an option's value has at most {MAX_OPTION_VALUE_CHARS} characters, not {choice.value!r}")
    return {"text": plain_text_object(label, MAX_LABEL_CHARS), "value": choice.value}
