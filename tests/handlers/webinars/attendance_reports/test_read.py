import pytest

from handlers.webinars.attendance_reports import Platform
from tests.handlers.webinars.attendance_reports import builders
from tests.handlers.webinars.attendance_reports.builders import (
    ANIA,
    EWA,
    GUESTS,
    HANEUL,
    IN_LATIN,
    LANGUAGES,
    MAREK,
    as_teams_saves,
    read,
    report,
    saved_by_excel,
)

ONE_STAY = (EWA, MAREK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_teams_report_is_read_in_every_language(language: str) -> None:
    text = builders.teams(LANGUAGES[language])
    whole = report(Platform.TEAMS)
    assert read(as_teams_saves(text)) == whole
    assert read(text.encode("utf-16-le")) == whole
    assert read(text.encode("utf-16-be")) == whole
    assert read(saved_by_excel(text)) == whole
    assert read(saved_by_excel(text, ",", "utf-8")) == whole
    assert read(saved_by_excel(text, "\t", "utf-16")) == whole


def test_a_teams_report_is_read_by_its_shape_where_no_word_is_known() -> None:
    text = builders.teams(builders.UNKNOWN)
    assert read(as_teams_saves(text)) == report(Platform.TEAMS, role=False)


def test_a_teams_report_that_excel_saved_in_cp1252_is_read() -> None:
    text = builders.teams(guests=IN_LATIN)
    assert read(saved_by_excel(text, ",", "cp1252")) == report(Platform.TEAMS, IN_LATIN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_policy_without_times_leaves_minutes_unknown(language: str) -> None:
    text = builders.teams(LANGUAGES[language], times=False)
    assert read(as_teams_saves(text)) == report(Platform.TEAMS, times=False, minutes=False)


def test_a_teams_report_whose_activities_are_cut_away_has_totals_for_whoever_was_away_in_between() -> None:
    text = builders.teams().partition("3. In")[0]
    found = read(as_teams_saves(text))
    assert [(a.name, len(a.intervals), a.minutes) for a in found.attendees] == [
        ("Ewa Kot", 1, 65),
        ("Ania Nowak", 0, 55),
        ("Lis, Marek", 1, 48),
        ("김하늘", 1, 56),
        ("+82 2 312 3456", 1, 1),
    ]


def test_rows_of_twelve_cells_are_read() -> None:
    lines = builders.teams().split("\r\n")
    short = ["\t".join(line.split("\t")[:12]) for line in lines]
    assert read(as_teams_saves("\r\n".join(short))) == report(Platform.TEAMS)


def test_an_older_teams_report_pairs_joins_and_leaves() -> None:
    found = read(as_teams_saves(builders.older_teams()))
    assert found.platform is Platform.TEAMS
    assert [(a.name, a.email, len(a.intervals), a.minutes) for a in found.attendees] == [
        ("Ewa Kot", None, 1, 65),
        ("Ania Nowak", None, 2, 55),
        ("Lis, Marek", None, 1, 48),
        ("김하늘", None, 1, 56),
        ("+82 2 312 3456", None, 1, 1),
        ("Ola Dąb", None, 0, 0),
    ]


def test_somebody_on_two_devices_is_there_in_an_older_teams_report_until_both_have_left() -> None:
    times = (("Joined before", 0), ("Joined", 5), ("Left", 30), ("Left", 40), ("Joined", 50), ("Left", 55))
    rows = "".join(f"Ania\t{what}\t9/10/26, 3:{minute:02}:00 PM\r\n" for what, minute in times)
    [attendee] = read(f"Full Name\tUser Action\tTimestamp\r\n{rows}").attendees
    assert (len(attendee.intervals), attendee.minutes) == (2, 45)


@pytest.mark.parametrize("older", [False, True])
def test_a_zoom_meeting_is_read_by_join_and_by_user(older: bool) -> None:  # noqa: FBT001 - a parameter of the test
    by_join = builders.zoom_meeting(older=older)
    assert read(by_join) == report(Platform.ZOOM, role=False)
    assert read(saved_by_excel(by_join)) == report(Platform.ZOOM, role=False)
    by_user = builders.zoom_meeting(per_join=False, older=older)
    assert read("\ufeff" + by_user) == report(Platform.ZOOM, role=False, times=False)
    assert read(saved_by_excel(by_user)) == report(Platform.ZOOM, role=False, times=False)


def test_a_zoom_meeting_names_months_too() -> None:
    text = builders.zoom_meeting(instant=lambda at: f"{at:%b %d, %Y %I:%M:%S %p}")
    assert read(text) == report(Platform.ZOOM, role=False)


def test_a_zoom_webinar_has_hosts_panelists_attendees_and_those_who_did_not_come() -> None:
    text = builders.zoom_webinar()
    whole = report(Platform.ZOOM, no_shows=2)
    assert read(text) == whole
    assert read(saved_by_excel(text)) == whole
    assert read(saved_by_excel(text, ",", "utf-8")) == whole


@pytest.mark.parametrize("language", builders.MEET)
def test_a_meet_report_is_taken_on_the_webinars_date(language: str) -> None:
    text = builders.meet(language, ONE_STAY)
    assert read(text) == report(Platform.MEET, ONE_STAY, role=False)
    assert [(a.email, a.minutes, len(a.intervals)) for a in read(saved_by_excel(text)).attendees] == [
        (EWA.email, 65, 1),
        (MAREK.email, 48, 1),
    ]


def test_webex_has_a_row_a_device() -> None:
    assert read(builders.webex()) == report(Platform.WEBEX)


def test_one_person_on_two_devices_counts_once() -> None:
    twice = builders.Guest(ANIA.name, ANIA.email, ANIA.role, ((0, 40), (10, 50)))
    [attendee] = read(builders.zoom_meeting((twice,))).attendees
    assert (len(attendee.intervals), attendee.minutes) == (1, 50)


def test_names_are_as_they_are_written() -> None:
    names = ("'=SUM(A1)", "=cmd|' /C calc'!A0", "O'Hara, Zoë", "48600100200", 'Jan "Janek" Nowak')
    guests = tuple(builders.Guest(name, "", HANEUL.role, ((0, 30),)) for name in names)
    assert [a.name for a in read(builders.zoom_meeting(guests)).attendees] == list(names)
    assert [a.name for a in read(as_teams_saves(builders.teams(guests=guests))).attendees] == list(names)


def test_people_without_email_are_one_by_their_name() -> None:
    rows = (("Ola  Dąb", ((0, 10),)), ("ola dąb (Guest)", ((20, 30),)), ("Ola Da\u0328b", ((40, 45),)))
    guests = tuple(builders.Guest(name, "", HANEUL.role, stays) for name, stays in rows)
    [attendee] = read(builders.zoom_meeting(guests)).attendees
    assert (attendee.name, attendee.minutes) == ("Ola Dąb", 25)


def test_everybody_is_in_the_report_once() -> None:
    assert len(read(as_teams_saves(builders.teams())).attendees) == len(GUESTS)
