import pytest

from handlers.webinars.attendance_reports.cells.instants import Written, WrittenDate, read_instant

MORNING, AFTERNOON = 8 * 3600 + 57 * 60 + 52, 14 * 3600 + 48 * 60 + 5
TENTH = WrittenDate(2026, 9, 10, in_order=True)


@pytest.mark.parametrize(
    ("cell", "date", "seconds"),
    [
        ("9/10/26, 8:57:52\u202fAM", WrittenDate(2026, 9, 10, in_order=False), MORNING),
        ("9/10/26, 8:57:52?AM", WrittenDate(2026, 9, 10, in_order=False), MORNING),
        ("22.09.2026, 14:48:05", WrittenDate(2026, 22, 9, in_order=False), AFTERNOON),
        ("22.09.26, 14.48.05", WrittenDate(2026, 22, 9, in_order=False), AFTERNOON),
        ("09/10/2026 02:48:05 PM", WrittenDate(2026, 9, 10, in_order=False), AFTERNOON),
        ("10/09/2026 14:48", WrittenDate(2026, 10, 9, in_order=False), AFTERNOON - 5),
        ("2026. 9. 10. 오전 8:57:52", TENTH, MORNING),
        ("2026년 9월 10일 오후 2:48:05", TENTH, AFTERNOON),
        ("2026/9/10 14:48:05", TENTH, AFTERNOON),
        ("2026年9月10日 午後2:48:05", TENTH, AFTERNOON),
        ("2026-09-10 08:57:52", TENTH, MORNING),
        ("Sep 10, 2026 02:48:05 PM", TENTH, AFTERNOON),
        ("September 10, 2026, 2:48:05 p.m.", TENTH, AFTERNOON),
        ("10 wrz 2026, 14:48:05", TENTH, AFTERNOON),
        ("10 września 2026 14:48:05", TENTH, AFTERNOON),
        ("10. September 2026 um 14:48:05 Uhr", TENTH, AFTERNOON),
        ("10 de set. de 2026 14:48:05", TENTH, AFTERNOON),
        ("3. März 2026, 08:57:52", WrittenDate(2026, 3, 3, in_order=True), MORNING),
        ("12:00 AM", None, 0),
        ("12:30 PM", None, 45_000),
        ("오후 2:48:05", None, AFTERNOON),
        ("18:02", None, 64_920),
    ],
)
def test_an_instant_is_read_in_every_way_it_is_written(cell: str, date: WrittenDate | None, seconds: int) -> None:
    assert read_instant(cell) == Written(date, seconds)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "--",
        "Ania",
        "25:00",
        "10:60",
        "13/13",
        "1:2",
        "Room 10:00",
        "10 foo 2026 10:00",
        "10:00 AM PM",
        "9/10/260, 8:57:52",
        "10",
    ],
)
def test_what_is_no_instant_is_none(cell: str) -> None:
    assert read_instant(cell) is None
