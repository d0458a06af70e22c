import datetime as dt
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from leaderboards.boards import (
    Board,
    BoardRow,
    Goal,
    OwnBoard,
    OwnPlace,
    PublicBoard,
    improved,
    next_goal,
    own_place,
    own_row,
    private_board,
    public_board,
    public_row_limit,
    public_standings,
)
from leaderboards.highlights import Best, Improved, StrongWeek
from leaderboards.periods import ALWAYS, Span, frame_of
from leaderboards.standings import OwnStanding, top
from storage.database import Database
from storage.tables import Account, Reached, Score, TeamScore
from tests.leaderboards.builders import ranked
from tests.leaderboards.standings_data import NOW, START, WEEK, Someone, settle

PEOPLE = (
    Someone("ania", 90, [60, 100, 100, 95], name="Ania Nowak"),
    Someone("jun", 80, [80], name="Jun Park"),
    Someone("marek", 70),
    Someone("ewa", 60, [50]),
    Someone("ola", 50, [60]),
    Someone("piotr", 40, [90, 90, 90]),
    Someone("hana", 30, [10]),
    Someone("mina", 20),
    Someone("soo", 10),
    Someone("hidden", 85, [300], on_boards=False),
    Someone("unjoined", 500, [400], on_boards=None),
)
ANIA, HIDDEN = 1, 10
TOGETHER = Board(
    account="Northwind",
    mode="private",
    period="week",
    span=Span(START, START + dt.timedelta(weeks=1)),
    total=1035,
    total_before=1050,
    per_seat=94,
    ranked=9,
)
ROWS = (BoardRow(1, "Ania Nowak", 90, 2), BoardRow(2, "Jun Park", 80, 0), BoardRow(3, "marek", 70, None))
STRONG = (StrongWeek("Jun Park", 80), StrongWeek("marek", 70), StrongWeek("ewa", 60))
GOALS = [("far", 9000), ("together", 3000), ("first", 1000)]


