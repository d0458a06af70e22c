"""Refusals in words: what was asked for cannot be done, why, and what can be done instead. Nothing moved."""

from collections.abc import Callable, Mapping

from loyalty.accounts.channels import ChannelTakenError
from loyalty.accounts.managers import NotManagerError, NotYourAccountError
from loyalty.accounts.requester import NotJoinedError, StrangerError, WhichAccountError
from loyalty.boards.seasons import BadSeasonError, LaterSeasonError, NoSeasonError, SeasonTakenError
from loyalty.errors import LoyaltyError
from loyalty.members.join import NotForYouError, SwitchedOffError, TakenError, UncertainError
from loyalty.members.settings import NotOwnerError
from loyalty.notifications.channel_invitation import NoChannelError
from loyalty.people.people import NobodyChosenError, NoSuchPersonError, SeveralPeopleError
from loyalty.people.roster import RosterError
from loyalty.points.corrections import (
    BadCorrectionError,
    NoReasonError,
    NoSuchTransferError,
    NotReversibleError,
    PastTermError,
)
from loyalty.points.disputes import NotYoursError
from loyalty.programme.versions import NoProgrammeError
from loyalty.tiers.override import NoSuchTierError, NothingChosenError, OverAlreadyError
from messages.actions import DeskAction as Desk
from messages.actions import JoinAction
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader
from messages.members.account_choice import account_question
from messages.members.settings import account_buttons
from messages.people.roster import roster_errors
from messages.rewards import errors as rewards
from messages.rewards import gift_errors as giving
from messages.rewards import links
from messages.webinars import errors as webinars

_SAYS: Mapping[type[LoyaltyError], Callable[[Reader], Mrkdwn]] = {
    LoyaltyError: lambda reader: reader.say("That could not be done, and nothing has changed."),
    StrangerError: lambda reader: reader.say(
        "I can't tell which company you belong to. Ask me in your company's channel, or ask your account manager to"
        " connect it."
    ),
    WhichAccountError: account_question,
    NotJoinedError: lambda reader: reader.say(
        "*This is for those who joined.* It takes one press, and shows nothing of you to anybody."
    ),
    NotForYouError: lambda reader: reader.say(
        "This is for people of the company itself; Slack says that you are a guest here. Your account manager can help."
    ),
    SwitchedOffError: lambda reader: reader.say(
        "Slack says that this account is switched off, so nothing was done. Your account manager can help."
    ),
    NotOwnerError: lambda reader: reader.say("Only an owner of the account can decide this. Nothing has changed."),
    NoProgrammeError: lambda reader: reader.say(
        "There is no programme yet: it is being prepared. Try again in some days."
    ),
    NotManagerError: lambda reader: reader.say(
        "*This is for account managers.* If you look after a client, let whoever runs Laurels add your e-mail address"
        " to the account."
    ),
    NotYourAccountError: lambda reader: reader.say("You don't look after this account. Nothing has changed."),
    NoChannelError: lambda reader: reader.say(
        "No channel speaks for this account yet: type `/desk bind` in theirs. Nothing was posted."
    ),
    NotReversibleError: lambda reader: reader.say("That was taken back already. Nothing has changed."),
    PastTermError: lambda reader: reader.say(
        "These points are past their term: they ran out, or were spent in time. Nothing has changed."
    ),
    BadCorrectionError: lambda reader: reader.say("A whole number, please: 40 gives, -40 takes back."),
    NoReasonError: lambda reader: reader.say("Please say why, in at most 500 characters: the person reads it."),
    NobodyChosenError: lambda reader: reader.say("Please choose somebody, or say who it is."),
    NoSuchPersonError: lambda reader: reader.say("Nobody in this account is called that. Nothing has changed."),
    SeveralPeopleError: lambda reader: reader.say(
        "Several people have this e-mail address: please give the user id that the product has for them."
    ),
    UncertainError: lambda reader: reader.say(
        "They are connected already, or do not wait any more. Nothing has changed."
    ),
    NotYoursError: lambda reader: reader.say("This is not about your points. Nothing has changed."),
    TakenError: lambda reader: reader.say("That person has joined from another Slack account already."),
    ChannelTakenError: lambda reader: reader.say(
        "This channel speaks for another account already; a channel means one client."
    ),
    NoSuchTierError: lambda reader: reader.say("There is no such tier for them. Nothing has changed."),
    OverAlreadyError: lambda reader: reader.say(
        "A day to come, please, written like 2026-12-31; or nothing, for good."
    ),
    NothingChosenError: lambda reader: reader.say("No tier was chosen there: points decide already."),
    RosterError: roster_errors,
    BadSeasonError: lambda reader: reader.say(
        "A season begins with a month, at most a year ahead, and its name has at most 80 characters. Nothing has"
        " changed."
    ),
    SeasonTakenError: lambda reader: reader.say(
        "There is a season from that month or a later one on already. Nothing has changed."
    ),
    NoSeasonError: lambda reader: reader.say("There is no such season any more. Nothing has changed."),
    LaterSeasonError: lambda reader: reader.say(
        "A later season was opened since: undo that one first. Nothing has changed."
    ),
    NoSuchTransferError: lambda reader: reader.say("There is no such entry. Nothing has changed."),
    **rewards.SAYS,
    **giving.SAYS,
    **webinars.SAYS,
}
_SAYS_WITH = {**rewards.SAYS_WITH, **giving.SAYS_WITH, **webinars.SAYS_WITH}
KNOWN = tuple(_SAYS)
"""The refusals that have words of their own; any other has those of what it is a kind of."""


