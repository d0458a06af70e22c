"""The app's Home."""

from collections.abc import Sequence

from handlers import managers
from handlers.desk import overview as desk
from handlers.programme.queries import badges, frame, product
from handlers.request import Routes, SlackRequest
from handlers.slack.responses import publish_home
from leaderboards.boards import own_place
from loyalty.accounts.managers import managed_accounts, manager_names
from loyalty.accounts.requester import Role, identify
from loyalty.boards.posts import shared_goal
from loyalty.overview.overview import overview
from loyalty.programme.versions import in_force
from loyalty.rewards import goals, redemption_queries
from loyalty.rewards.catalogue import catalogue
from loyalty.webinars.overview.queries import member_webinars
from messages import home as say
from messages.kit.blocks import BlockPart, Message
from messages.members import account_choice, join
from messages.rewards import home as say_rewards
from messages.webinars import overview as say_webinars
from storage.database import OPERATOR


def draw_home(request: SlackRequest) -> None:
    """Publish somebody's Home as it is now, whatever was true when they opened or pressed it."""
    user = request.requester.user
    requester, managed = request.database.read(
        OPERATOR, lambda session: (identify(session, user, request.origin), managed_accounts(session, user))
    )
    request = request.as_requester(requester, now=request.services.clock())
    desk_parts = desk.home_desk(request, managed) if managed else []
    if requester.role is Role.MEMBER:
        content = _member_home(request, desk_parts)
    elif managed:
        content = say.manager_home(desk_parts)
    else:
        content = _home_before_joining(request)
    publish_home(request.slack, user.user_id, content)


def _home_before_joining(request: SlackRequest) -> Message:
    match request.requester.role:
        case Role.UNDECIDED:
            return account_choice.account_choice_home(request.reader, request.requester.others)
        case Role.NEWCOMER:
            return join.invitation_message(request.reader, product(request))
        case _:
            return say.unknown_account_home(request.reader)


def _member_home(request: SlackRequest, desk_parts: Sequence[BlockPart]) -> Message:
    account, person_id, today = request.requester.known_account, request.requester.member, request.today
    force, standing, place, ahead, team, redemptions, rewards, names_of_managers, webinars = request.database.read(
        {account.id},
        lambda session: (
            in_force(session),
            overview(session, account.id, person_id, today=today),
            own_place(session, account.id, person_id, frame(request, "week", in_force(session))),
            shared_goal(session, account.id),
            goals.team_progress(session, account.id),
            redemption_queries.own_redemptions(session, account.id, person_id),
            catalogue(session, account.id, person_id, today=today),
            manager_names(session, account.id),
            member_webinars(session, account.id, person_id, now=request.now),
        ),
    )
    names = badges(force, request.reader.language)
    earned = [names[key] for key in standing.reached if key in names]
    reward_parts = say_rewards.home_reward_parts(
        request.reader, rewards, redemptions, team, managers=names_of_managers, now=request.now
    )
    return say.member_home(
        request.reader,
        request.requester,
        standing,
        place,
        earned,
        desk_parts,
        # In mode `team` a reward that the team saves for is the goal: it stands among the rewards.
        shared=None if ahead is None or (team and account.mode == "team") else (names[ahead.key], ahead),
        rewards=reward_parts,
        webinars=say_webinars.home_webinar_parts(request.reader, account.id, webinars),
        now=request.now,
    )


def home_opened(request: SlackRequest) -> None:
    """Draw the Home when its tab is opened; the messages tab needs nothing."""
    if request.body["event"].get("tab") == "home":
        if not request.requester.manages:
            managers.refresh_manager(request)
        draw_home(request)


ROUTES = Routes(events={"app_home_opened": home_opened})
