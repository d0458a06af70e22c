from hypothesis import given
from hypothesis import strategies as st

from leaderboards.disclosure import above_last, top_without_splitting_ties
from leaderboards.standings import Standing
from tests.leaderboards.builders import ranked

POINTS = st.lists(st.integers(1, 12), max_size=60)


def points(standings: tuple[Standing, ...]) -> list[int]:
    return [standing.points for standing in standings]


def test_those_tied_across_the_edge_are_out_together() -> None:
    standings = ranked(9, 8, 8, 7, 7, 7)

    assert [points(top_without_splitting_ties(standings, limit)) for limit in range(7)] == [
        [],
        [9],
        [9],
        [9, 8, 8],
        [9, 8, 8],
        [9, 8, 8],
        [9, 8, 8, 7, 7, 7],
    ]


@given(POINTS, st.integers(0, 70))
def test_the_first_ones_are_whole_ties_and_as_many_of_them_as_fit(earned: list[int], limit: int) -> None:
    standings = ranked(*earned)

    shown = top_without_splitting_ties(standings, limit)

    assert list(shown) == standings[: len(shown)]
    assert len(shown) <= limit
    if rest := standings[len(shown) :]:
        next_tie = points(tuple(rest)).count(rest[0].points)
        assert not shown or shown[-1].points > rest[0].points
        assert len(shown) + next_tie > limit


@given(POINTS)
def test_the_last_and_whoever_is_tied_with_them_are_left_out(earned: list[int]) -> None:
    expected = sorted((each for each in earned if each > min(earned)), reverse=True) if len(earned) >= 4 else []

    assert points(above_last(ranked(*earned))) == expected
