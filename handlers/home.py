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


def draw_home(asked: SlackRequest) -> None:
    """Publish somebody's Home as it is now, whatever was true when they opened or pressed it."""
    now = asked.refreshed()
    mine = managers.accounts_of_manager(now)
    at_desk = desk.home_desk(now, mine) if mine else []
    if now.requester.role is Role.MEMBER:
        shown = _home(now, at_desk)
    elif mine:
        shown = say.only_desk(at_desk)
    else:
        shown = _not_yet(now)
    asked.slack.views_publish(user_id=asked.requester.user.user_id, view=blocks.home(shown))


def _not_yet(asked: SlackRequest) -> Message:
    match asked.requester.role:
        case Role.UNDECIDED:
            return account_choice.home(asked.reader, asked.requester.others)
        case Role.NEWCOMER:
            return join.invitation(asked.reader, product(asked))
        case _:
            return say.not_yet(asked.reader)


def _home(asked: SlackRequest, at_desk: Sequence[BlockPart]) -> Message:
    account, person = asked.requester.known_account, asked.requester.member
    force = programme(asked)
    week = frame(asked, "week", force)
    found, place, ahead, team, requests = asked.database.read(
        {account.id},
        lambda session: (
            overview(session, account.id, person, today=asked.today),
            own_place(session, account.id, person, week),
            shared_goal(session, account.id),
            goals.team_progress(session, account.id),
            redemption_queries.own_redemptions(session, account.id, person),
        ),
    )
    names = badges(force, asked.reader.language)
    earned = [names[key] for key in found.reached if key in names]
    rewards = home.parts(
        asked.reader,
        queries.visible_rewards(asked),
        requests,
        team,
        managers=queries.deciders(asked),
        now=asked.now,
    )
    return say.home(
        asked.reader,
        asked.requester,
        found,
        place,
        earned,
        at_desk,
        # In mode `team` a reward that the team saves for is the goal: it stands among the rewards.
        shared=None if ahead is None or (team and account.mode == "team") else (names[ahead.key], ahead),
        rewards=rewards,
        now=asked.now,
    )


def home_opened(asked: SlackRequest) -> None:
    """Draw the Home when its tab is opened; the messages tab needs nothing."""
    if asked.body["event"].get("tab") == "home":
        if not asked.requester.manages:
            managers.refresh_manager(asked)
        draw_home(asked)


ROUTES = Routes(events={"app_home_opened": home_opened})
