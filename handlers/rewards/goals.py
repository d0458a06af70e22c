"""What somebody saves for, and what the team does: /rewards goal [NAME | none]."""

from handlers.button_values import parse_button_value
from handlers.command_words import read
from handlers.request import Reply, Routes, SlackRequest
from handlers.rewards.queries import visible_rewards
from loyalty.rewards import catalogue, goals
from messages.rewards import goals as say
from messages.rewards import redeem
from messages.rewards.links import TEAM, Action

NONE = {"none": ("none", "no", "brak", "żaden", "없음")}


def goal(asked: SlackRequest) -> Reply:
    """Answer /rewards goal by the name after it; the team's reward becomes the team's goal."""
    if not asked.value:
        return show_goals(asked)
    if read(asked.value, NONE).words:
        return _drop(asked, team=False)
    called = catalogue.find_reward(visible_rewards(asked), asked.value, asked.reader.language)
    if called.reward is None:
        account, near = asked.requester.known_account.id, called.nearest
        yes = redeem.meant(asked.reader, near, account, Action.SAVE) if near else None
        return Reply(message=redeem.perhaps(asked.reader, asked.value, near, yes, account))
    return _save(asked, called.reward.offer.reward.key)


def show_goals(asked: SlackRequest) -> Reply:
    """Show the goals there are."""
    asked = parse_button_value(asked)
    account, person, today = asked.requester.known_account, asked.requester.member, asked.today
    own, team = asked.database.read(
        {account.id},
        lambda session: (
            goals.progress(session, account.id, person, today=today),
            goals.team_progress(session, account.id),
        ),
    )
    may = any(shown.offer.reward.paid_by == "pool" for shown in visible_rewards(asked).rewards)
    return Reply(message=say.goals(asked.reader, own, team, account.id, may_set_team=may), replaces_message=True)


def save_goal(asked: SlackRequest) -> Reply:
    """Save for the reward whose button was pressed."""
    asked = parse_button_value(asked)
    return _save(asked, asked.value)


def drop_goal(asked: SlackRequest) -> Reply:
    """Save for nothing any more."""
    asked = parse_button_value(asked)
    return _drop(asked, team=asked.value == TEAM)


def _save(asked: SlackRequest, key: str) -> Reply:
    account, person = asked.requester.known_account, asked.requester.member
    goal = asked.write_as_requester(
        {account.id},
        lambda session: goals.save_for(
            session, account.id, person_id=person, reward=key, today=asked.today, now=asked.now
        ),
    )
    return Reply(message=say.saved(asked.reader, goal, account.id))


def _drop(asked: SlackRequest, *, team: bool) -> Reply:
    account, person = asked.requester.known_account, asked.requester.member
    was_there = asked.write_as_requester(
        {account.id},
        lambda session: goals.stop_saving(session, account.id, person_id=person, team=team, today=asked.today),
    )
    return Reply(message=say.dropped(asked.reader, account.id, was_there=was_there))


ROUTES = Routes(actions={Action.GOAL: show_goals, Action.SAVE: save_goal, Action.DROP: drop_goal})
