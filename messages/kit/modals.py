"""Modals: a message with fields to fill in, or a receipt."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from messages.kit.blocks import BlockPart, Message, plain_text
from messages.kit.elements import (
    Choice,
    checkbox,
    date_picker,
    external_select,
    file_input,
    input_block,
    multi_static_select,
    number_input,
    plain_text_input,
    plain_text_object,
    static_select,
    time_picker,
)
from messages.kit.reader import Mrkdwn, Reader, join_text

TITLE = "Laurels"
MAX_TITLE_CHARS = 24
"""Of a modal's title, and of the labels that submit and close it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modal:
    """A modal. `submit` labels the button that submits it to the listener of `callback`; without one it only informs.

    `private_metadata` comes back with it, as JSON of at most 3,000 characters. `push`: it opens on top of the modal
    before, whose fields stay as they were filled in. `clear_on_close`: closing it closes those below as well.
    `external_id`: a name of our own by which it can be changed, once Slack shows it.
    """

    title: str
    content: Message
    close: str
    submit: str = ""
    callback: StrEnum | None = None
    private_metadata: Mapping[str, Any] = field(default_factory=dict)
    push: bool = False
    clear_on_close: bool = False
    external_id: str = ""

    @property
    def view(self) -> dict[str, Any]:
        """Return the modal as Slack's view."""
        view = {
            "type": "modal",
            "title": plain_text_object(self.title, MAX_TITLE_CHARS),
            "close": plain_text_object(self.close, MAX_TITLE_CHARS),
            "blocks": list(self.content.blocks),
            "callback_id": str(self.callback or ""),
            "private_metadata": json.dumps(self.private_metadata, ensure_ascii=False) if self.private_metadata else "",
            "clear_on_close": self.clear_on_close,
        }
        view |= {"external_id": self.external_id} if self.external_id else {}
        return view | ({"submit": plain_text_object(self.submit, MAX_TITLE_CHARS)} if self.submit else {})


def info_modal(reader: Reader, content: Message, *, push: bool = False, clear_on_close: bool = False) -> Modal:
    """Return a modal without fields, which can only be closed."""
    return Modal(title=TITLE, close=reader.label("Close"), content=content, push=push, clear_on_close=clear_on_close)


def text_field(
    name: StrEnum,
    label: str,
    *,
    hint: str = "",
    max_chars: int = 200,
    multiline: bool = False,
    optional: bool = False,
    initial_value: str = "",
) -> BlockPart:
    """Return a text field of at most `max_chars` characters; an error is shown under its label.

    `initial_value`: the text that stands in it when the modal opens.
    """
    element = plain_text_input(str(name), max_chars=max_chars, multiline=multiline, initial_value=initial_value)
    return _field(name, label, element, hint=hint, optional=optional)


def choice_field(
    name: StrEnum, label: str, choices: Sequence[Choice], *, hint: str = "", chosen: str = "", optional: bool = False
) -> BlockPart:
    """Return a field to choose one of at most 100 options."""
    element = static_select(str(name), choices, chosen)
    return _field(
        name, label, element, hint=hint, optional=optional, option_labels=[choice.label for choice in choices]
    )


def choices_field(name: StrEnum, label: str, choices: Sequence[Choice]) -> BlockPart:
    """Return a field to choose some of at most 100 options."""
    labels = [choice.label for choice in choices]
    return _field(name, label, multi_static_select(str(name), choices), hint="", optional=False, option_labels=labels)


def suggestion_field(name: StrEnum, label: str, chosen: Choice) -> BlockPart:
    """Return a field whose options the app offers as somebody types; `chosen` stands in it."""
    element = external_select(str(name), chosen)
    return _field(name, label, element, hint="", optional=False, option_labels=[chosen.label])


def date_field(name: StrEnum, label: str, *, chosen: str = "") -> BlockPart:
    """Return a field for a day."""
    return _field(name, label, date_picker(str(name), chosen), hint="", optional=False)


def time_field(name: StrEnum, label: str, *, chosen: str = "") -> BlockPart:
    """Return a field for a time of day."""
    return _field(name, label, time_picker(str(name), chosen), hint="", optional=False)


def number_field(
    name: StrEnum,
    label: str,
    *,
    least: int,
    most: int,
    hint: str = "",
    initial_value: str = "",
    optional: bool = False,
) -> BlockPart:
    """Return a field for a whole number within bounds."""
    element = number_input(str(name), least=least, most=most, initial_value=initial_value)
    return _field(name, label, element, hint=hint, optional=optional)


def file_field(name: StrEnum, label: str, filetypes: Sequence[str], *, hint: str = "") -> BlockPart:
    """Return a field for one file."""
    return _field(name, label, file_input(str(name), filetypes), hint=hint, optional=False)


def consent_checkbox(name: StrEnum, label: str, statement: str) -> BlockPart:
    """Return a checkbox that must be ticked before the modal can be submitted: it confirms `statement`."""
    return _field(
        name, label, checkbox(str(name), Choice(statement, "yes")), hint="", optional=False, option_labels=[statement]
    )


def _field(
    name: StrEnum, label: str, element: dict[str, Any], *, hint: str, optional: bool, option_labels: Sequence[str] = ()
) -> BlockPart:
    mirrored = join_text((plain_text(text) for text in (label, hint, *option_labels) if text), " · ")
    return BlockPart(
        Mrkdwn(mirrored),
        lambda _block_id: input_block(str(name), label, element, hint=hint, optional=optional),
    )
