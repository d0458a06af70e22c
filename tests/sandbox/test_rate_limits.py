"""Slack's figures, second by second."""

from datetime import UTC, datetime, timedelta

from sandbox.limit_values import Rules
from sandbox.rate_limits import Pace

NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)


def test_a_channel_takes_the_next_message_when_the_second_is_over() -> None:
    pace = Pace(Rules())
    seconds = (0, 0.5, 1, 1.75, 2)
    assert [pace.post("T_ORBIT", "C_NORTHWIND", NOW + timedelta(seconds=each)) for each in seconds] == [0, 1, 0, 1, 0]


def test_a_workspace_takes_300_messages_a_minute_in_all_its_channels() -> None:
    pace = Pace(Rules())
    assert {pace.post("T_ORBIT", f"C{number}", NOW) for number in range(300)} == {0}
    assert pace.post("T_ORBIT", "C_NORTHWIND", NOW) == 1
    assert pace.post("T_NORTH", "C_NORTHWIND", NOW) == 0


def test_a_method_is_counted_in_each_workspace_by_itself() -> None:
    pace = Pace(Rules())
    for method, times, wait in (("conversations.history", 1, 60), ("users.list", 20, 3), ("views.open", 100, 1)):
        assert {pace.call("T_ORBIT", method, NOW) for _ in range(times)} == {0}
        assert pace.call("T_ORBIT", method, NOW) == wait
        assert pace.call("T_NORTH", method, NOW) == 0
