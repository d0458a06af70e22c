"""Messages from parts: Block Kit's blocks as Slack's dicts, and beside them the whole message as text.

Screen readers and notifications read `text` and not the blocks, so each part has its text as well.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from messages.kit.elements import (
    MAX_LABEL_CHARS,
    Choice,
    clip,
    image_block,
    overflow_menu,
    plain_text_object,
    static_select,
)
from messages.kit.escaping import bidi_isolated
from messages.kit.escaping import plain_mirror as said_plainly
from messages.kit.reader import Mrkdwn, join_text

MAX_SECTION_CHARS = 3000
MAX_HEADER_CHARS = 150
MAX_CONFIRM_TITLE_CHARS = 100
MAX_CONFIRM_TEXT_CHARS = 300
MAX_CONFIRM_LABEL_CHARS = 30
_REPEAT = "#"
"""Stands in a button's action id between the action and the button's `key`."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Slack takes it: its blocks, and `text`, which says the same for whoever does not see blocks."""

    text: str
    blocks: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class BlockPart:
    """A block that is built once its id is known, and its text."""

    text: str
    build: Callable[[str], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button. `key` tells buttons with the same action apart; `confirm`: the dialog that asks before it is done."""

    label: str
    action: StrEnum
    value: str = ""
    key: str = ""
    primary: bool = False
    confirm: "Confirm | None" = None

    @property
    def action_id(self) -> str:
        """Return the id that comes back when it is pressed."""
        return f"{self.action}{_REPEAT}{self.key}" if self.key else str(self.action)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """An overflow menu, `•••`: what is wanted more rarely, at most five choices. The chosen value comes back."""

    action: StrEnum
    choices: tuple[Choice, ...]
    key: str = ""

    @property
    def label(self) -> str:
        """Return its choices' labels, one after the other."""
        return " · ".join(choice.label for choice in self.choices)

    @property
    def action_id(self) -> str:
        """Return the id that comes back when something is chosen."""
        return f"{self.action}{_REPEAT}{self.key}" if self.key else str(self.action)


@dataclass(frozen=True, slots=True)
class Confirm:
    """A confirmation dialog: it asks before something is done that cannot be undone."""

    title: str
    text: str
    confirm: str
    deny: str


def action_of(action_id: str) -> str:
    """Return the action that a button's id names."""
    return action_id.partition(_REPEAT)[0]


def message(*parts: BlockPart | None) -> Message:
    """Return a message of the parts that are not None; the same parts give the same block ids."""
    present_parts = [part for part in parts if part is not None]
    return Message("\n".join(part.text for part in present_parts if part.text), blocks(present_parts))


def blocks(parts: Iterable[BlockPart]) -> tuple[dict[str, Any], ...]:
    """Return parts as Slack's dicts."""
    return tuple(part.build(f"part-{place}") for place, part in enumerate(parts, 1))


def section(text: Mrkdwn) -> BlockPart:
    """Return a section block with text that is escaped already."""
    return BlockPart(text, lambda block_id: {"type": "section", "block_id": block_id, "text": _markup(text)})


def dated_section(text: Mrkdwn, shown: Mrkdwn) -> BlockPart:
    """Return a section block in which Slack shows each reader their own hour; `text` says it with the fallbacks."""
    return BlockPart(text, lambda block_id: {"type": "section", "block_id": block_id, "text": _markup(shown)})


def context(text: Mrkdwn) -> BlockPart:
    """Return a context block: a small line below the others."""
    return BlockPart(text, lambda block_id: {"type": "context", "block_id": block_id, "elements": [_markup(text)]})


def header(text: str) -> BlockPart:
    """Return a header block; its text has no markup."""
    isolated = bidi_isolated(text)
    return BlockPart(
        plain_text(isolated),
        lambda block_id: {
            "type": "header",
            "block_id": block_id,
            "text": plain_text_object(isolated, MAX_HEADER_CHARS),
        },
    )


def divider() -> BlockPart:
    """Return a divider block."""
    return BlockPart("", lambda block_id: {"type": "divider", "block_id": block_id})


def buttons(*row: Button | Overflow | None) -> BlockPart:
    """Return an actions block of what is not None; the labels stand in the text, one after the other."""
    present_buttons = [button for button in row if button is not None]
    labels = join_text((plain_text(button.label) for button in present_buttons), " · ")
    return BlockPart(
        labels,
        lambda block_id: {
            "type": "actions",
            "block_id": block_id,
            "elements": [_pressable(button) for button in present_buttons],
        },
    )


def picture(file_id: str, *, alt: str) -> BlockPart:
    """Return an image block of an uploaded file; `alt` says what it shows, in words."""
    return BlockPart(
        plain_text(alt),
        lambda block_id: image_block(block_id, file_id, alt),
    )


def select(text: Mrkdwn, *, action: StrEnum, choices: Sequence[Choice], chosen: str) -> BlockPart:
    """Return a section block with a menu beside it; choosing an option acts at once."""
    mirrored = join_text((text, *(plain_text(choice.label) for choice in choices)), " · ")
    return BlockPart(
        mirrored,
        lambda block_id: {
            "type": "section",
            "block_id": block_id,
            "text": _markup(text),
            "accessory": static_select(str(action), choices, chosen),
        },
    )


def home_view(content: Message) -> dict[str, Any]:
    """Return a message as the app's Home."""
    return {"type": "home", "blocks": list(content.blocks)}


def plain_text(text: str) -> Mrkdwn:
    """Return text of a block without markup as the message's `text` repeats it."""
    return Mrkdwn(said_plainly(bidi_isolated(text)))


def _markup(text: Mrkdwn) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": clip(text, MAX_SECTION_CHARS), "verbatim": True}


def _pressable(element: Button | Overflow) -> dict[str, Any]:
    return overflow_menu(element.action_id, element.choices) if isinstance(element, Overflow) else _button(element)


def _button(button: Button) -> dict[str, Any]:
    element = {
        "type": "button",
        "text": plain_text_object(bidi_isolated(button.label), MAX_LABEL_CHARS),
        "action_id": button.action_id,
    }
    if button.value:
        element["value"] = button.value
    if button.primary:
        element["style"] = "primary"
    if button.confirm:
        element["confirm"] = _confirm(button.confirm)
    return element


def _confirm(confirm: Confirm) -> dict[str, Any]:
    return {
        "title": plain_text_object(confirm.title, MAX_CONFIRM_TITLE_CHARS),
        "text": plain_text_object(confirm.text, MAX_CONFIRM_TEXT_CHARS),
        "confirm": plain_text_object(confirm.confirm, MAX_CONFIRM_LABEL_CHARS),
        "deny": plain_text_object(confirm.deny, MAX_CONFIRM_LABEL_CHARS),
    }
