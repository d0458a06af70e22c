"""Rewards: /rewards [mine | goal [NAME | none] | help], and the presses that do the same."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from handlers import command_words
from handlers.button_values import as_button_member
from handlers.request import Listener, Reply, Response, Routes, SlackRequest
from handlers.rewards import goals
from loyalty.accounts.managers import manager_names
from loyalty.rewards import goals as saving_goals
from loyalty.rewards import redemption_queries
from loyalty.rewards.catalogue import catalogue
from loyalty.rewards.errors import NoSuchRedemptionError
from loyalty.rewards.redemption_receipt import cancel_as_member
from messages import help as helping
from messages.actions import RewardAction
from messages.rewards import catalogue as say
from messages.rewards import redemptions as say_redeemed

MAX_REDEMPTIONS = 30
"""So many redemptions are read: those under way, and the last ones before."""
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
    return _LISTENERS[read.words[0] if read.words else None](replace(request, value=rest))


def show_rewards(request: SlackRequest) -> Reply:
    """Show the rewards, from the place on that the button names."""
    request = as_button_member(request)
    account_id, person_id, today = request.requester.known_account.id, request.requester.member, request.today
    first = int(request.value) if request.value.isdecimal() and len(request.value) <= MAX_ID_DIGITS else 0
    rewards, goal_keys = request.database.read(
        {account_id},
        lambda session: (
            catalogue(session, account_id, person_id, today=today),
            saving_goals.goals(session, account_id, person_id),
        ),
    )
    return Reply(
        message=say.catalogue_message(request.reader, rewards, account_id, first=first, goals=goal_keys),
        replaces_message=True,
    )


def show_redemptions(request: SlackRequest) -> Reply:
    """Show what somebody asked for, and how far each has come."""
    request = as_button_member(request)
    account_id, person_id = request.requester.known_account.id, request.requester.member
    states, managers = request.database.read(
        {account_id},
        lambda session: (
            redemption_queries.own_redemptions(session, account_id, person_id, limit=MAX_REDEMPTIONS),
            manager_names(session, account_id),
        ),
    )
    message = say_redeemed.own_redemptions(request.reader, states, account_id, managers=managers, now=request.now)
    return Reply(message=message, replaces_message=True)


def cancel_redemption(request: SlackRequest) -> Reply:
    """Take a redemption back that still waits, and return the receipt."""
    request = as_button_member(request)
    account, person_id = request.requester.known_account, request.requester.member
    if not request.value.isdecimal() or len(request.value) > MAX_ID_DIGITS:
        raise NoSuchRedemptionError(f"{request.value!r} is no request")
    number = int(request.value)
    state = request.write_as_requester(
        {account.id}, lambda session: cancel_as_member(session, account, person_id, number, now=request.now)
    )
    return Reply(message=say_redeemed.cancel_receipt(request.reader, state, account.id))


def show_help(request: SlackRequest) -> Reply:
    """Say what one can ask about rewards."""
    return Reply(message=helping.rewards_help(request.reader), replaces_message=True)


_LISTENERS: Mapping[Word | None, Listener] = {
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
