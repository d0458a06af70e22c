from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.webinars.attendance_reports import AttendanceReport, ReportRefused
from tests.handlers.webinars.attendance_reports import builders
from tests.handlers.webinars.attendance_reports.builders import read

PIECES = st.sampled_from(
    [
        "Name",
        "Email",
        "Join Time",
        "Duration",
        "Ania Nowak",
        "ania@northwind.example",
        "9/10/26, 3:00:00 PM",
        "99/99/9999 99:99",
        "0/0/0 0:00",
        "9999-12-31 23:59:59",
        "0001-01-01 00:00",
        "48",
        "3h 26s",
        "99999h 99999m",
        "10:00 AM",
        "18:02",
        "Yes",
        "No",
        "--",
        '"',
        "\x00",
        "�",
        "²",
        "٣:٠٠",
    ]
)
CELLS = PIECES | st.text(max_size=12)
ROWS = st.lists(st.lists(CELLS, max_size=8), max_size=8)
REPORTS = [
    builders.teams().encode("utf-16"),
    builders.teams(builders.POLISH).encode(),
    builders.zoom_webinar().encode(),
    builders.meet("Korean", builders.GUESTS[:2]).encode(),
    builders.older_teams().encode(),
]


def outcome(data: bytes) -> AttendanceReport | ReportRefused:
    """What reading gives; nothing but a refusal may be raised."""
    try:
        return read(data)
    except ReportRefused as refused:
        return refused


@settings(max_examples=300, deadline=None)
@given(ROWS, st.sampled_from([",", ";", "\t"]))
def test_any_cells_are_read_or_refused(rows: list[list[str]], delimiter: str) -> None:
    outcome("\r\n".join(delimiter.join(row) for row in rows).encode(errors="replace"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    outcome(data)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(REPORTS), st.integers(0, 5000), st.integers(0, 60), st.binary(max_size=12))
def test_any_damaged_report_is_read_or_refused(data: bytes, at: int, length: int, instead: bytes) -> None:
    place = at % len(data)
    outcome(data[:place] + instead + data[place + length :])


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(REPORTS), st.integers(0, 5000))
def test_any_beginning_of_a_report_is_read_or_refused(data: bytes, length: int) -> None:
    outcome(data[: length % len(data)])
