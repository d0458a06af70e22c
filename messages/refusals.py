"""Refusals in words: what was asked for cannot be done, why, and what can be done instead. Nothing moved."""

from loyalty.access import NotJoinedError, StrangerError
from loyalty.errors import LoyaltyError
from loyalty.joining import NotForYouError
from loyalty.settings import NotOwnerError
from loyalty.versions import NoProgrammeError
from messages.joining import Action
from messages.kit import Message, Part, Press, buttons, message, note, section
from messages.words import Reader


def words(reader: Reader, refusal: LoyaltyError) -> Message:
    """Return what a person is told of a refusal."""
    return message(*_told(reader, refusal), note(reader.say("Only you see this.")))


def _told(reader: Reader, refusal: LoyaltyError) -> list[Part]:
    match refusal:
        case StrangerError():
            return [
                section(
                    reader.say(
                        "I can't tell which company you belong to. Ask me in your company's channel, or ask your"
                        " account manager to connect it."
                    )
                )
            ]
        case NotJoinedError():
            return [
                section(
                    reader.say(
                        "*This is for those who joined.* It takes one press, and shows nothing of you to anybody."
                    )
                ),
                buttons(
                    Press(label=reader.label("Join"), action=Action.JOIN, main=True),
                    Press(label=reader.label("How it works"), action=Action.HOW),
                ),
            ]
        case NotForYouError():
            return [
                section(
                    reader.say(
                        "This is for people of the company itself; Slack says that you are a guest here. Your account"
                        " manager can help."
                    )
                )
            ]
        case NotOwnerError():
            return [section(reader.say("Only an owner of the account can decide this. Nothing has changed."))]
        case NoProgrammeError():
            return [section(reader.say("There is no programme yet: it is being prepared. Try again in some days."))]
        case _:
            return [section(reader.say("That could not be done, and nothing has changed."))]


def broken(reader: Reader) -> Message:
    """Return what a person is told when something of ours broke."""
    return message(
        section(reader.say("Something went wrong on our side. Nothing was lost; please try again in a moment.")),
        note(reader.say("Only you see this.")),
    )
