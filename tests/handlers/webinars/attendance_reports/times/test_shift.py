from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.webinars.attendance_reports import Reason, ReportRefused, read_report
from tests.handlers.webinars.attendance_reports import builders
from tests.handlers.webinars.attendance_reports.builders import STARTS, WARSAW, read


@pytest.mark.parametrize(
    "zone", ["Asia/Seoul", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Kathmandu"]
)
def test_a_report_in_its_downloaders_zone_has_the_same_people_and_times(zone: str) -> None:
    theirs = ZoneInfo(zone)
    found = read(builders.zoom_meeting(instant=lambda at: builders.zoom_instant(at.astimezone(theirs))))
    ours = STARTS.replace(tzinfo=None)
    assert found.shift == ours - STARTS.astimezone(theirs).replace(tzinfo=None)
    assert found.attendees == read(builders.zoom_meeting()).attendees


def test_a_report_of_another_hour_that_no_zone_explains_is_refused() -> None:
    text = builders.zoom_meeting(instant=lambda at: builders.zoom_instant(at - timedelta(hours=14)))
    late = STARTS.replace(hour=22)
    with pytest.raises(ReportRefused) as caught:
        read(text, starts=late, ends=late + timedelta(hours=1))
    assert caught.value.refusal.reason is Reason.ANOTHER_TIME


def test_times_of_day_over_midnight_are_those_nearest_to_the_webinar() -> None:
    starts = datetime(2026, 9, 10, 23, 30, tzinfo=WARSAW)
    text = "Name,Email,Duration,Time joined,Time exited\r\nAnia,ania@northwind.example,50 min,11:35 PM,12:25 AM\r\n"
    [attendee] = read(text, starts=starts, ends=starts + timedelta(hours=1)).attendees
    assert attendee.intervals == ((starts + timedelta(minutes=5), starts + timedelta(minutes=55)),)


def test_whoever_came_before_midnight_came_the_day_before() -> None:
    starts = datetime(2026, 9, 11, 0, 5, tzinfo=WARSAW)
    text = "Name,Email,Duration,Time joined,Time exited\r\nAnia,,30 min,11:55 PM,12:25 AM\r\n"
    [attendee] = read(text, starts=starts, ends=starts + timedelta(hours=1)).attendees
    assert attendee.intervals == ((starts - timedelta(minutes=10), starts + timedelta(minutes=20)),)


def test_an_hour_that_comes_twice_is_the_webinars() -> None:
    starts = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=WARSAW)
    text = "Name,Email,Join time,Leave time,Duration (minutes)\r\nAnia,,10/25/2026 02:30:00,10/25/2026 02:50:00,20\r\n"
    found = read_report(text.encode(), starts=starts, ends=starts + timedelta(minutes=30), zone=WARSAW)
    assert found.attendees[0].intervals[0][0].timestamp() == starts.timestamp()
    assert (found.attendees[0].minutes, found.shift) == (20, timedelta())


def test_rows_of_another_day_are_left_out_and_noted() -> None:
    header, *rows = builders.older_teams().splitlines()
    other = "Ola Dąb\tJoined\t9/3/26, 3:00:00 PM"
    found = read("\r\n".join([header, other, *rows[:-1], ""]))
    assert [a.name for a in found.attendees] == [guest.name for guest in builders.GUESTS]
    assert [(row.line, row.reason) for row in found.unread] == [(2, "another_day")]


def test_a_stay_that_ends_before_it_begins_leaves_the_duration() -> None:
    text = "Name,Email,Join time,Leave time,Duration (minutes)\r\n" + "".join(
        f"{name},,09/10/2026 {joined},09/10/2026 {left},20\r\n"
        for name, joined, left in (
            ("Ania", "15:30:00", "15:10:00"),
            ("Ola", "15:30:00", "later"),
            ("Ewa", "15:30:00", "15:50:00"),
        )
    )
    found = read(text)
    assert [(a.name, a.minutes) for a in found.attendees] == [("Ania", 20), ("Ola", 20), ("Ewa", 20)]
    assert {(row.line, str(row.reason)) for row in found.unread} == {(2, "left_before_joined"), (3, "time")}
