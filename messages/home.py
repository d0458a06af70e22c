"""The app's Home: how one stands, one's own place, badges, settings."""

import datetime as dt
from collections.abc import Sequence

from leaderboards.boards import Goal, OwnPlace
from loyalty.accounts.requester import Requester
from loyalty.overview.overview import Overview
from messages.actions import BoardAction as Board
from messages.actions import PointsAction as Points
from messages.actions import ProgrammeAction as Rules
from messages.boards.board import own_place_text
from messages.boards.board import team_goal_line as team_goal
from messages.kit.blocks import BlockPart, Button, Message, buttons, divider, header, message, section
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.members.settings import settings_parts as settings
from messages.points.overview import overview_lines


def member_home(
    reader: Reader,
    asker: Requester,
    overview: Overview,
    own: OwnPlace,
    badges: Sequence[str],
    desk: Sequence[BlockPart] = (),
    *,
    shared: tuple[str, Goal] | None = None,
    rewards: Sequence[BlockPart] = (),
    webinars: Sequence[BlockPart] = (),
    now: dt.datetime,
) -> Message:
    """Return a member's Home; `badges` are the names of those earned, oldest first; `desk`: an account manager's.

    `shared`: the milestone that the whole team comes nearer to, after its name; `rewards`: what is within reach, and
    what they asked for.
    """
    return message(
        header(asker.known_account.name),
        section(join_text(overview_lines(reader, overview, now=now))),
        section(join_text((reader.say("*This week*"), own_place_text(reader, own), *_ahead(reader, shared)))),
        _badges(reader, badges),
        *webinars,
        *rewards,
        buttons(
            Button(label=reader.label("Why these points"), action=Points.WHY),
            Button(label=reader.label("History"), action=Points.HISTORY),
            Button(label=reader.label("Statement"), action=Points.STATEMENT),
            Button(label=reader.label("Leaderboard"), action=Board.SHOW),
            Button(label=reader.label("Rules"), action=Rules.RULES),
            Button(label=reader.label("What you can ask"), action=Points.HELP),
        ),
        divider(),
        *settings(reader, asker),
        *desk,
    )


def _ahead(reader: Reader, shared: tuple[str, Goal] | None) -> list[Mrkdwn]:
    return [] if shared is None else [team_goal(reader, *shared)]


def manager_home(desk: Sequence[BlockPart]) -> Message:
    """Return the Home of an account manager."""
    return message(*desk)


def _badges(reader: Reader, badges: Sequence[str]) -> BlockPart:
    if not badges:
        return section(reader.say("*Badges*\nThe first one is still ahead of you."))
    names: Mrkdwn = join_text((escape(badge) for badge in badges), ", ")
    return section(reader.say("*Badges*\n{names}", names=names))


def unknown_account_home(reader: Reader) -> Message:
    """Return the Home of somebody whose account is not known; it shows nothing of any account."""
    return message(
        header(reader.label("Welcome")),
        section(
            reader.say(
                "Here you will find your points, your badges and your settings. To begin, type `/points` in your"
                " company's channel, or press Join there."
            )
        ),
    )
