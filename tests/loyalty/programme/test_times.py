from datetime import time

import pytest

from loyalty.programme.times import PostTime, Quiet, read_post_time, read_quiet


def test_a_board_goes_out_on_a_weekday_or_on_the_first_day() -> None:
    assert read_post_time("friday 16:30") == PostTime(4, time(16, 30))
    assert read_post_time("09:00") == PostTime(None, time(9))
    assert [str(read_post_time(text)) for text in ("friday 16:30", "09:00")] == ["friday 16:30", "09:00"]


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [("18:00-08:00", ["18:00", "23:59", "00:00", "07:59"]), ("12:00-13:00", ["12:00", "12:30"])],
)
def test_quiet_hours_begin_with_their_start_and_end_before_their_end(hours: str, quiet: list[str]) -> None:
    asked = ["00:00", "07:59", "08:00", "11:59", "12:00", "12:30", "13:00", "17:59", "18:00", "23:59"]
    held = read_quiet(hours)
    assert {at for at in asked if held.holds(time.fromisoformat(at))} == set(quiet)
    assert str(held) == hours


def test_quiet_hours_are_values() -> None:
    assert read_quiet("18:00-08:00") == Quiet(time(18), time(8))
