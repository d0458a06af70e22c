"""Goals: what somebody, or the whole team, saves for, and how far it is."""

from loyalty.rewards.goals import Goal
from messages.actions import PointsAction as Points
from messages.actions import RewardAction
from messages.kit.blocks import Button, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.rewards import links
from messages.rewards.labels import reward_name
from messages.rewards.links import TEAM, button_value


def goals_message(
    reader: Reader, own: Goal | None, team: Goal | None, account_id: int, *, may_set_team: bool
) -> Message:
    """Return what somebody saves for, and what the team does; `may_set_team`: whether it is theirs to change."""
    goal_lines = [
        goal_line(reader, own) if own else reader.say("*No goal of your own yet.* Each reward can become one.")
    ]
    if team is not None:
        goal_lines.append(team_goal_line(reader, team))
    elif may_set_team:
        goal_lines.append(reader.say("Your team has no goal yet; you may choose one among the team rewards."))
    return message(
        section(join_text(goal_lines)),
        buttons(
            goal_button(reader, own, account_id) if own and not own.to_go else None,
            Button(
                label=reader.label("Drop my goal"), action=RewardAction.DROP, value=button_value(account_id), key="own"
            )
            if own
            else None,
            Button(
                label=reader.label("Drop our goal"),
                action=RewardAction.DROP,
                value=button_value(account_id, TEAM),
                key=TEAM,
            )
            if team and may_set_team
            else None,
            links.rewards_button(reader, account_id),
            Button(label=reader.label("My points"), action=Points.POINTS),
        ),
        context(reader.say("Only you see this.")),
    )


def goal_line(reader: Reader, goal: Goal) -> Mrkdwn:
    """Return how far one's own goal is."""
    facts = {"reward": reward_name(reader, goal.reward), "have": min(goal.have, goal.cost)}
    if not goal.to_go:
        return reader.say("*Your goal, {reward}*: you have the points for it.", **facts)
    return join_text(
        (
            reader.count(
                "*Your goal, {reward}*: {have} of {n} point.", "*Your goal, {reward}*: {have} of {n} points.",
                goal.cost, **facts,
            ),
            _to_go(reader, goal),
        ),
        " ",
    )  # fmt: skip


def team_goal_line(reader: Reader, goal: Goal) -> Mrkdwn:
    """Return how far the team's goal is."""
    facts = {"reward": reward_name(reader, goal.reward), "have": min(goal.have, goal.cost)}
    if not goal.to_go:
        return reader.say("*Your team's goal, {reward}*: the pool has the points for it.", **facts)
    return join_text(
        (
            reader.count(
                "*Your team's goal, {reward}*: {have} of {n} point.",
                "*Your team's goal, {reward}*: {have} of {n} points.",
                goal.cost, **facts,
            ),
            _to_go(reader, goal),
        ),
        " ",
    )  # fmt: skip


def _to_go(reader: Reader, goal: Goal) -> Mrkdwn:
    return reader.count("{n} point to go.", "{n} points to go.", goal.to_go)


def goal_receipt(reader: Reader, goal: Goal, account_id: int) -> Message:
    """Return the receipt for a new goal."""
    receipt = team_goal_line(reader, goal) if goal.reward.paid_by == "pool" else goal_line(reader, goal)
    return message(
        section(reader.say("*Noted.*")),
        section(receipt),
        buttons(
            goal_button(reader, goal, account_id) if not goal.to_go else None,
            links.goals_button(reader, account_id),
            links.rewards_button(reader, account_id),
        ),
        context(reader.say("Only you see this.")),
    )


def goal_drop_receipt(reader: Reader, account_id: int, *, was_there: bool) -> Message:
    """Return the receipt for a goal that is no more."""
    receipt = (
        reader.say("*The goal is dropped.* The points stay.") if was_there else reader.say("There was no goal to drop.")
    )
    return message(
        section(receipt), buttons(links.rewards_button(reader, account_id)), context(reader.say("Only you see this."))
    )


def goal_button(reader: Reader, goal: Goal, account_id: int) -> Button:
    """Return the button that opens the reward that is saved for."""
    return Button(
        label=reader.label("Redeem {reward}", reward=reward_name(reader, goal.reward)),
        action=RewardAction.LOOK,
        value=button_value(account_id, goal.reward.key),
        key=goal.reward.key,
    )
