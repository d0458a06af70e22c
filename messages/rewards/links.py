"""The buttons that lead to rewards, requests and goals, and the values that they carry."""

from messages.actions import RewardAction
from messages.kit.blocks import Button
from messages.kit.reader import Reader

TEAM = "team"
"""Stands after the account's id in the value of the button that drops the team's goal."""


def button_value(account_id: int, of: object = "") -> str:
    """Return the value of a button about rewards: the account's id, and what of it, a reward's key for instance."""
    return f"{account_id}/{of}"


def rewards_button(reader: Reader, account_id: int | None = None) -> Button:
    """Return the button to the rewards: of the account in question, or of the one given."""
    return Button(
        label=reader.label("Rewards"),
        action=RewardAction.REWARDS,
        value="" if account_id is None else button_value(account_id),
        key="door",
    )


def requests_button(reader: Reader, account_id: int | None = None) -> Button:
    """Return the button to one's own requests."""
    return Button(
        label=reader.label("My requests"),
        action=RewardAction.MINE,
        value="" if account_id is None else button_value(account_id),
        key="door",
    )


def goals_button(reader: Reader, account_id: int | None = None) -> Button:
    """Return the button to one's own goal."""
    return Button(
        label=reader.label("My goal"),
        action=RewardAction.GOAL,
        value="" if account_id is None else button_value(account_id),
    )
