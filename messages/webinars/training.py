"""Asking for a training: the window, and the receipt."""

from loyalty.webinars.training_requests import MAX_TOPIC_CHARS, MAX_WISH_CHARS
from messages.actions import WebinarField, WebinarView
from messages.kit.blocks import Message, buttons, context, message, section
from messages.kit.modals import Modal, text_field
from messages.kit.reader import Reader
from messages.webinars import links


def training_form(reader: Reader, account_id: int) -> Modal:
    """Return the window in which a training is asked for."""
    return Modal(
        title=reader.label("Ask for a training"),
        close=reader.label("Back"),
        submit=reader.label("Ask"),
        callback=WebinarView.ASK,
        private_metadata={"account": account_id},
        content=message(
            text_field(WebinarField.TOPIC, reader.label("About what?"), max_chars=MAX_TOPIC_CHARS),
            text_field(
                WebinarField.WISH,
                reader.label("Is there anything you wish for?"),
                hint=reader.label("A time that suits you, how long, for whom: whatever helps."),
                max_chars=MAX_WISH_CHARS,
                multiline=True,
                optional=True,
            ),
        ),
    )


def training_receipt(reader: Reader, account_id: int, topic: str, manager_count: int) -> Message:
    """Return the receipt for a training that was asked for."""
    asked = (
        reader.say("*Your account manager knows:* you would like a training on {topic}.", topic=topic)
        if manager_count
        else reader.say(
            "*Noted:* you would like a training on {topic}. Your account manager will find it.", topic=topic
        )
    )
    return message(
        section(asked),
        buttons(links.webinars_button(reader, account_id)),
        context(reader.say("Only you see this.")),
    )
