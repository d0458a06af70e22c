"""What somebody saves for, and what the team does: /rewards goal [NAME | none]."""

from handlers.button_values import parse_button_value
from handlers.command_words import read
from handlers.request import Reply, Routes, SlackRequest
from handlers.rewards.queries import visible_rewards
from loyalty.rewards import catalogue, goals
from messages.actions import RewardAction
from messages.rewards import goals as say
from messages.rewards import redeem
from messages.rewards.links import TEAM

NONE = {"none": ("none", "no", "brak", "żaden", "없음")}


def goal(request: SlackRequest) -> Reply:
    """Answer /rewards goal by the name after it; the team's reward becomes the team's goal."""
    if not request.value:
        return show_goals(request)
    if read(request.value, NONE).words:
        return _drop(request, team=False)
    called = catalogue.find_reward(visible_rewards(request), request.value, request.reader.language)
    if called.reward is None:
        account, near = request.requester.known_account.id, called.nearest
        yes = redeem.nearest_reward_button(request.reader, near, account, RewardAction.SAVE) if near else None
        return Reply(message=redeem.unknown_reward_message(request.reader, request.value, near, yes, account))
    return _save(request, called.reward.offer.reward.key)


def show_goals(request: SlackRequest) -> Reply:
    """Show the goals there are."""
    request = parse_button_value(request)
    account, person, today = request.requester.known_account, request.requester.member, request.today
    own, team = request.database.read(
        {account.id},
        lambda session: (
            goals.progress(session, account.id, person, today=today),
            goals.team_progress(session, account.id),
        ),
    )
    may = any(shown.offer.reward.paid_by == "pool" for shown in visible_rewards(request).rewards)
    return Reply(
        message=say.goals_message(request.reader, own, team, account.id, may_set_team=may), replaces_message=True
    )


def save_goal(request: SlackRequest) -> Reply:
    """Save for the reward whose button was pressed."""
    request = parse_button_value(request)
    return _save(request, request.value)


def drop_goal(request: SlackRequest) -> Reply:
    """Save for nothing any more."""
    request = parse_button_value(request)
    return _drop(request, team=request.value == TEAM)


def _save(request: SlackRequest, key: str) -> Reply:
    account, person = request.requester.known_account, request.requester.member
    goal = request.write_as_requester(
        {account.id},
        lambda session: goals.save_for(
            session, account.id, person_id=person, reward=key, today=request.today, now=request.now
        ),
    )
    return Reply(message=say.goal_receipt(request.reader, goal, account.id))


def _drop(request: SlackRequest, *, team: bool) -> Reply:
    account, person = request.requester.known_account, request.requester.member
    was_there = request.write_as_requester(
        {account.id},
        lambda session: goals.stop_saving(session, account.id, person_id=person, team=team, today=request.today),
    )
    return Reply(message=say.goal_drop_receipt(request.reader, account.id, was_there=was_there))


ROUTES = Routes(actions={RewardAction.GOAL: show_goals, RewardAction.SAVE: save_goal, RewardAction.DROP: drop_goal})