@given(st.lists(st.integers(1, 25), max_size=80))
def test_in_public_are_at_most_the_top_third_at_most_ten_whole_ties_and_never_the_last(earned: list[int]) -> None:
    standings = ranked(*earned)

    board = public_standings(standings)

    shown = list(board.rows)
    assert shown == standings[: len(shown)]
    assert len(shown) <= min(len(earned) // 3, 10)
    assert len(earned) >= 4 or not shown
    left_out = [standing.points for standing in standings[len(shown) :]]
    assert all(standing.points > max(left_out) for standing in shown)
    assert (board.without is None) == bool(shown)
    if len(earned) >= 4 and len(set(earned)) == len(earned):
        assert len(shown) == min(len(earned) // 3, 10)


@given(st.lists(st.integers(1, 25), min_size=4, max_size=80))
def test_a_board_needs_only_one_more_than_it_may_show(earned: list[int]) -> None:
    standings = ranked(*earned)

    assert public_standings(standings[: public_row_limit(len(standings)) + 1], len(standings)) == public_standings(
        standings
    )


@pytest.mark.parametrize(
    ("earned", "shown", "without"),
    [
        ((), 0, "few"),
        ((3, 2, 1), 0, "few"),
        ((4, 3, 2, 1), 1, None),
        ((4, 4, 2, 1), 0, "level"),
        ((5, 5, 5, 5, 5, 5), 0, "level"),
        ((6, 5, 5, 3, 2, 1), 1, None),
        ((6, 6, 5, 3, 2, 1), 2, None),
        (tuple(range(1, 41)), 10, None),
        ((*range(12, 51), 41), 9, None),
    ],
)
def test_where_nobody_can_be_shown_a_board_says_why(
    earned: tuple[int, ...], shown: int, without: Literal["few", "level"] | None
) -> None:
    standings = ranked(*earned)

    assert public_standings(standings) == PublicBoard(tuple(standings[:shown]), without)


def test_a_board_shows_the_top_third_of_those_who_chose_to_be_on_it(database: Database) -> None:
    account = settle(database, *PEOPLE)

    found = database.read({account}, lambda s: public_board(s, account, WEEK))

    assert found == replace(TOGETHER, mode="board", rows=ROWS, improved=(Improved("Ania Nowak", 30),))


def test_a_team_sees_its_total_and_strong_weeks_without_ranks(database: Database) -> None:
    account = settle(database, *PEOPLE, mode="team")

    found = database.read({account}, lambda s: public_board(s, account, WEEK))

    assert found == replace(TOGETHER, mode="team", strong=STRONG)


def test_in_private_mode_a_channel_is_told_no_names(database: Database) -> None:
    account = settle(database, *PEOPLE, mode="private")

    found = database.read({account}, lambda s: public_board(s, account, WEEK))

    assert found == TOGETHER


@pytest.mark.parametrize("mode", ["board", "team", "private"])
def test_among_a_few_a_channel_is_told_the_total_alone(database: Database, mode: Literal["board", "team"]) -> None:
    account = settle(database, *PEOPLE[:3], *PEOPLE[-2:], mode=mode)

    found = database.read({account}, lambda s: public_board(s, account, WEEK))

    without: Literal["few"] | None = "few" if mode == "board" else None
    assert found == replace(TOGETHER, mode=mode, total=825, total_before=840, per_seat=165, ranked=3, without=without)


def test_nobody_moved_where_there_were_no_ranks_the_last_time(database: Database) -> None:
    account = settle(database, *(replace(who, past=()) for who in PEOPLE[3:9]), *PEOPLE[:3], PEOPLE[HIDDEN - 1])

    found = database.read({account}, lambda s: public_board(s, account, WEEK))

    assert found.rows == tuple(replace(row, moved=None) for row in ROWS)


def test_a_person_sees_their_own_row_marked_and_their_place(database: Database) -> None:
    account = settle(database, *PEOPLE)

    found = database.read({account}, lambda s: private_board(s, account, ANIA, WEEK))

    rows = (replace(ROWS[0], own=True), *ROWS[1:])
    place = OwnPlace(points=90, points_before=60, rank=1, moved=2)
    best = Best(START - dt.timedelta(weeks=3), 100)
    assert found == OwnBoard(replace(TOGETHER, mode="board", rows=rows), place, best)


def test_whoever_left_the_boards_has_a_place_for_themself_and_changes_no_row(database: Database) -> None:
    account = settle(database, *PEOPLE)

    found = database.read({account}, lambda s: private_board(s, account, HIDDEN, WEEK))

    place = OwnPlace(points=85, points_before=300, rank=2, to_next=5, next_rank=1, moved=-1)
    assert found == OwnBoard(
        replace(TOGETHER, mode="board", rows=ROWS), place, Best(START - dt.timedelta(weeks=1), 300)
    )


@pytest.mark.parametrize("mode", ["team", "private"])
def test_ones_own_place_is_there_in_every_mode(database: Database, mode: Literal["team", "private"]) -> None:
    account = settle(database, *PEOPLE, mode=mode)

    found = database.read({account}, lambda s: private_board(s, account, 9, WEEK))

    assert found.own == OwnPlace(points=10, points_before=0, rank=9, to_next=10, next_rank=8)
    assert found.board == replace(TOGETHER, mode=mode, strong=STRONG if mode == "team" else ())


def test_all_time_has_nothing_before_it(database: Database) -> None:
    account = settle(database, *PEOPLE)
    database.write({account}, lambda s: _all_time(s, account, [700, 600, 500, 400]))

    found = database.read({account}, lambda s: private_board(s, account, 2, frame_of("all", START)))

    assert found == OwnBoard(
        Board(
            account="Northwind",
            mode="board",
            period="all",
            span=Span(ALWAYS, None),
            total=2500,
            per_seat=625,
            ranked=4,
            rows=(BoardRow(1, "Ania Nowak", 700),),
        ),
        OwnPlace(points=600, rank=2, to_next=100, next_rank=1),
    )
    database.write({account}, lambda s: _mode(s, account, "team"))
    assert database.read({account}, lambda s: public_board(s, account, frame_of("all", START))).strong == ()


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (
            OwnStanding(30, 8, 3, 5, 2),
            OwnStanding(9, 7, 7),
            OwnPlace(points=30, points_before=9, rank=3, to_next=5, next_rank=2, moved=4),
        ),
        (
            OwnStanding(30, 8, 3, 5, 2),
            OwnStanding(9, 3, 1),
            OwnPlace(points=30, points_before=9, rank=3, to_next=5, next_rank=2),
        ),
        (OwnStanding(30, 3, 3, 5, 2), OwnStanding(9, 7, 7), OwnPlace(points=30, points_before=9)),
        (OwnStanding(0, 8), OwnStanding(9, 7, 7), OwnPlace(points=0, points_before=9)),
        (OwnStanding(30, 4, 1), None, OwnPlace(points=30, rank=1)),
    ],
)
def test_below_four_ranked_people_not_even_ones_own_rank_is_told(
    now: OwnStanding, then: OwnStanding | None, expected: OwnPlace
) -> None:
    assert own_row(now, then) == expected


