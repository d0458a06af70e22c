"""How often may be posted."""

import pytest

from bot.delivery.rate_limits import RateLimiter
from storage.outbox import Workspace

ONE, OTHER = Workspace("", "T1"), Workspace("", "T2")


def post(paces: RateLimiter, workspace: Workspace, seconds: float, late: float = 0.0) -> list[float]:
    """Post as fast as allowed for so long, always a little late; return when."""
    now, times = 0.0, []
    while (now := max(now, paces.next_at(workspace)) + late) < seconds:
        paces.take(workspace, now)
        times.append(now)
    return times


@pytest.mark.parametrize("late", [0.0, 0.004, 0.05])
def test_nearly_all_that_slack_takes_is_used_and_no_more(late: float) -> None:
    times = post(RateLimiter(5.0), ONE, 200, late)
    assert 0.95 * 1000 <= len(times) <= 0.98 * 1000 + 1


def test_lost_time_is_not_made_up_for_in_a_burst() -> None:
    paces = RateLimiter(5.0)
    paces.take(ONE, 0.0)
    times = []
    now = 60.0
    while now < 61:
        now = max(now, paces.next_at(ONE))
        paces.take(ONE, now)
        times.append(now)
    assert len(times) <= 7


def test_too_fast_means_quiet_then_slower_then_slowly_faster_again() -> None:
    paces = RateLimiter(10.0)
    paces.take(ONE, 100.0)
    paces.too_fast(ONE, 7, 100.0)
    paces.too_fast(ONE, 7, 100.1)  # one that was under way
    assert paces.next_at(ONE) == pytest.approx(107.1)
    paces.take(ONE, 107.1)
    assert paces.next_at(ONE) - 107.1 == pytest.approx(1 / (9.8 * 0.7), rel=0.01)
    for _ in range(100):
        paces.accepted(ONE)
    paces.take(ONE, 200.0)
    assert paces.next_at(ONE) - 200.0 == pytest.approx(1 / 9.8)
    assert paces.next_at(OTHER) == 0.0


def test_a_channel_is_busy_while_a_post_is_under_way_and_a_second_longer() -> None:
    paces = RateLimiter(10.0)
    paces.begin(ONE, "C1")
    assert paces.busy(ONE, 1000.0) == {"C1"}
    assert paces.busy(OTHER, 1000.0) == frozenset()
    paces.end(ONE, "C1", 1000.0)
    assert paces.busy(ONE, 1000.9) == {"C1"}
    assert paces.busy(ONE, 1001.0) == frozenset()
