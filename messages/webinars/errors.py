"""Why something about a webinar is not done, in words: nothing moved, and what can be done instead."""

from collections.abc import Callable, Mapping
from typing import Any

from loyalty.errors import LoyaltyError
from loyalty.webinars.errors import (
    EmptyRequestError,
    NoCodeError,
    NoSuchWebinarError,
    NotInvitedToWebinarError,
    WebinarCancelledError,
    WebinarError,
    WebinarOverError,
    WrongCodeError,
)
from messages.kit.reader import Mrkdwn, Reader
from messages.webinars.code import wrong_code_text
from messages.webinars.invitation import cancelled_text

SAYS: Mapping[type[LoyaltyError], Callable[[Reader], Mrkdwn]] = {
    WebinarError: lambda reader: reader.say("That could not be done, and nothing has changed."),
    NotInvitedToWebinarError: lambda reader: reader.say(
        "This one is for others in your company. If you would like to come, your account manager can invite you."
    ),
    EmptyRequestError: lambda reader: reader.say("Please name the topic, in at most 200 characters."),
}
"""Those that need no facts."""

SAYS_WITH: Mapping[type[LoyaltyError], Callable[[Reader, Any], Mrkdwn]] = {
    NoSuchWebinarError: lambda reader, _refusal: reader.say(
        "There is no such webinar for you, or not any more. `/webinars` shows those there are."
    ),
    WebinarOverError: lambda reader, _refusal: reader.say(
        "It is over, so nothing has changed. `/webinars` shows what comes next, and recordings."
    ),
    WebinarCancelledError: lambda reader, refusal: cancelled_text(reader, refusal.why),
    WrongCodeError: wrong_code_text,
    NoCodeError: lambda reader, refusal: _no_code(reader, refusal),
}
"""Those that know more of what was refused."""


def _no_code(reader: Reader, refusal: NoCodeError) -> Mrkdwn:
    if refusal.from_ is None:
        return reader.say("This one has no code. If you were there, you need do nothing.")
    return reader.say("The code is taken while it runs, and for 15 minutes after. Nothing has changed.")
