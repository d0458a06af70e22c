"""Why something about a webinar is not done, in words: nothing moved, and what can be done instead."""

from collections.abc import Callable, Mapping
from typing import Any

from loyalty.errors import LoyaltyError
from loyalty.webinars.errors import (
    BadLengthError,
    BadLinkError,
    BadSeatsError,
    BadWebinarError,
    EmptyRequestError,
    InPastError,
    NobodyInvitedError,
    NoCodeError,
    NoPlaceError,
    NoSuchWebinarError,
    NoSuchZoneError,
    NotInvitedToWebinarError,
    NoTitleError,
    NotOrganizerError,
    NotOverYetError,
    TimeSkippedError,
    WebinarCancelledError,
    WebinarError,
    WebinarOverError,
    WrongCodeError,
    WrongStateError,
)
from loyalty.webinars.errors import NoReasonError as NoReasonForCancellingError
from messages.kit.reader import Mrkdwn, Reader
from messages.webinars.code import wrong_code_text
from messages.webinars.invitation import cancelled_text

SAYS: Mapping[type[LoyaltyError], Callable[[Reader], Mrkdwn]] = {
    WebinarError: lambda reader: reader.say("That could not be done, and nothing has changed."),
    NotInvitedToWebinarError: lambda reader: reader.say(
        "This one is for others in your company. If you would like to come, your account manager can invite you."
    ),
    NotOrganizerError: lambda reader: reader.say("Only whoever organizes it can change it. Nothing has changed."),
    NoTitleError: lambda reader: reader.say("Please give it a title, of at most 150 characters."),
    NoPlaceError: lambda reader: reader.say("Please say where it is: a link, or a place."),
    NobodyInvitedError: lambda reader: reader.say("Nobody is invited yet: please choose at least one account."),
    BadWebinarError: lambda reader: reader.say("That is not possible for a webinar. Nothing has changed."),
    NoReasonForCancellingError: lambda reader: reader.say(
        "Please say why, in at most 500 characters: whoever answered reads it."
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
    NoSuchZoneError: lambda reader, _refusal: reader.say("There is no such time zone. One is Europe/Warsaw."),
    BadLinkError: lambda reader, _refusal: reader.say("That is no link that begins with https://"),
    BadSeatsError: lambda reader, _refusal: reader.say("From 1 to 10,000 seats are possible, or none are counted."),
    BadLengthError: lambda reader, _refusal: reader.say("From 5 minutes to 14 days are possible."),
    InPastError: lambda reader, _refusal: reader.say("That is past already: please choose a later time."),
    TimeSkippedError: lambda reader, refusal: reader.say(
        "Clocks go forward that night, so this time does not exist. The nearest are {before} and {after}.",
        before=f"{refusal.before:%H:%M}",
        after=f"{refusal.after:%H:%M}",
    ),
    NotOverYetError: lambda reader, _refusal: reader.say("It has not begun yet: nobody came so far."),
    WrongStateError: lambda reader, _refusal: reader.say("In the state that it is in now, that is not done."),
    NoCodeError: lambda reader, refusal: _no_code(reader, refusal),
}
"""Those that know more of what was refused."""


def _no_code(reader: Reader, refusal: NoCodeError) -> Mrkdwn:
    if refusal.from_ is None:
        return reader.say("This one has no code. If you were there, you need do nothing.")
    return reader.say("The code is taken while it runs, and for 15 minutes after. Nothing has changed.")
