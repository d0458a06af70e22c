"""Rewards: /rewards [mine | goal [NAME | none] | help], and the presses that mean the same."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from handlers import command_words
from handlers.button_values import parse_button_value
from handlers.request import Listener, Reply, Response, Routes, SlackRequest
from handlers.rewards import goals
from handlers.rewards.queries import deciders, ledger_context
from loyalty.rewards import goals as saving
from loyalty.rewards import redemption_queries, redemptions
from loyalty.rewards.catalogue import catalogue
from loyalty.rewards.errors import NoSuchRedemptionError
from messages import help as helping
from messages.actions import RewardAction
from messages.rewards import catalogue as say
from messages.rewards import redemptions as say_redeemed

SEEN = 30
"""So many requests are looked at: those under way, and the last ones before."""
MAX_ID_DIGITS = 18
"""No number on a button of ours has more digits."""


class Word(StrEnum):
    """What one can type after /rewards."""

    MINE = "mine"
    GOAL = "goal"
    HELP = "help"


WORDS = {
    Word.MINE: ("mine", "requests", "moje", "zamówione", "내신청", "신청"),
    Word.GOAL: ("goal", "cel", "목표"),
    Word.HELP: ("help", "pomoc", "도움말"),
}


def rewards(request: SlackRequest) -> Response:
    """Answer /rewards by the word after it."""
    first, _, rest = request.value.partition(" ")
    read = command_words.read(first, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.unknown_word_message(request.reader, "/rewards", read.unknown, read.nearest))
    return _MEANT[read.words[0] if read.words else None](replace(request, value=rest))


def show_rewards(request: SlackRequest) -> Reply:
    """Show the rewards from the one on whose place stands in the words."""
    request = parse_button_value(request)
    account, person, today = request.requester.known_account, request.requester.member, request.today
    first = int(request.value) if request.value.isdecimal() and len(request.value) <= MAX_ID_DIGITS else 0
    seen, aims = request.database.read(
        {account.id},
        lambda session: (
            catalogue(session, account.id, person, today=today),
            saving.goals(session, account.id, person),
        ),
    )
    return Reply(
        message=say.catalogue_message(request.reader, seen, account.id, first=first, goals=aims), replaces_message=True
    )


def show_redemptions(request: SlackRequest) -> Reply:
    """Show what somebody asked for, and how far each has come."""
    request = parse_button_value(request)
    account, person = request.requester.known_account, request.requester.member
    states = request.database.read(
        {account.id}, lambda session: redemption_queries.own_redemptions(session, account.id, person, limit=SEEN)
    )
    shown = say_redeemed.own_redemptions(
        request.reader, states, account.id, managers=deciders(request), now=request.now
    )
    return Reply(message=shown, replaces_message=True)


def cancel_redemption(request: SlackRequest) -> Reply:
    """Take a request back that still waits."""
    request = parse_button_value(request)
    account, person = request.requester.known_account, request.requester.member
    if not request.value.isdecimal() or len(request.value) > MAX_ID_DIGITS:
        raise NoSuchRedemptionError(f"{request.value!r} is no request")
    doing, number = ledger_context(request), int(request.value)
    state = request.write_as_requester(
        {account.id}, lambda session: redemptions.cancel(session, doing, number, person_id=person)
    )
    return Reply(message=say_redeemed.cancel_receipt(request.reader, state, account.id))


def show_help(request: SlackRequest) -> Reply:
    """Say what one can ask about rewards."""
    return Reply(message=helping.rewards_help(request.reader), replaces_message=True)


_MEANT: Mapping[Word | None, Listener] = {
    None: show_rewards,
    Word.MINE: show_redemptions,
    Word.GOAL: goals.goal,
    Word.HELP: show_help,
}
ROUTES = Routes(
    commands={"/rewards": rewards},
    actions={
        RewardAction.REWARDS: show_rewards,
        RewardAction.MINE: show_redemptions,
        RewardAction.CANCEL: cancel_redemption,
    },
)