def test_ones_own_place_never_says_whose_the_next_one_is(database: Database) -> None:
    account = settle(database, *PEOPLE, mode="private")

    found = database.read({account}, lambda s: own_place(s, account, 2, WEEK))

    assert found == OwnPlace(points=80, points_before=80, rank=2, to_next=10, next_rank=1, moved=0)


def test_the_goal_is_the_nearest_one_ahead_that_the_team_has_not_reached(database: Database) -> None:
    account = settle(database, *PEOPLE, mode="team")
    database.write({account}, lambda s: _all_time(s, account, [2000, 460]))

    def goal() -> Goal | None:
        return database.read({account}, lambda s: public_board(s, account, WEEK, GOALS)).goal

    assert goal() == Goal("together", 3000, 2460)
    database.write({account}, lambda s: _reach(s, account, "far", ANIA))
    database.write({account}, lambda s: _reach(s, account, "together", None))
    assert goal() == Goal("far", 9000, 2460)
    assert [next_goal(GOALS, [], have) for have in (0, 3000, 9000)] == [
        Goal("first", 1000, 0),
        Goal("far", 9000, 3000),
        None,
    ]


def test_most_improved_are_named_in_mode_board_alone(database: Database) -> None:
    account = settle(database, *PEOPLE)

    def found() -> tuple[Improved, ...]:
        return database.read({account}, lambda s: improved(s, account, WEEK))

    assert found() == (Improved("Ania Nowak", 30),)
    assert database.read({account}, lambda s: improved(s, account, frame_of("all", START))) == ()
    for mode in ("team", "private"):
        database.write({account}, lambda s, mode=mode: _mode(s, account, mode))  # type: ignore[misc]
        assert found() == ()


def test_the_public_board_is_the_same_from_the_whole_list_as_from_its_top(database: Database) -> None:
    account = settle(database, *(Someone(f"u{number}", 1 + number // 4) for number in range(22)))

    best = database.read({account}, lambda s: top(s, account, "week", START, public_row_limit(22) + 1))
    found = database.read({account}, lambda s: public_board(s, account, WEEK))

    assert (
        [row.points for row in found.rows]
        == [standing.points for standing in public_standings(best, 22).rows]
        == [6, 6, 5, 5, 5, 5]
    )


def _all_time(session: Session, account: int, points: list[int]) -> None:
    """Write all-time scores for the first people, and 300 more that the pool was given where there are four."""
    for person_id, earned in enumerate(points, 1):
        session.add(Score(account_id=account, period="all", start=ALWAYS, person_id=person_id, points=earned))
    given = 300 if len(points) == 4 else 0
    session.add(TeamScore(account_id=account, period="all", start=ALWAYS, points=sum(points) + given))


def _reach(session: Session, account: int, milestone: str, person_id: int | None) -> None:
    session.add(
        Reached(
            account_id=account,
            id=900 + len(milestone),
            milestone=milestone,
            person_id=person_id,
            version=1,
            occurred_at=NOW,
            recorded_at=NOW,
            announced=True,
        )
    )


def _mode(session: Session, account: int, mode: str) -> None:
    session.get_one(Account, account).mode = mode
