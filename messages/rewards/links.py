"""What one can press about rewards, and the doors to them that stand in other messages."""

from enum import StrEnum

from messages.kit.blocks import Button
from messages.kit.reader import Reader


class Action(StrEnum):
    """What one can press."""

    REWARDS = "rewards.show"
    LOOK = "rewards.look"
    MINE = "rewards.mine"
    CANCEL = "rewards.cancel"
    GOAL = "rewards.goal"
    SAVE = "rewards.save"
    DROP = "rewards.drop"


class Step(StrEnum):
    """Windows that are sent."""

    REDEEM = "rewards.redeem"


TEAM = "team"
"""The value, after the account's, of the press by which the team's goal is dropped."""


def value(account_id: int, of: object = "") -> str:
    """Return what a button carries: whose rewards they are, whichever company is meant elsewhere, and what of them."""
    return f"{account_id}/{of}"


def rewards(reader: Reader, account_id: int | None = None) -> Button:
    """Return the door to the rewards: of the account that is meant, or of one in particular."""
    return Button(
        label=reader.label("Rewards"),
        action=Action.REWARDS,
        value="" if account_id is None else value(account_id),
        key="door",
    )


def mine(reader: Reader, account_id: int | None = None) -> Button:
    """Return the door to what somebody asked for."""
    return Button(
        label=reader.label("My requests"),
        action=Action.MINE,
        value="" if account_id is None else value(account_id),
        key="door",
    )


def goal(reader: Reader, account_id: int | None = None) -> Button:
    """Return the door to what somebody saves for."""
    return Button(
        label=reader.label("My goal"), action=Action.GOAL, value="" if account_id is None else value(account_id)
    )
