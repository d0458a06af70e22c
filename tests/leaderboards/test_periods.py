import datetime as dt
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboards.periods import (
    ALWAYS,
    PERIODS,
    WEEKDAYS,
    Frame,
    Period,
    Span,
    Weekday,
    at,
    before,
    frame_of,
    span_of,
    start_of,
    starts,
    tiles,
)

WARSAW = ZoneInfo("Europe/Warsaw")
ZONES = [
    "Europe/Warsaw",
    "Asia/Seoul",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "America/St_Johns",
]
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
DATE = dt.date.fromisoformat


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("day", "2024-02-29", "2024-03-01"),
        ("week", "2024-02-26", "2024-03-04"),
        ("month", "2024-02-01", "2024-03-01"),
        ("quarter", "2024-01-01", "2024-04-01"),
        ("year", "2024-01-01", "2025-01-01"),
    ],
)
def test_a_period_is_the_calendars(period: Period, start: str, end: str) -> None:
    assert span_of(period, DATE("2024-02-29")) == Span(DATE(start), DATE(end))


def test_all_time_has_a_beginning_and_no_end() -> None:
    assert span_of("all", DATE("2024-02-29")) == Span(ALWAYS, None)
    assert before("all", ALWAYS) is None
    assert list(frame_of("all", DATE("2024-02-29")).past()) == []


@pytest.mark.parametrize(
    ("week_starts", "start"),
    [("monday", "2026-03-09"), ("sunday", "2026-03-15"), ("saturday", "2026-03-14"), ("tuesday", "2026-03-10")],
)
def test_a_week_begins_as_the_programme_says(week_starts: Weekday, start: str) -> None:
    sunday = DATE("2026-03-15")

    assert start_of("week", sunday, week_starts) == DATE(start)


def test_december_ends_with_the_year() -> None:
    assert span_of("month", DATE("2026-12-31")) == Span(DATE("2026-12-01"), DATE("2027-01-01"))
    assert span_of("quarter", DATE("2026-12-31")) == Span(DATE("2026-10-01"), DATE("2027-01-01"))


@given(st.sampled_from([period for period in PERIODS if period != "all"]), DAYS, st.sampled_from(WEEKDAYS))
def test_periods_follow_each_other_without_gap_or_overlap(period: Period, day: dt.date, week_starts: Weekday) -> None:
    span = span_of(period, day, week_starts)
    earlier = before(period, span.start, week_starts)

    assert span.end is not None
    assert earlier is not None
    assert span.start <= day < span.end
    assert earlier.end == span.start
    assert span_of(period, span.end - dt.timedelta(days=1), week_starts) == span
    assert span_of(period, earlier.start, week_starts) == earlier
    assert (period, span.start) in starts(day, week_starts)


def test_the_past_goes_back_period_by_period() -> None:
    assert list(islice(frame_of("month", DATE("2026-02-10")).past(), 2)) == [
        Frame("month", Span(DATE("2026-01-01"), DATE("2026-02-01"))),
        Frame("month", Span(DATE("2025-12-01"), DATE("2026-01-01"))),
    ]
    assert list(islice(frame_of("week", DATE("2026-03-15"), "sunday").past(), 1)) == [
        Frame("week", Span(DATE("2026-03-08"), DATE("2026-03-15")), "sunday")
    ]


@pytest.mark.parametrize(
    ("day", "time", "zone", "moment"),
    [
        ("2026-03-16", "09:00", "Europe/Warsaw", "2026-03-16 08:00"),
        ("2026-07-16", "09:00", "Europe/Warsaw", "2026-07-16 07:00"),
        # Clocks go from 02:00 to 03:00: the first moment after the gap is 03:00.
        ("2026-03-29", "02:00", "Europe/Warsaw", "2026-03-29 01:00"),
        ("2026-03-29", "02:30", "Europe/Warsaw", "2026-03-29 01:00"),
        ("2026-03-29", "03:00", "Europe/Warsaw", "2026-03-29 01:00"),
        ("2026-03-29", "03:01", "Europe/Warsaw", "2026-03-29 01:01"),
        # Clocks go from 03:00 back to 02:00: the first 02:30.
        ("2026-10-25", "02:30", "Europe/Warsaw", "2026-10-25 00:30"),
        ("2026-10-25", "03:00", "Europe/Warsaw", "2026-10-25 02:00"),
        # Half an hour only.
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03 15:30"),
        # A gap at midnight.
        ("2018-11-04", "00:00", "America/Sao_Paulo", "2018-11-04 03:00"),
        # A day that Samoa never had.
        ("2011-12-30", "09:00", "Pacific/Apia", "2011-12-30 10:00"),
    ],
)
def test_a_local_time_is_a_moment_also_where_clocks_change(day: str, time: str, zone: str, moment: str) -> None:
    assert at(DATE(day), dt.time.fromisoformat(time), ZoneInfo(zone)) == utc(moment)


@given(DAYS, st.times(), st.sampled_from(ZONES))
def test_clocks_show_the_time_at_its_moment_and_had_not_come_so_far_before(
    day: dt.date, time: dt.time, name: str
) -> None:
    zone = ZoneInfo(name)
    wanted = dt.datetime.combine(day, time)

    moment = at(day, time, zone)

    shown = moment.astimezone(zone).replace(tzinfo=None)
    just_before = (moment - dt.timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert just_before < wanted <= shown
    assert shown == wanted or shown - just_before > dt.timedelta(seconds=1)


def test_tiles_are_the_fewest_periods_that_hold_the_days() -> None:
    assert list(tiles(DATE("2025-11-23"), DATE("2026-11-22"))) == [
        *(("day", DATE(f"2025-11-{day}")) for day in range(23, 31)),
        ("month", DATE("2025-12-01")),
        ("year", DATE("2026-01-01")),
    ]
    assert list(tiles(DATE("2026-02-28"), DATE("2026-04-01"))) == [
        ("day", DATE("2026-02-28")),
        ("month", DATE("2026-03-01")),
        ("quarter", DATE("2026-04-01")),
    ]


@given(DAYS, st.integers(0, 800))
def test_tiles_begin_where_the_days_do_and_hold_each_once(first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    found = list(tiles(first, last))
    spans = [span_of(period, start) for period, start in found]
    assert spans[0].start == first
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
    assert spans[-1].start <= last < (spans[-1].end or last)
