"""Tables told by their shape, where words say nothing or another thing."""

import pytest

from handlers.webinars.attendance_reports import Platform, Reason, ReportRefused
from tests.handlers.webinars.attendance_reports import builders
from tests.handlers.webinars.attendance_reports.builders import ANIA, EWA, MAREK, as_teams_saves, read, report


def people(text: str | bytes) -> list[tuple[str, str | None, int, int | None]]:
    return [(who.name, who.email, len(who.intervals), who.minutes) for who in read(text).attendees]


def test_first_and_last_name_stand_apart_in_any_language() -> None:
    text = (
        "aa,bb,cc,dd,ee,ff\r\nAnia,Nowak,ania@northwind.example,55 min,15:05,16:00\r\nOla,Dąb,,20 min,15:05,16:00\r\n"
    )
    assert people(text) == [("Ania Nowak", "ania@northwind.example", 1, 55), ("Ola Dąb", None, 0, 20)]
    assert read(text).platform is Platform.MEET


def test_a_duration_like_a_clock_is_the_one_that_fits_between_the_others() -> None:
    rows = "Ania,,1:00,15:00,16:00\r\nOla,,0:20,15:05,16:00\r\n"
    assert people("Name,Email,Duration,Time joined,Time exited\r\n" + rows) == [
        ("Ania", None, 1, 60),
        ("Ola", None, 0, 20),
    ]
    assert people("aa,bb,cc,dd,ee\r\n" + rows) == [("Ania", None, 1, 60), ("Ola", None, 0, 20)]


def test_clocks_of_twelve_and_of_twenty_four_hours_stand_in_one_column() -> None:
    text = "Name,Email,Duration,Time joined,Time exited\r\nAnia,,1 hr,3:00 PM,4:00 PM\r\nOla,,55 min,15:05,16:00\r\n"
    assert people(text) == [("Ania", None, 1, 60), ("Ola", None, 1, 55)]


@pytest.mark.parametrize("guests", [(ANIA,), (EWA, MAREK)])
def test_the_row_about_the_meeting_is_nobody(guests: tuple[builders.Guest, ...]) -> None:
    for text in (builders.zoom_meeting(guests), builders.zoom_meeting(guests).replace("\r\n\r\n", "\r\n")):
        assert read(text) == report(Platform.ZOOM, guests, role=False)
    assert read(as_teams_saves(builders.teams(guests=guests))) == report(Platform.TEAMS, guests)
    assert read(as_teams_saves(builders.teams(guests=guests, times=False))) == report(
        Platform.TEAMS, guests, times=False, minutes=False
    )


def test_a_webinar_is_read_where_only_its_table_of_attendees_is_left() -> None:
    _, _, table = builders.zoom_webinar().partition("Attendee Details\r\n")
    assert [who.name for who in read(table).attendees] == ["Lis, Marek", "김하늘", "+82 2 312 3456"]
    assert read(table).no_shows == 2


def test_whoever_did_not_come_has_no_times_whatever_the_word_for_it() -> None:
    text = (
        builders.zoom_webinar().partition("Attendee Details\r\n")[2].replace("Yes", "Ndiyo").replace("No,", "Hapana,")
    )
    assert [who.name for who in read(text).attendees] == ["Lis, Marek", "김하늘", "+82 2 312 3456"]


@pytest.mark.parametrize("as_name", ["4860010020{}", "guest{}@haneul.example"])
def test_telephone_numbers_and_emails_are_names_too(as_name: str) -> None:
    guests = tuple(
        builders.Guest(as_name.format(n), f"guest{n}@haneul.example", MAREK.role, ((0, 30),)) for n in range(3)
    )
    assert read(builders.zoom_meeting(guests)) == report(Platform.ZOOM, guests, role=False)


def test_the_address_somebody_registered_with_stands_in_for_a_missing_one() -> None:
    text = (
        "2. Participants\r\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tRegistration Email\tEmail\tRole\r\n"
        "Ania\t9/10/26, 3:00:00 PM\t9/10/26, 3:30:00 PM\t30m\tania@home.example\tania@northwind.example\tAttendee\r\n"
        "Ola\t9/10/26, 3:00:00 PM\t9/10/26, 3:30:00 PM\t30m\tola@home.example\t\tAttendee\r\n"
    )
    assert people(text) == [("Ania", "ania@northwind.example", 1, 30), ("Ola", "ola@home.example", 1, 30)]


def test_the_principal_name_is_no_email() -> None:
    text = (
        "2. Participants\r\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\r\n"
        "Ania\t9/10/26, 3:00:00 PM\t9/10/26, 3:30:00 PM\t30m\t\tania@orbit.onmicrosoft.example\tAttendee\r\n"
    )
    assert people(text) == [("Ania", None, 1, 30)]


@pytest.mark.parametrize("header", ["Name,Email,Points,Company", "Name,Email,Company,Country"])
def test_a_list_of_contacts_is_no_report(header: str) -> None:
    rows = "".join(f"Guest {n},guest{n}@haneul.example,{n},Company {n}\r\n" for n in range(5))
    with pytest.raises(ReportRefused) as caught:
        read(f"{header}\r\n{rows}")
    assert caught.value.refusal.reason is Reason.NO_TABLE


def test_a_row_without_a_name_is_noted() -> None:
    found = read("Name,Email,Total duration (minutes),Guest\r\nAnia,,30,No\r\n,,12,Yes\r\n")
    assert [(row.line, str(row.reason)) for row in found.unread] == [(3, "nobody_named")]
    assert (found.unread_rows, len(found.attendees)) == (1, 1)