def error_message(reader: Reader, refusal: LoyaltyError, *, manages: bool = False) -> Message:
    """Return what a person is told of a refusal; `manages`: an account manager."""
    if manages and isinstance(refusal, StrangerError):
        return _manager_stranger_message(reader)
    return message(
        section(error_text(reader, refusal)),
        _join_buttons(reader) if isinstance(refusal, NotJoinedError) else None,
        account_buttons(refusal.accounts) if isinstance(refusal, WhichAccountError) else None,
        buttons(links.rewards_button(reader), links.requests_button(reader))
        if isinstance(refusal, rewards.WITH_REWARDS)
        else None,
        context(reader.say("Only you see this.")),
    )


def error_text(reader: Reader, refusal: LoyaltyError) -> Mrkdwn:
    """Return a refusal as one or two sentences."""
    if isinstance(refusal, RosterError):
        return roster_errors(reader, refusal.faults)
    for kind in type(refusal).__mro__:
        if kind in _SAYS_WITH:
            return _SAYS_WITH[kind](reader, refusal)
        if kind in _SAYS:
            break
    return _SAYS[kind](reader)


def _manager_stranger_message(reader: Reader) -> Message:
    return message(
        section(reader.say("I can't tell which client you mean. Ask me in a client's channel, or go to your desk.")),
        buttons(Button(label=reader.label("My desk"), action=Desk.ACCOUNTS)),
        context(reader.say("Only you see this.")),
    )


def _join_buttons(reader: Reader) -> BlockPart:
    return buttons(
        Button(label=reader.label("Join"), action=JoinAction.JOIN, primary=True),
        Button(label=reader.label("How it works"), action=JoinAction.HOW),
    )


def database_unavailable(reader: Reader) -> Message:
    """Return what a person is told while the database cannot be reached."""
    return message(
        section(reader.say("I can't get at my records just now. Nothing was lost; please try again in a few minutes.")),
        context(reader.say("Only you see this.")),
    )


def internal_error(reader: Reader) -> Message:
    """Return what a person is told when something of ours broke."""
    return message(
        section(reader.say("Something went wrong on our side. Nothing was lost; please try again in a moment.")),
        context(reader.say("Only you see this.")),
    )
