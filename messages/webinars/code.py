"""The code that is said in a session: the window that takes it, and how that went."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from loyalty.webinars.details import WebinarFacts
from loyalty.webinars.errors import WrongCodeError
from messages.actions import WebinarField, WebinarView
from messages.kit.blocks import Message, buttons, context, message, section
from messages.kit.elements import Choice
from messages.kit.modals import Modal, choice_field, text_field
from messages.kit.reader import Mrkdwn, Reader
from messages.webinars import links

MAX_CODE_CHARS = 40


def code_form(reader: Reader, account_id: int, webinars: Sequence[WebinarFacts], code: str = "") -> Modal:
    """Return the window that takes a code, for one of the webinars that run."""
    choices = [Choice(facts.title.get(reader.language), facts.key) for facts in webinars]
    return Modal(
        title=reader.label("I have a code"),
        close=reader.label("Back"),
        submit=reader.label("That's it"),
        callback=WebinarView.HERE,
        private_metadata={"account": account_id},
        content=message(
            choice_field(WebinarField.WEBINAR, reader.label("Where are you?"), choices, chosen=choices[0].value),
            text_field(
                WebinarField.CODE,
                reader.label("What is the code?"),
                max_chars=MAX_CODE_CHARS,
                initial_value=code[:MAX_CODE_CHARS],
            ),
        ),
    )


def no_code_message(reader: Reader, account_id: int) -> Message:
    """Return that no webinar takes a code now."""
    return message(
        section(reader.say("*No code is asked for now.* It is taken while a webinar runs, and for 15 minutes after.")),
        buttons(links.webinars_button(reader, account_id)),
        context(reader.say("Only you see this.")),
    )


def code_receipt(reader: Reader, account_id: int, facts: WebinarFacts) -> Message:
    """Return that the code was right."""
    title = facts.title.get(reader.language)
    return message(
        section(reader.say("*You're here:* {title}. Nothing else is needed.", title=title)),
        buttons(links.webinars_button(reader, account_id)),
        context(reader.say("Only you see this.")),
    )


def wrong_code_text(reader: Reader, refusal: WrongCodeError) -> Mrkdwn:
    """Return that a code was wrong, and until when it waits where it does."""
    if refusal.wait_until is None:
        return reader.say("That is not the code. Please look again.")
    return reader.say("That is not the code. You can try again at {time}.", time=_clock(reader, refusal.wait_until))


def _clock(reader: Reader, at: dt.datetime) -> str:
    return f"{at.astimezone(ZoneInfo(reader.timezone)):%H:%M}"
