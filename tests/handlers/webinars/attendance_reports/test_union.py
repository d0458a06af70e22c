from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from handlers.webinars.attendance_reports import Interval, union, union_minutes

START = datetime(2026, 9, 10, 13, 0, tzinfo=UTC)
INTERVALS = st.lists(
    st.tuples(st.integers(0, 7200), st.integers(-60, 3600)).map(
        lambda pair: (START + timedelta(seconds=pair[0]), START + timedelta(seconds=sum(pair)))
    ),
    max_size=12,
)


def test_two_devices_count_once() -> None:
    minute = timedelta(minutes=1)
    stays = [
        (START, START + 40 * minute),
        (START + 10 * minute, START + 50 * minute),
        (START + 55 * minute, START + 60 * minute),
    ]
    assert union_minutes(stays) == 55
    assert union_minutes([]) == 0
    assert union_minutes([(START, START + timedelta(seconds=59))] * 3) == 0


@given(INTERVALS, st.randoms())
def test_the_order_does_not_matter_nor_saying_it_twice(intervals: list[Interval], random: object) -> None:
    mixed = [*intervals, *intervals]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert union(mixed) == union(intervals)
    assert union(union(intervals)) == union(intervals)


@given(INTERVALS)
def test_it_is_never_more_than_the_sum_nor_than_the_span(intervals: list[Interval]) -> None:
    seconds = [max((end - start).total_seconds(), 0) for start, end in intervals]
    found = union_minutes(intervals)
    assert max(seconds, default=0) // 60 <= found <= sum(seconds) / 60
    if intervals:
        span = max(end for _, end in intervals) - min(start for start, _ in intervals)
        assert found <= max(span.total_seconds(), 0) / 60


@given(INTERVALS)
def test_its_intervals_stand_apart_and_cover_the_same_seconds(intervals: list[Interval]) -> None:
    whole = union(intervals)
    assert all(one[1] < two[0] for one, two in pairwise(whole))
    for start, end in intervals:
        assert end <= start or any(first <= start and end <= last for first, last in whole)
