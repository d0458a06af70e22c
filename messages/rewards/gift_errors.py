"""Why a gift, an invitation into the club or an account's own terms were refused, in words: nothing moved."""

from collections.abc import Callable, Mapping
from typing import Any

from loyalty.errors import LoyaltyError
from loyalty.rewards.account_terms import BadTermsError, KeyTakenError, NoSuchTermsError, NotConfirmedError
from loyalty.rewards.gifts import (
    AllowanceError,
    GiftGoneError,
    NoGiftsError,
    NoPointsError,
    NoWordsError,
    OwnGiftError,
    TeamRewardError,
)
from loyalty.rewards.vip import NoMemberError, NotInvitedError
from messages.kit.reader import Mrkdwn, Reader

SAYS: Mapping[type[LoyaltyError], Callable[[Reader], Mrkdwn]] = {
    NoGiftsError: lambda reader: reader.say(
        "The programme has no allowance for gifts yet: whoever runs Laurels can add one. Nothing was given."
    ),
    NoPointsError: lambda reader: reader.say("Points or a reward, one of both: a whole number from 1 on, please."),
    NoWordsError: lambda reader: reader.say("A gift goes with words, at most 500 characters."),
    TeamRewardError: lambda reader: reader.say("A reward goes to one person; the team can be given points."),
    GiftGoneError: lambda reader: reader.say("This reward is not to be had any more. Nothing was given."),
    OwnGiftError: lambda reader: reader.say("Nobody gives to themselves. Nothing was given."),
    NoMemberError: lambda reader: reader.say("They have not joined yet, so they cannot be asked. Nothing has changed."),
    NotInvitedError: lambda reader: reader.say("This invitation was taken back. Nothing has changed."),
    NotConfirmedError: lambda reader: reader.say("Please confirm that it is not money, nor can be turned into any."),
    KeyTakenError: lambda reader: reader.say("There is a reward of that name already. Nothing was added."),
    NoSuchTermsError: lambda reader: reader.say("There is no such reward any more. Nothing has changed."),
}
"""Those that need no facts."""

SAYS_WITH: Mapping[type[LoyaltyError], Callable[[Reader, Any], Mrkdwn]] = {
    AllowanceError: lambda reader, refusal: reader.count(
        "{n} point of this month's allowance is left. Nothing was given.",
        "{n} points of this month's allowance are left. Nothing was given.",
        refusal.left,
    ),
    BadTermsError: lambda reader, refusal: _bad_terms(reader, refusal),
}
"""Those that say more from what they know."""


def _bad_terms(reader: Reader, refusal: BadTermsError) -> Mrkdwn:
    """Return what would be right in the first field that is wrong."""
    whole = reader.say("A whole number from 1 on, please.")
    field = next(iter(refusal.faults), "")
    return {
        "cost": whole,
        "stock": whole,
        "limit": whole,
        "approval": reader.say("A whole number from 0 on, please."),
        "value": reader.say("A number, please, and no higher than the programme's cap for one reward."),
    }.get(field) or reader.say("Words that promise no money, please: no sum, no voucher, nothing of the kind.")
