import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loyalty.programme import LocalizedText
from loyalty.webinars.calendar.entries import CalendarEntry
from messages.kit.reader import Reader
from messages.webinars.calendar.calendar import calendar_feed, calendar_file, google_link, outlook_link
from tests.messages.webinars.entries import NOW, STARTS, WHY, entry, facts
from tests.support.calendars import Seen, by_ical_js, by_vobject, events, has_ical_js

ENGLISH = Reader("en", "Europe/Warsaw")
ZONES = ("Europe/Warsaw", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "Pacific/Apia", "America/Winnipeg")
ANSWERS: tuple[Any, ...] = ("going", "maybe", "waitlisted")
_NAIVE = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 12, 31))  # noqa: DTZ001 - hypothesis wants them so
_NIGHTS = st.sampled_from([dt.datetime(2026, 3, 29, 3), dt.datetime(2026, 10, 25, 2, 30), dt.datetime(2026, 11, 1, 1)])  # noqa: DTZ001


def test_a_file_is_one_event_in_utc() -> None:
    file = calendar_file(ENGLISH, entry(), now=NOW)
    lines = file.decode().replace("\r\n ", "").split("\r\n")
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Laurels//Webinars//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "SUMMARY:Scheduled reports\\; in 30 minutes",
        "DTSTART:20260320T140000Z",
        "DTEND:20260320T143000Z",
        "DTSTAMP:20260310T090000Z",
        "UID:reports-march-20260301T090000000000@laurels",
        "SEQUENCE:2",
        "DESCRIPTION:For everybody\\, who builds reports\\nJoin: https://meet.orbit.example/r",
        "LAST-MODIFIED:20260310T080000Z",
        "LOCATION:https://meet.orbit.example/r",
        'ORGANIZER;CN="Ewa Ewka Zając":mailto:ewa@orbit.example',
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://meet.orbit.example/r",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Scheduled reports\\; in 30 minutes",
        "TRIGGER:-PT15M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


@pytest.mark.parametrize(
    ("answer", "state", "status", "alarms"),
    [
        ("going", "announced", "CONFIRMED", 1),
        ("maybe", "announced", "TENTATIVE", 1),
        ("waitlisted", "announced", "TENTATIVE", 0),
        (None, "announced", "TENTATIVE", 0),
        ("going", "cancelled", "CANCELLED", 0),
    ],
)
def test_only_who_comes_or_may_come_is_reminded(answer: Any, state: str, status: str, alarms: int) -> None:
    (found,) = events(calendar_file(ENGLISH, entry(answer, state=state), now=NOW))
    assert (found.status.value, len(found.contents.get("valarm", []))) == (status, alarms)


def test_it_is_said_in_the_readers_language_and_the_waitlist_is_named() -> None:
    (found,) = events(calendar_file(Reader("pl-PL"), entry("waitlisted"), now=NOW))
    assert found.summary.value == "Raporty, które wysyłają się same"
    first, join, waits = found.description.value.split("\n")
    assert (first, join.endswith("https://meet.orbit.example/r")) == (WHY.get("pl"), True)
    assert waits == "Jesteś na liście rezerwowej: dowiesz się, gdy zwolni się miejsce."


def test_a_place_is_no_link_and_the_operators_own_webinar_names_nobody() -> None:
    alone = CalendarEntry(facts=facts(link=None, place="Hall 3, Poznań"), uid="u@laurels", changed_at=NOW, answer=None)
    file = calendar_file(ENGLISH, alone, now=NOW)
    (found,) = events(file)
    assert found.location.value == "Hall 3, Poznań"
    assert not {"url", "organizer"} & set(found.contents)
    assert b"METHOD" not in file


def test_a_feed_is_the_same_until_something_changes() -> None:
    both = [entry("going"), entry("waitlisted", key="other")]
    feed = calendar_feed(ENGLISH, both)
    assert feed == calendar_feed(ENGLISH, both)
    assert [each.status.value for each in events(feed)] == ["CONFIRMED", "TENTATIVE"]
    assert b"METHOD" not in feed
    assert b"X-WR-TIMEZONE" not in feed
    assert events(calendar_feed(ENGLISH, [])) == []


def test_links_open_forms_that_are_filled_in() -> None:
    google, outlook = urlsplit(google_link(ENGLISH, facts())), urlsplit(outlook_link(ENGLISH, facts()))
    assert parse_qs(google.query) == {
        "action": ["TEMPLATE"],
        "text": ["Scheduled reports; in 30 minutes"],
        "dates": ["20260320T140000Z/20260320T143000Z"],
        "details": ["For everybody, who builds reports\nJoin: https://meet.orbit.example/r"],
        "location": ["https://meet.orbit.example/r"],
    }
    asked = parse_qs(outlook.query)
    assert (google.hostname, outlook.hostname) == ("calendar.google.com", "outlook.office.com")
    assert (asked["startdt"], asked["enddt"]) == (["2026-03-20T14:00:00Z"], ["2026-03-20T14:30:00Z"])


@settings(max_examples=40)
@given(local=_NAIVE | _NIGHTS, zone=st.sampled_from(ZONES), fold=st.sampled_from([0, 1]), minutes=st.integers(5, 20160))
def test_whatever_the_zone_and_the_night_another_reader_finds_the_same_instants(
    local: dt.datetime, zone: str, fold: int, minutes: int
) -> None:
    starts = local.replace(microsecond=0, fold=fold, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
    ends = starts + dt.timedelta(minutes=minutes)
    asked = entry(timezone=zone, starts_at=starts, ends_at=ends)
    expected = [Seen(asked.uid, "Scheduled reports; in 30 minutes", starts, ends)]
    assert by_vobject(calendar_file(ENGLISH, asked, now=NOW)) == expected
    assert by_vobject(calendar_feed(ENGLISH, [asked])) == expected


@settings(max_examples=40)
@example("\\N")
@given(title=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=150))
def test_whatever_the_title_it_adds_no_line_of_its_own(title: str) -> None:
    titled = LocalizedText.model_construct(root=title)
    (found,) = by_vobject(calendar_file(ENGLISH, entry(title=titled), now=NOW))
    assert (found.title.split(), found.starts) == (title.replace("\\N", "\\n").split(), STARTS)


@pytest.mark.skipif(not has_ical_js(), reason="Node with the package ical.js is not here")
def test_ical_js_finds_the_same_instants() -> None:
    asked = [
        entry(
            answer,
            key=f"w{day}",
            starts_at=STARTS + dt.timedelta(days=day),
            ends_at=STARTS + dt.timedelta(days=day + 1),
        )
        for day in range(0, 400, 9)
        for answer in ANSWERS
    ]
    files = [calendar_file(ENGLISH, each, now=NOW) for each in asked]
    read = by_ical_js([*files, calendar_feed(ENGLISH, asked)])
    assert read == [by_vobject(file) for file in files] + [by_vobject(calendar_feed(ENGLISH, asked))]
    assert read[-1] == [
        Seen(each.uid, "Scheduled reports; in 30 minutes", each.facts.starts_at, each.facts.ends_at) for each in asked
    ]
