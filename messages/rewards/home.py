"""Rewards in the app's Home: what is within reach, and what was asked for."""

import datetime as dt
from collections.abc import Sequence

from loyalty.rewards.catalogue import Catalogue
from loyalty.rewards.goals import Goal
from loyalty.rewards.redemption_queries import RedemptionState
from messages.kit.blocks import BlockPart, buttons, section
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.rewards import links
from messages.rewards.catalogue import reachable_rewards
from messages.rewards.goals import team_goal_line
from messages.rewards.redemptions import OPEN_STATES, redemption_line

MAX_HOME_REQUESTS = 3
"""How many open requests are listed."""


def home_reward_parts(
    reader: Reader,
    catalogue: Catalogue,
    redemptions: Sequence[RedemptionState],
    team: Goal | None,
    *,
    managers: Sequence[str],
    now: dt.datetime,
) -> list[BlockPart]:
    """Return the rewards as a part of somebody's Home; nothing where there are none and nothing was asked for."""
    waiting = [state for state in redemptions if state.state in OPEN_STATES]
    reward_lines = [
        *reachable_rewards(reader, catalogue),
        *([team_goal_line(reader, team)] if team else []),
        *(redemption_line(reader, state, managers, now=now) for state in waiting[:MAX_HOME_REQUESTS]),
        *_more(reader, len(waiting) - MAX_HOME_REQUESTS),
    ]
    if not (reward_lines or catalogue.rewards or redemptions):
        return []
    return [
        section(join_text((reader.say("*Rewards*"), *reward_lines))),
        buttons(links.rewards_button(reader), links.requests_button(reader), links.goals_button(reader)),
    ]


def _more(reader: Reader, number: int) -> list[Mrkdwn]:
    if number <= 0:
        return []
    return [reader.count("And {n} more request.", "And {n} more requests.", number)]
