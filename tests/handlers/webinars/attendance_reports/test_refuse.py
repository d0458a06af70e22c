from datetime import date, datetime, timedelta

import pytest

from handlers.webinars.attendance_reports import Reason, Refusal, ReportRefused
from handlers.webinars.attendance_reports.tables.decode import MAX_FILE_BYTES
from handlers.webinars.attendance_reports.tables.sheet import MAX_LINES
from tests.handlers.webinars.attendance_reports import builders
from tests.handlers.webinars.attendance_reports.builders import ENDS, ENGLISH, STARTS, as_teams_saves, read

DAY = date(2026, 9, 10)
HEADER = "Name (original name),Email,Total duration (minutes),Guest\r\n"


def refused(data: bytes | str, *, starts: datetime = STARTS, ends: datetime = ENDS) -> Refusal:
    with pytest.raises(ReportRefused) as caught:
        read(data, starts=starts, ends=ends)
    return caught.value.refusal


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", Refusal(Reason.EMPTY)),
        (b"\xef\xbb\xbf\r\n \t\r\n", Refusal(Reason.EMPTY)),
        ("\r\n".encode("utf-16"), Refusal(Reason.EMPTY)),
        (b"PK\x03\x04....", Refusal(Reason.ANOTHER_FORMAT, line=1, found="xlsx")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", Refusal(Reason.ANOTHER_FORMAT, line=1, found="xls")),
        (b"%PDF-1.7", Refusal(Reason.ANOTHER_FORMAT, line=1, found="pdf")),
        (b"\r\n <!DOCTYPE html><html>", Refusal(Reason.ANOTHER_FORMAT, line=1, found="html")),
        ("<html>".encode("utf-16"), Refusal(Reason.ANOTHER_FORMAT, line=1, found="html")),
        (b'[{"name": "Ania"}]', Refusal(Reason.ANOTHER_FORMAT, line=1, found="json")),
        (b"Dear Ania,\r\nsee you on Friday.\r\n", Refusal(Reason.NO_TABLE)),
        (b"Name,Email,Company\r\nAnia Nowak,ania@northwind.example,Northwind\r\n", Refusal(Reason.NO_TABLE)),
        (HEADER.encode(), Refusal(Reason.NOBODY, line=1, count=0)),
        (b" " * (MAX_FILE_BYTES + 1), Refusal(Reason.TOO_LARGE, count=MAX_FILE_BYTES + 1, limit=MAX_FILE_BYTES)),
        (
            (HEADER + "Ania,,5,No\r\n" * MAX_LINES).encode(),
            Refusal(Reason.TOO_MANY_ROWS, line=MAX_LINES + 1, limit=MAX_LINES),
        ),
    ],
    ids=range(14),
)
def test_what_is_no_report_is_refused_by_what_it_is(data: bytes, refusal: Refusal) -> None:
    assert refused(data) == refusal


def test_a_webinar_to_which_nobody_came_says_how_many_had_registered() -> None:
    lines = builders.zoom_webinar().split("\r\n")
    nobody = "\r\n".join(line for line in lines if not line.startswith("Yes"))
    refusal = refused(nobody)
    assert (refusal.reason, refusal.count) == (Reason.NOBODY, 2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_a_file_cut_inside_a_row_is_refused(encoding: str) -> None:
    text = builders.teams()
    cut = text[: text.index("49:00") - 12]
    assert refused(cut.encode(encoding)) == Refusal(Reason.CUT_OFF, line=cut.count("\n") + 1)


def test_a_file_cut_inside_a_character_is_refused() -> None:
    text = builders.teams()
    cut = text[: text.rindex("김하늘") + 1]
    for data in (cut.encode()[:-1], cut.encode("utf-16")[:-1]):
        assert refused(data).reason is Reason.CUT_OFF


def test_a_quote_left_open_is_refused() -> None:
    text = builders.zoom_meeting().replace('"Lis, Marek"', '"Lis, Marek', 1)
    assert refused(text) == Refusal(Reason.CUT_OFF, line=8)
    assert refused(text + '"Kot, Jan",,,\r\n') == Refusal(Reason.CUT_OFF, line=8)


def test_times_that_nobody_can_read_are_refused() -> None:
    text = builders.zoom_meeting(instant=lambda at: f"{at:%d}. Xmond {at:%Y %H:%M}")
    assert refused(text) == Refusal(Reason.UNREADABLE_TIMES, line=2, found="10. Xmond 2026 15:00")


@pytest.mark.parametrize("days", [-365, -28, -7, -1, 1, 7, 31])
def test_another_days_report_is_refused(days: int) -> None:
    moved = STARTS + timedelta(days=days)
    expected = moved.date()
    for data in (as_teams_saves(builders.teams()), builders.zoom_meeting().encode(), builders.webex().encode()):
        refusal = refused(data, starts=moved, ends=moved + timedelta(hours=1))
        assert refusal.reason is Reason.ANOTHER_DAY
        assert refusal.expected == expected
        assert DAY in refusal.dates


def test_another_day_is_seen_where_only_the_meeting_itself_has_a_date() -> None:
    moved = STARTS + timedelta(days=7)
    for text in (builders.zoom_meeting(per_join=False), builders.teams(builders.POLISH, times=False)):
        refusal = refused(as_teams_saves(text), starts=moved, ends=moved + timedelta(hours=1))
        assert refusal.reason is Reason.ANOTHER_DAY


def test_a_date_is_read_as_the_webinars_own_whichever_number_is_the_day() -> None:
    day_first = builders.zoom_meeting(instant=lambda at: f"{at:%d/%m/%Y %H:%M:%S}")
    assert read(day_first) == read(builders.zoom_meeting())
    october = STARTS.replace(month=10, day=9)  # 10/09 is its date too, by the other order
    assert (
        len(
            read(
                day_first.replace("10/09/2026", "09/10/2026"), starts=october, ends=october + timedelta(hours=1)
            ).attendees
        )
        == 5
    )


def test_a_date_whose_order_the_file_proves_is_not_read_the_other_way() -> None:
    october = STARTS.replace(month=10, day=9)
    refusal = refused(builders.zoom_webinar(), starts=october, ends=october + timedelta(hours=1))
    assert refusal == Refusal(Reason.ANOTHER_DAY, dates=(DAY,), expected=date(2026, 10, 9))


def test_where_both_orders_fit_the_report_is_refused() -> None:
    refusal = refused(as_teams_saves(builders.teams(ENGLISH)), ends=STARTS + timedelta(days=40))
    assert refusal == Refusal(Reason.DAY_OR_MONTH, dates=(DAY, date(2026, 10, 9)), expected=DAY)
