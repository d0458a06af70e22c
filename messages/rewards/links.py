"""What one can press about rewards, and the doors to them that stand in other messages."""

from messages.actions import RewardAction
from messages.kit.blocks import Button
from messages.kit.reader import Reader

TEAM = "team"
"""The value, after the account's, of the press by which the team's goal is dropped."""


def button_value(account_id: int, of: object = "") -> str:
    """Return what a button carries: whose rewards they are, whichever company is meant elsewhere, and what of them."""
    return f"{account_id}/{of}"


def rewards_button(reader: Reader, account_id: int | None = None) -> Button:
    """Return the door to the rewards: of the account that is meant, or of one in particular."""
    return Button(
        label=reader.label("Rewards"),
        action=RewardAction.REWARDS,
        value="" if account_id is None else button_value(account_id),
        key="door",
    )


def requests_button(reader: Reader, account_id: int | None = None) -> Button:
    """Return the door to what somebody asked for."""
    return Button(
        label=reader.label("My requests"),
        action=RewardAction.MINE,
        value="" if account_id is None else button_value(account_id),
        key="door",
    )


def goals_button(reader: Reader, account_id: int | None = None) -> Button:
    """Return the door to what somebody saves for."""
    return Button(
        label=reader.label("My goal"),
        action=RewardAction.GOAL,
        value="" if account_id is None else button_value(account_id),
    )
