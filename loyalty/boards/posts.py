"""The board that a channel gets after each period: when it is due, and what it says as it leaves."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from leaderboards.boards import Board, Goal, OwnBoard, private_board, public_board, team_goal
from leaderboards.periods import Frame, at, frame_of
from loyalty.accounts.channels import channels_of
from loyalty.notifications.contact_policy import channel_hold, quiet_hours_end
from loyalty.notifications.outbox_messages import channel_message
from loyalty.programme import LocalizedText, Programme, TeamPoints
from loyalty.programme.versions import InForce, NoProgrammeError, in_force
from loyalty.rewards.goals import team_progress
from storage import outbox
from storage.outbox import Claimed, Drop, Later, OutboxMessage
from storage.tables import Account, Channel, Outgoing

BOARD_KIND = "board"
BOARD_NEWS_FOR = dt.timedelta(days=1)
"""How long after it was due a board is still posted."""
Names = Mapping[str, LocalizedText | None]
"""What goals are called, by key; None: by their key."""
_PERIODS_BACK = 4
"""How many past periods may have a board that is still to be posted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFacts:
    """What a board says, in the account's language. `badges` are what milestones are called, by key."""

    account_id: int
    language: str
    timezone: str
    board: Board
    badges: Names
    chart: bool


def due_boards(session: Session, now: dt.datetime) -> dict[int, list[OutboxMessage]]:
    """Return the boards to put into the outbox, by account: due, not long ago, and not there yet.

    Wants the operator's scope. Each has a key of its own, of channel and period, so it is put once, however many ask.
    """
    try:
        force = in_force(session)
    except NoProgrammeError:
        return {}
    bound = select(Account, Channel).join(Channel, col(Channel.account_id) == col(Account.id))
    messages: dict[int, list[OutboxMessage]] = defaultdict(list)
    for account, channel in session.execute(bound.order_by(col(Channel.account_id), col(Channel.id))):
        messages[channel.account_id] += _due_messages(force, account, channel, now)
    return _not_in_outbox(session, messages)


def _due_messages(force: InForce, account: Account, channel: Channel, now: dt.datetime) -> Iterator[OutboxMessage]:
    """Yield the boards that are due in a channel and still news: over a weekend that may be a few days' ones."""
    zone = ZoneInfo(account.timezone)
    current = frame_of(force.programme.boards.period, now.astimezone(zone).date(), force.week_starts)
    for frame in islice(current.past(), _PERIODS_BACK):
        posted = posted_at(force.programme, frame, zone)
        if posted is not None and posted <= now < posted + BOARD_NEWS_FOR:
            yield _board_message(channel, frame, posted)


def post_latest(session: Session, account: Account, *, now: dt.datetime) -> bool:
    """Put the board of the account's last whole period into the outbox, before its time; return whether it is new."""
    force = in_force(session)
    today = now.astimezone(ZoneInfo(account.timezone)).date()
    frame = next(frame_of(force.programme.boards.period, today, force.week_starts).past())
    assert account.id is not None  # noqa: S101 - read from the database
    messages = [_board_message(channel, frame, now) for channel in channels_of(session, account.id)]
    return outbox.put_message(session, account.id, messages, now=now) > 0


def _board_message(channel: Channel, frame: Frame, posted: dt.datetime) -> OutboxMessage:
    return channel_message(
        channel,
        key=f"board/{channel.id}/{frame.period}/{frame.span.start}",
        kind=BOARD_KIND,
        subject={"period": frame.period, "start": str(frame.span.start)},
        due_at=posted,
        good_for=BOARD_NEWS_FOR,
    )


def posted_at(programme: Programme, frame: Frame, zone: ZoneInfo) -> dt.datetime | None:
    """Return the moment at which a period's board is posted, None where none ever is.

    That is the first of the programme's weekdays once the period is over, at its hour, or when the quiet then ends.
    """
    post, over = programme.boards.post, frame.span.end
    if post is None or over is None:
        return None
    ahead = 0 if post.weekday is None else (post.weekday - over.weekday()) % 7
    return quiet_hours_end(programme.contact, at(over + dt.timedelta(days=ahead), post.at, zone), zone)


def board_facts(session: Session, claimed: Claimed, now: dt.datetime) -> BoardFacts | Drop | Later:
    """Return what a board says that is about to leave, or why it does not leave, or not now."""
    account, force = session.get_one(Account, claimed.account_id), in_force(session)
    if (hold := channel_hold(session, claimed, now)) is not None:
        return hold
    subject = claimed.message.subject
    frame = frame_of(subject["period"], dt.date.fromisoformat(subject["start"]), force.week_starts)
    board = public_board(session, claimed.account_id, frame, team_goals(force.programme))
    board, saved_for = with_team_reward(session, claimed.account_id, board)
    badges: Names = {milestone.key: milestone.badge for milestone in force.programme.milestones}
    if board.total <= 0:
        return Drop("nobody earned anything in the period")
    return BoardFacts(
        account_id=claimed.account_id,
        language=account.language,
        timezone=account.timezone,
        board=board,
        badges={**badges, **saved_for},
        chart=force.programme.boards.chart,
    )


def with_team_reward(session: Session, account_id: int, board: Board) -> tuple[Board, Names]:
    """Return the board with the reward that the team saves for as its goal, and what that is called, by key.

    In mode `team`, and where the team saves for one; else as it was: the goal is the next milestone.
    """
    saved_for = team_progress(session, account_id) if board.mode == "team" else None
    if saved_for is None:
        return board, {}
    goal = Goal(key=saved_for.reward.key, points=saved_for.cost, have=saved_for.have)
    return replace(board, goal=goal), {goal.key: saved_for.reward.name}


def own_board(session: Session, account_id: int, person_id: int, frame: Frame) -> tuple[OwnBoard, Names]:
    """Return what a person may be told of a period, and what its goal is called where that is a reward.

    Errors: `NoProgrammeError`.
    """
    own = private_board(session, account_id, person_id, frame, team_goals(in_force(session).programme))
    board, saved_for = with_team_reward(session, account_id, own.board)
    return replace(own, board=board), saved_for


def shared_goal(session: Session, account_id: int) -> Goal | None:
    """Return the milestone that the account's people come nearer to together, None where there is none ahead.

    Errors: `NoProgrammeError`.
    """
    return team_goal(session, account_id, team_goals(in_force(session).programme))


def team_goals(programme: Programme) -> Sequence[tuple[str, int]]:
    """Return the milestones that a team reaches together: key and points."""
    return [
        (milestone.key, milestone.when.team_points)
        for milestone in programme.milestones
        if isinstance(milestone.when, TeamPoints)
    ]


def _not_in_outbox(
    session: Session, messages_by_account: Mapping[int, Sequence[OutboxMessage]]
) -> dict[int, list[OutboxMessage]]:
    keys = {message.key for messages in messages_by_account.values() for message in messages}
    rows: Any = session.execute(
        select(col(Outgoing.account_id), col(Outgoing.key)).where(
            col(Outgoing.account_id).in_(messages_by_account), col(Outgoing.key).in_(keys)
        )
    )
    known = {(account_id, key) for account_id, key in rows}
    new = {
        account_id: [message for message in messages if (account_id, message.key) not in known]
        for account_id, messages in messages_by_account.items()
    }
    return {account_id: messages for account_id, messages in new.items() if messages}
