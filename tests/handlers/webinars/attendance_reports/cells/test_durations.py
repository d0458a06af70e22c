import pytest

from handlers.webinars.attendance_reports.cells.durations import UNKNOWN, WrittenDurations


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("3h 26s", 10_826),
        ("1 godz. 4 min 3 sek.", 3_843),
        ("1 hr 2 min", 3_720),
        ("3 mins", 180),
        ("0:48:05", 2_885),
        ("1:02", 3_720),
        ("48", 2_880),
        ("1시간 4분", 3_840),
        ("1時間4分3秒", 3_843),
        ("1 Std. 4 Min. 3 Sek.", 3_843),
        ("< 1 min", 60),
        ("", UNKNOWN),
        ("--", UNKNOWN),
        ("3 apples", UNKNOWN),
        ("4 min later", UNKNOWN),
    ],
)
def test_a_duration_is_read_with_its_units(cell: str, seconds: int) -> None:
    assert WrittenDurations()[cell] == seconds
