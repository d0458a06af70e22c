import datetime as dt
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboards.highlights import Best, Improved, StrongWeek, most_improved, per_seat, personal_best, strong_weeks
from leaderboards.periods import frame_of
from storage.database import Database
from storage.tables import Score
from tests.leaderboards.builders import ranked
from tests.leaderboards.standings_data import START, WEEK, Someone, settle

POINTS = st.integers(1, 15)


def test_strong_weeks_are_above_ones_own_median_most_points_first() -> None:
    standings = ranked(100, 90, 80, 70, 10)
    earlier = {1: [100, 100, 100, 100], 2: [90, 80, 100, 70], 3: [500, 10, 10], 4: [], 5: []}

    # The first only did as usual; the second's usual is 85, the third's 10; the fourth is new; the fifth is last.
    assert strong_weeks(standings, earlier) == (StrongWeek("p2", 90), StrongWeek("p3", 80), StrongWeek("p4", 70))


def test_at_most_three_strong_weeks_are_named_and_ties_at_the_edge_are_out_together() -> None:
    assert strong_weeks(ranked(9, 8, 7, 6, 1), {}) == (StrongWeek("p1", 9), StrongWeek("p2", 8), StrongWeek("p3", 7))
    assert strong_weeks(ranked(9, 8, 7, 7, 1), {}) == (StrongWeek("p1", 9), StrongWeek("p2", 8))


@pytest.mark.parametrize("points", [(), (9,), (9, 8, 7), (7, 7, 7, 7, 7)])
def test_among_a_few_or_where_all_are_level_no_strong_week_is_named(points: tuple[int, ...]) -> None:
    assert strong_weeks(ranked(*points), {}) == ()


@given(st.lists(st.tuples(POINTS, st.lists(POINTS, max_size=4)), max_size=30))
def test_a_strong_week_is_never_the_lasts_nor_a_usual_one(weeks: list[tuple[int, list[int]]]) -> None:
    points = [now for now, _ in weeks]
    earlier = {number: past for number, (_, past) in enumerate(weeks, 1)}

    named = strong_weeks(ranked(*points), earlier)

    assert len(named) <= 3
    assert len(weeks) >= 4 or not named
    for each in named:
        assert each.points > median([*earlier[int(each.name[1:])], 0, 0, 0, 0][:4])
        assert each.points > min(points)


def test_most_improved_is_whoever_gained_most_on_themself() -> None:
    # The fourth has no week before, the fifth gained most of all but is last.
    before = [each for each in ranked(50, 25, 30, 9, 1) if each.name != "p4"]

    assert most_improved(ranked(60, 45, 50, 40, 39), before) == (Improved("p3", 20), Improved("p2", 20))


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ((9, 8, 7), (1, 1, 1)),  # too few
        ((9, 8, 7, 6), (9, 9, 9, 9)),  # nobody gained
        ((9, 9, 9, 9, 1), (1, 1, 1, 1, 1)),  # four at once
        ((9, 9, 9, 9), (1, 2, 3, 4)),  # all level: all are last
        ((9, 8, 7, 6), ()),
    ],
)
def test_nobody_is_most_improved(now: tuple[int, ...], before: tuple[int, ...]) -> None:
    assert most_improved(ranked(*now), ranked(*before)) == ()


@given(st.lists(st.tuples(POINTS, POINTS), max_size=20))
def test_the_most_improved_gained_are_not_last_and_nobody_else_gained_more(weeks: list[tuple[int, int]]) -> None:
    points = [now for now, _ in weeks]
    gains = {f"p{number}": now - before for number, (now, before) in enumerate(weeks, 1)}

    named = most_improved(ranked(*points), ranked(*(before for _, before in weeks)))

    assert all(each.gained == gains[each.name] > 0 for each in named)
    assert all(points[int(each.name[1:]) - 1] > min(points) for each in named)
    rivals = [gains[f"p{number}"] for number, now in enumerate(points, 1) if now > min(points)]
    assert all(each.gained == max(rivals) for each in named)


def test_points_per_seat_are_told_from_four_people_on() -> None:
    assert [per_seat(100, active) for active in (0, 3, 4, 7)] == [None, None, 25, 14]


def test_ones_best_week_is_the_earliest_of_equal_ones_and_never_a_later_one(database: Database) -> None:
    account = settle(database, Someone("ania", 30, [50, 10, 0, 50, 20]), Someone("jun", 70, [60, 60]))
    four_weeks_ago = START - dt.timedelta(weeks=4)
    then = frame_of("week", four_weeks_ago - dt.timedelta(days=1))

    assert database.read({account}, lambda s: personal_best(s, account, 1, WEEK)) == Best(four_weeks_ago, 50)
    assert database.read({account}, lambda s: personal_best(s, account, 1, then)) == Best(then.span.start, 20)
    assert database.read({account}, lambda s: personal_best(s, account, 2, then)) is None


def test_without_points_there_is_no_best(database: Database) -> None:
    account = settle(database, Someone("idle"), Someone("reversed", -5))

    assert database.read({account}, lambda s: personal_best(s, account, 1, WEEK)) is None
    assert database.read({account}, lambda s: personal_best(s, account, 2, WEEK)) is None
    assert database.read({account}, lambda s: personal_best(s, account, 2, frame_of("all", START))) is None


def test_the_best_of_all_time_is_all_time(database: Database) -> None:
    account = settle(database, Someone("ania", 30))
    everything = frame_of("all", START)
    start = everything.span.start
    database.write(
        {account},
        lambda s: s.add(Score(account_id=account, period="all", start=start, person_id=1, points=300)),
    )

    assert database.read({account}, lambda s: personal_best(s, account, 1, everything)) == Best(start, 300)
