"""Buttons of webinars that several messages have, and the values that they carry."""

from messages.actions import WebinarAction
from messages.kit.blocks import Button, Overflow
from messages.kit.elements import Choice
from messages.kit.reader import Reader

MAYBE, RECORDING, OTHER_TIME = "maybe", "recording", "time"
"""What stands at the end of a value under `•••`."""


def button_value(account_id: int, key: str, *more: str) -> str:
    """Return the value of a button about a webinar: the account's id, the webinar's key, and what of it is meant."""
    return "/".join((str(account_id), key, *more))


def coming_button(reader: Reader, account_id: int, key: str, *, named: str = "") -> Button:
    """Return the button with which somebody comes; `named`: the title, where several webinars stand in one message."""
    return Button(
        label=reader.label("I'm coming: {title}", title=named) if named else reader.label("I'm coming"),
        action=WebinarAction.GOING,
        value=button_value(account_id, key),
        key=key if named else "",
        primary=not named,
    )


def calendar_button(reader: Reader, account_id: int, key: str, *, named: str = "") -> Button:
    """Return the button that puts a webinar into somebody's calendar; `named` as above."""
    return Button(
        label=reader.label("To my calendar: {title}", title=named) if named else reader.label("Add to my calendar"),
        action=WebinarAction.CALENDAR,
        value=button_value(account_id, key),
        key=key if named else "",
    )


def decline_button(reader: Reader, account_id: int, key: str) -> Button:
    """Return the button that declines."""
    return Button(label=reader.label("Can't"), action=WebinarAction.DECLINE, value=button_value(account_id, key))


def give_up_button(reader: Reader, account_id: int, key: str, *, named: str = "") -> Button:
    """Return the button that gives a seat up, or a place on the waitlist; `named` as above."""
    label = reader.label("I can't after all: {title}", title=named) if named else reader.label("I can't after all")
    return Button(
        label=label,
        action=WebinarAction.DECLINE,
        value=button_value(account_id, key),
        key=key if named else "",
    )


def more_menu(reader: Reader, account_id: int, key: str, *, maybe: bool = True, several: bool = False) -> Overflow:
    """Return what else can be answered, under `•••`; `several`: other webinars stand in the same message."""
    labels = {
        MAYBE: reader.label("Maybe"),
        RECORDING: reader.label("Send me the recording"),
        OTHER_TIME: reader.label("Another time would suit me"),
    }
    return Overflow(
        action=WebinarAction.MORE,
        choices=tuple(
            Choice(label, button_value(account_id, key, what))
            for what, label in labels.items()
            if maybe or what != MAYBE
        ),
        key=key if several else "",
    )


def code_button(reader: Reader, account_id: int) -> Button:
    """Return the button to the window that takes a code said in a session."""
    return Button(label=reader.label("I have a code"), action=WebinarAction.HERE, value=f"{account_id}/")


def training_button(reader: Reader, account_id: int) -> Button:
    """Return the button to the window in which a training is asked for."""
    return Button(label=reader.label("Ask for a training"), action=WebinarAction.ASK, value=f"{account_id}/")


def webinars_button(reader: Reader, account_id: int | None = None) -> Button:
    """Return the button to one's webinars: of the account in question, or of the one given."""
    return Button(
        label=reader.label("Webinars"),
        action=WebinarAction.WEBINARS,
        value="" if account_id is None else f"{account_id}/",
        key="door",
    )
