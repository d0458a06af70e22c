"""What an account's people may see of each other, by the mode that its owner set.

- `private`: the team's total and goal; no names, no ranks.
- `team`: those, and at most three strong weeks.
- `board`: the team's total and goal, the top third with their ranks, and in the channel who gained most.

In every mode somebody's own place is for themself alone, and says how far the next place is, not whose it is. Names
are of people who chose to be on the boards; nobody last, or tied with the last, is ever named; ranks begin with four
ranked people.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, cast

from sqlmodel import Session, col, select

from leaderboards.disclosure import MIN_RANKED, top_without_splitting_ties
from leaderboards.highlights import (
    USUAL_PERIODS,
    Best,
    Improved,
    StrongWeek,
    most_improved,
    per_seat,
    personal_best,
    strong_weeks,
)
from leaderboards.periods import ALWAYS, Frame, Span, Stretch
from leaderboards.score_sources import Source, source_of
from leaderboards.standings import OwnStanding, Standing, counted, earned_before, on_boards, ranks, team_total
from storage.tables import Account, Reached
from storage.tables.base import Mode

MAX_PUBLIC_ROWS = 10
"""So many a public board shows at most."""

Goals = Sequence[tuple[str, int]]
"""The programme's team milestones: key, and the points together that reach it."""


