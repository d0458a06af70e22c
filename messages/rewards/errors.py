"""Why a reward is not had, or a request not decided, in words: nothing moved, and what can be done instead."""

from collections.abc import Callable, Mapping
from typing import Any

from loyalty.errors import LoyaltyError
from loyalty.rewards.errors import (
    AlreadyDecidedError,
    CannotPayError,
    CannotSeeError,
    LimitReachedError,
    NoDeclineReasonError,
    NoSuchRedemptionError,
    NotApprovedError,
    NotEligibleError,
    OwnRequestError,
    PriceChangedError,
    RanOutError,
    RewardError,
    WithdrawnError,
)
from messages.kit.reader import Mrkdwn, Reader

SAYS: Mapping[type[LoyaltyError], Callable[[Reader], Mrkdwn]] = {
    RewardError: lambda reader: reader.say("That could not be done, and nothing has changed."),
    NotEligibleError: lambda reader: reader.say("Rewards are for members of the programme. Nothing has changed."),
    CannotSeeError: lambda reader: reader.say(
        "There is no such reward for you, or not any more. Nothing was asked for; your points are all there."
    ),
    WithdrawnError: lambda reader: reader.say(
        "This reward is not offered at the moment. Nothing was asked for; your points are all there."
    ),
    RanOutError: lambda reader: reader.say(
        "The last one has just gone to somebody else. Nothing was asked for; your points are all there."
    ),
    NoSuchRedemptionError: lambda reader: reader.say("There is no such request. Nothing has changed."),
    OwnRequestError: lambda reader: reader.say(
        "Nobody decides what they asked for themselves: a colleague of yours can. Nothing has changed."
    ),
    NotApprovedError: lambda reader: reader.say("It is still to be approved or declined. Nothing has changed."),
    NoDeclineReasonError: lambda reader: reader.say("Please say why, in at most 500 characters: the person reads it."),
}
"""Those that need no facts."""

SAYS_WITH: Mapping[type[LoyaltyError], Callable[[Reader, Any], Mrkdwn]] = {
    PriceChangedError: lambda reader, refusal: reader.count(
        "The price changed meanwhile: it takes {n} point now. Nothing was asked for.",
        "The price changed meanwhile: it takes {n} points now. Nothing was asked for.",
        refusal.cost,
    ),
    LimitReachedError: lambda reader, refusal: _had(reader, refusal),
    CannotPayError: lambda reader, refusal: reader.count(
        "{n} point is missing for it. Nothing was asked for; it can become your goal.",
        "{n} points are missing for it. Nothing was asked for; it can become your goal.",
        refusal.to_go,
    ),
    AlreadyDecidedError: lambda reader, refusal: _decided(reader, refusal),
}
"""Those that say more from what they know."""

WITH_REWARDS = (CannotSeeError, WithdrawnError, RanOutError, PriceChangedError, LimitReachedError, CannotPayError)
"""Those after which the way back to the rewards helps."""


def _had(reader: Reader, refusal: LimitReachedError) -> Mrkdwn:
    if refusal.again is None:
        return reader.say("You have had it as often as one can. Nothing was asked for; your points are all there.")
    return reader.say(
        "You have had it as often as one can for now; again from {day} on. Nothing was asked for.",
        day=reader.day(refusal.again),
    )


def _decided(reader: Reader, refusal: AlreadyDecidedError) -> Mrkdwn:
    return {
        "approved": reader.say("It was approved already. Nothing has changed."),
        "declined": reader.say("It was declined already, and its points are back. Nothing has changed."),
        "fulfilled": reader.say("It was handed over already. Nothing has changed."),
        "cancelled": reader.say("It was taken back already, and its points are back. Nothing has changed."),
        "expired": reader.say("It waited too long and has ended; its points are back. Nothing has changed."),
    }.get(refusal.state) or reader.say("That was decided already. Nothing has changed.")
