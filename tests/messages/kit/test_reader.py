import datetime as dt

from messages.kit.reader import Mrkdwn, Reader


def test_numbers_are_written_as_the_language_does() -> None:
    assert [Reader(language).number(12460) for language in ("en", "pl", "ko", "de")] == [
        "12,460", "12\xa0460", "12,460", "12,460",
    ]  # fmt: skip
    assert [Reader("en").signed(points) for points in (15, -40, 0)] == ["+15", "−40", "0"]


def test_days_share_their_month_where_they_can() -> None:
    week = dt.date(2026, 3, 9), dt.date(2026, 3, 15)
    across = dt.date(2026, 2, 23), dt.date(2026, 3, 1)
    assert [Reader(language).days(*week) for language in ("en", "pl", "ko")] == [
        "9–15 March", "9–15 marca", "3월 9일~15일",
    ]  # fmt: skip
    assert [Reader(language).days(*across) for language in ("en", "pl", "ko")] == [
        "23 February – 1 March", "23 lutego – 1 marca", "2월 23일 ~ 3월 1일",
    ]  # fmt: skip
    assert Reader("en").days(week[0], week[0]) == "9 March"


def test_days_of_another_year_say_so() -> None:
    week, over = (dt.date(2025, 3, 10), dt.date(2025, 3, 16)), (dt.date(2025, 12, 29), dt.date(2026, 1, 4))
    assert [Reader(language).days(*week, year=True) for language in ("en", "pl", "ko")] == [
        "10–16 March 2025", "10–16 marca 2025", "2025년 3월 10일~16일",
    ]  # fmt: skip
    assert [Reader(language).days(*over, year=True) for language in ("en", "pl", "ko")] == [
        "29 December 2025 – 4 January 2026", "29 grudnia 2025 – 4 stycznia 2026", "2025년 12월 29일 ~ 2026년 1월 4일",
    ]  # fmt: skip
    assert Reader("en").days(week[0], week[0], year=True) == "10 March 2025"


def test_months_share_their_year_where_they_can() -> None:
    quarter, across = (dt.date(2026, 1, 1), dt.date(2026, 3, 4)), (dt.date(2025, 11, 1), dt.date(2026, 2, 1))
    assert [Reader(language).months(*quarter) for language in ("en", "pl", "ko")] == [
        "January–March 2026", "styczeń–marzec 2026", "2026년 1월~3월",
    ]  # fmt: skip
    assert [Reader(language).months(*across) for language in ("en", "pl", "ko")] == [
        "November 2025 – February 2026", "listopad 2025 – luty 2026", "2025년 11월 ~ 2026년 2월",
    ]  # fmt: skip
    assert Reader("en").months(quarter[0], quarter[0]) == "January 2026"


def test_a_moment_of_another_year_says_so() -> None:
    at, now = dt.datetime(2025, 12, 30, 9, 0, tzinfo=dt.UTC), dt.datetime(2026, 1, 2, 9, 0, tzinfo=dt.UTC)
    assert [Reader(language).moment(at, now=now) for language in ("en", "pl", "ko")] == [
        "30 December 2025, 09:00", "30 grudnia 2025, 09:00", "2025년 12월 30일 09:00",
    ]  # fmt: skip


def test_a_moment_is_told_by_the_readers_own_clock() -> None:
    at, now = dt.datetime(2026, 3, 11, 23, 30, tzinfo=dt.UTC), dt.datetime(2026, 3, 12, 9, 0, tzinfo=dt.UTC)
    assert Reader("en", "Europe/Warsaw").moment(at, now=now) == "today 00:30"
    assert Reader("en", "America/New_York").moment(at, now=now) == "yesterday 19:30"
    assert Reader("pl", "Europe/Warsaw").moment(at, now=now + dt.timedelta(days=2)) == "12 marca, 00:30"


def test_what_is_put_in_is_escaped_once() -> None:
    reader = Reader("en")
    name = reader.say("{name} {points}", name="<@U1> & co", points=5)
    assert name == "&lt;@U1&gt; &amp; co 5"
    assert reader.say("{told}, {moved}", told=name, moved=Mrkdwn("<ok>")) == "&lt;@U1&gt; &amp; co 5, <ok>"
    assert reader.label("{account}, {when}", account="A & B", when="March") == "A & B, March"