@dataclass(frozen=True, slots=True)
class PublicBoard:
    """Those whom a board may show.

    Where it may show nobody, `without` says why: too `few` are ranked, or too many are `level` at the top.
    """

    rows: tuple[Standing, ...]
    without: Literal["few", "level"] | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A line of a board.

    `moved` is how many places up since the last period, negative for down; None for whoever had no rank then.
    """

    rank: int
    name: str
    points: int
    moved: int | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """The next milestone that a team reaches together: its key, its points, and how many there are."""

    key: str
    points: int
    have: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a channel may be told of a period. `total_before` is the last period's, None for `all` and a season.

    `improved` takes a look at everybody on the boards: it is found for what is posted, not at every press.
    """

    account: str
    mode: Mode
    period: Stretch
    span: Span
    season: str | None = None
    total: int
    total_before: int | None = None
    per_seat: int | None = None
    goal: Goal | None = None
    ranked: int = 0
    rows: tuple[BoardRow, ...] = ()
    without: Literal["few", "level"] | None = None
    strong: tuple[StrongWeek, ...] = ()
    improved: tuple[Improved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """What only the person sees.

    `rank`, `to_next`, `next_rank` and `moved` are None where they do not rank or fewer than four people do. How many
    rank is left out: a rank beside it would say who is last.
    """

    points: int
    points_before: int | None = None
    rank: int | None = None
    to_next: int | None = None
    next_rank: int | None = None
    moved: int | None = None


@dataclass(frozen=True, slots=True)
class OwnBoard:
    """The public board with the person's row marked, and their own place.

    `best_before` is their best period before this one, None where they had no points yet.
    """

    board: Board
    own: OwnPlace
    best_before: Best | None = None


def public_standings(standings: Sequence[Standing], ranked: int | None = None) -> PublicBoard:
    """Return the top third, at most ten; those tied across the edge are out together, so the last are never in.

    `standings` are those ranked on the boards, best first: all of them, or, where `ranked` counts them, at least one
    more than `public_row_limit(ranked)`.
    """
    count = len(standings) if ranked is None else ranked
    if count < MIN_RANKED:
        return PublicBoard((), "few")
    rows = top_without_splitting_ties(standings, public_row_limit(count))
    return PublicBoard(rows, None if rows else "level")


def public_row_limit(ranked: int) -> int:
    """Return how many of so many ranked people a public board shows at most."""
    return min(ranked // 3, MAX_PUBLIC_ROWS) if ranked >= MIN_RANKED else 0


def next_goal(goals: Goals, reached: Collection[str], have: int) -> Goal | None:
    """Return the nearest milestone ahead of `have` points that was not reached yet, None where there is none."""
    ahead = [Goal(key, points, have) for key, points in goals if points > have and key not in reached]
    return min(ahead, key=lambda goal: goal.points, default=None)


def public_board(session: Session, account_id: int, frame: Frame, goals: Goals = ()) -> Board:
    """Return what the account's channel may be told of a period."""
    board, _ = _board(session, account_id, frame, source_of(session, account_id, frame), goals)
    return replace(board, improved=improved(session, account_id, frame))


def private_board(session: Session, account_id: int, person_id: int, frame: Frame, goals: Goals = ()) -> OwnBoard:
    """Return what the person may be told: what the channel may, their own row in it, and their own place."""
    source = source_of(session, account_id, frame)
    board, whose = _board(session, account_id, frame, source, goals)
    rows = tuple(replace(row, own=shown_id == person_id) for row, shown_id in zip(board.rows, whose, strict=True))
    last = next(frame.past(), None)
    best_before = personal_best(session, account_id, person_id, last) if last else None
    return OwnBoard(replace(board, rows=rows), _own(session, account_id, person_id, frame, source), best_before)


def own_place(session: Session, account_id: int, person_id: int, frame: Frame) -> OwnPlace:
    """Return the person's own points and place in a period. Raises NoResultFound where there is no such person."""
    return _own(session, account_id, person_id, frame, source_of(session, account_id, frame))


def _own(session: Session, account_id: int, person_id: int, frame: Frame, source: Source) -> OwnPlace:
    last = next(frame.past(), None)
    standing_before = source_of(session, account_id, last).place(person_id) if last else None
    return own_row(source.place(person_id), standing_before)


def own_row(now: OwnStanding, then: OwnStanding | None = None) -> OwnPlace:
    """Return what a person is told of their place `now`, and `then`, in the period before."""
    points_before = then.points if then else None
    if now.rank is None or now.of < MIN_RANKED:
        return OwnPlace(points=now.points, points_before=points_before)
    rank_then = then.rank if then and then.of >= MIN_RANKED else None
    return OwnPlace(
        points=now.points,
        points_before=points_before,
        rank=now.rank,
        to_next=now.to_next,
        next_rank=now.next_rank,
        moved=None if rank_then is None else rank_then - now.rank,
    )


def everyones_board(session: Session, account_id: int, frame: Frame) -> Board:
    """Return the first ten of all who earn, joined or not: the command line's, never Slack's."""
    account = _account(session, account_id)
    source = source_of(session, account_id, frame)
    standings = source.everyone()
    last = next(frame.past(), None)
    standings_before = source_of(session, account_id, last).everyone() if last else []
    ranks_before = {standing.person_id: standing.rank for standing in standings_before}
    rows = (
        BoardRow(
            standing.rank,
            standing.name,
            standing.points,
            ranks_before[standing.person_id] - standing.rank if standing.person_id in ranks_before else None,
        )
        for standing in standings[:MAX_PUBLIC_ROWS]
    )
    return Board(
        account=account.name,
        mode="board",
        period=frame.period,
        span=frame.span,
        season=frame.name,
        total=source.team_total(),
        ranked=len(standings),
        rows=tuple(rows),
    )


def improved(session: Session, account_id: int, frame: Frame) -> tuple[Improved, ...]:
    """Return who gained most on the last period, where the mode shows names by their points: in `board`."""
    last = next(frame.past(), None)
    if last is None or frame.period == "season" or _account(session, account_id).mode != "board":
        return ()
    now = on_boards(session, account_id, frame.period, frame.span.start)
    return most_improved(now, on_boards(session, account_id, frame.period, last.span.start))


def _board(
    session: Session, account_id: int, frame: Frame, source: Source, goals: Goals
) -> tuple[Board, tuple[int, ...]]:
    """Return the board, and the person ids of its rows."""
    account = _account(session, account_id)
    last = next(frame.past(), None)
    total = source.team_total()
    board = Board(
        account=account.name,
        mode=cast("Mode", account.mode),
        period=frame.period,
        span=frame.span,
        season=frame.name,
        total=total,
        total_before=source_of(session, account_id, last).team_total() if last else None,
        per_seat=per_seat(total, source.active()),
        goal=team_goal(session, account_id, goals),
        ranked=source.counted(),
    )
    match board.mode:
        case "private":
            return board, ()
        case "team":
            return replace(board, strong=_strong(session, account_id, frame)), ()
        case "board":
            public = public_standings(source.top(public_row_limit(board.ranked) + 1), board.ranked)
            rows = _rows(session, account_id, frame, public.rows)
            return replace(board, rows=rows, without=public.without), tuple(row.person_id for row in public.rows)


def _account(session: Session, account_id: int) -> Account:
    return session.exec(select(Account).where(col(Account.id) == account_id)).one()


def team_goal(session: Session, account_id: int, goals: Goals) -> Goal | None:
    """Return the next of the team's milestones, None where there is none ahead."""
    if not goals:
        return None
    together = select(Reached.milestone).where(col(Reached.account_id) == account_id, col(Reached.person_id).is_(None))
    have = team_total(session, account_id, "all", ALWAYS)
    return next_goal(goals, set(session.exec(together)), have)


def _strong(session: Session, account_id: int, frame: Frame) -> tuple[StrongWeek, ...]:
    starts = [period.span.start for period in islice(frame.past(), USUAL_PERIODS)]
    if not starts or frame.period == "season":
        return ()
    standings = on_boards(session, account_id, frame.period, frame.span.start)
    return strong_weeks(standings, earned_before(session, account_id, frame.period, starts))


def _rows(session: Session, account_id: int, frame: Frame, standings: Sequence[Standing]) -> tuple[BoardRow, ...]:
    ranks_before: dict[int, int] = {}
    last = next(frame.past(), None)
    if (
        standings
        and last
        and frame.period != "season"
        and counted(session, account_id, frame.period, last.span.start) >= MIN_RANKED
    ):
        ranks_before = ranks(
            session, account_id, frame.period, last.span.start, [standing.person_id for standing in standings]
        )
    return tuple(
        BoardRow(
            standing.rank,
            standing.name,
            standing.points,
            ranks_before[standing.person_id] - standing.rank if standing.person_id in ranks_before else None,
        )
        for standing in standings
    )
