"""The reward that a person saves for, and the team's: /rewards goal [NAME | none]."""

from handlers.button_values import as_button_member
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
        return _drop_goal(request, team=False)
    match = catalogue.find_reward(visible_rewards(request), request.value, request.reader.language)
    if match.reward is None:
        account_id, nearest = request.requester.known_account.id, match.nearest
        button = (
            redeem.nearest_reward_button(request.reader, nearest, account_id, RewardAction.SAVE) if nearest else None
        )
        return Reply(message=redeem.unknown_reward_message(request.reader, request.value, nearest, button, account_id))
    return _save_goal(request, match.reward.offer.reward.key)


def show_goals(request: SlackRequest) -> Reply:
    """Show the goals there are."""
    request = as_button_member(request)
    account_id, person_id, today = request.requester.known_account.id, request.requester.member, request.today
    own, team, rewards = request.database.read(
        {account_id},
        lambda session: (
            goals.progress(session, account_id, person_id, today=today),
            goals.team_progress(session, account_id),
            catalogue.catalogue(session, account_id, person_id, today=today),
        ),
    )
    may_set_team = any(reward.offer.reward.paid_by == "pool" for reward in rewards.rewards)
    message = say.goals_message(request.reader, own, team, account_id, may_set_team=may_set_team)
    return Reply(message=message, replaces_message=True)


def save_goal(request: SlackRequest) -> Reply:
    """Save for the reward whose button was pressed."""
    request = as_button_member(request)
    return _save_goal(request, request.value)


def drop_goal(request: SlackRequest) -> Reply:
    """Save for nothing any more."""
    request = as_button_member(request)
    return _drop_goal(request, team=request.value == TEAM)


def _save_goal(request: SlackRequest, key: str) -> Reply:
    account_id, person_id = request.requester.known_account.id, request.requester.member
    goal = request.write_as_requester(
        {account_id},
        lambda session: goals.save_for(
            session, account_id, person_id=person_id, reward=key, today=request.today, now=request.now
        ),
    )
    return Reply(message=say.goal_receipt(request.reader, goal, account_id))


def _drop_goal(request: SlackRequest, *, team: bool) -> Reply:
    account_id, person_id = request.requester.known_account.id, request.requester.member
    was_there = request.write_as_requester(
        {account_id},
        lambda session: goals.stop_saving(session, account_id, person_id=person_id, team=team, today=request.today),
    )
    return Reply(message=say.goal_drop_receipt(request.reader, account_id, was_there=was_there))


ROUTES = Routes(actions={RewardAction.GOAL: show_goals, RewardAction.SAVE: save_goal, RewardAction.DROP: drop_goal})
