"""The app's Home."""

from collections.abc import Sequence

from handlers import managers
from handlers.desk import overview as desk
from handlers.programme.queries import badges, frame, product, programme
from handlers.request import Routes, SlackRequest
from handlers.rewards import queries
from leaderboards.boards import own_place
from loyalty.accounts.requester import Role
from loyalty.boards.posts import shared_goal
from loyalty.overview.overview import overview
from loyalty.rewards import goals, redemption_queries
from messages import home as say
from messages.kit import blocks
from messages.kit.blocks import BlockPart, Message
from messages.members import account_choice, join
from messages.rewards import home


def draw_home(request: SlackRequest) -> None:
    """Publish somebody's Home as it is now, whatever was true when they opened or pressed it."""
    now = request.refreshed()
    mine = managers.accounts_of_manager(now)
    at_desk = desk.home_desk(now, mine) if mine else []
    if now.requester.role is Role.MEMBER:
        shown = _home(now, at_desk)
    elif mine:
        shown = say.manager_home(at_desk)
    else:
        shown = _not_yet(now)
    request.slack.views_publish(user_id=request.requester.user.user_id, view=blocks.home_view(shown))


def _not_yet(request: SlackRequest) -> Message:
    match request.requester.role:
        case Role.UNDECIDED:
            return account_choice.account_choice_home(request.reader, request.requester.others)
        case Role.NEWCOMER:
            return join.invitation_message(request.reader, product(request))
        case _:
            return say.unknown_account_home(request.reader)


def _home(request: SlackRequest, at_desk: Sequence[BlockPart]) -> Message:
    account, person = request.requester.known_account, request.requester.member
    force = programme(request)
    week = frame(request, "week", force)
    found, place, ahead, team, requests = request.database.read(
        {account.id},
        lambda session: (
            overview(session, account.id, person, today=request.today),
            own_place(session, account.id, person, week),
            shared_goal(session, account.id),
            goals.team_progress(session, account.id),
            redemption_queries.own_redemptions(session, account.id, person),
        ),
    )
    names = badges(force, request.reader.language)
    earned = [names[key] for key in found.reached if key in names]
    rewards = home.home_reward_parts(
        request.reader,
        queries.visible_rewards(request),
        requests,
        team,
        managers=queries.deciders(request),
        now=request.now,
    )
    return say.member_home(
        request.reader,
        request.requester,
        found,
        place,
        earned,
        at_desk,
        # In mode `team` a reward that the team saves for is the goal: it stands among the rewards.
        shared=None if ahead is None or (team and account.mode == "team") else (names[ahead.key], ahead),
        rewards=rewards,
        now=request.now,
    )


def home_opened(request: SlackRequest) -> None:
    """Draw the Home when its tab is opened; the messages tab needs nothing."""
    if request.body["event"].get("tab") == "home":
        if not request.requester.manages:
            managers.refresh_manager(request)
        draw_home(request)


ROUTES = Routes(events={"app_home_opened": home_opened})
