"""A webinar's file: what it says, and everything that is wrong with it at once."""

import datetime as dt
from typing import Any

import pytest

from loyalty.programme import LocalizedText
from loyalty.webinars.create import EveryWeeks, OnDates
from loyalty.webinars.details import AudienceSpec, WebinarSpec
from loyalty.webinars.file.read import WebinarFileError, WebinarPlan, read_webinar_file
from storage.database import OPERATOR, Database
from tests.support.two_clients import NOW, TwoClients, settle

FILE = """\
webinar:
  key: reports-march
  title: Scheduled reports in 30 minutes
  at: "2026-03-20 15:00"
  timezone: Europe/Warsaw
  minutes: 30
  link: "https://meet.orbit.example/r"
  accounts: [northwind]
"""
KEY_SAID = (
    "webinar.yaml:2: `key`: lowercase letters, digits and hyphens, at most 64, are wanted, not the text"
    ' "Reports March": write `reports-march`'
)
PERSON_SAID = (
    "webinar.yaml:11: `people`: `u9` is of no invited account: write ACCOUNT/PERSON, an account that is invited and"
    " the product's user id"
)


@pytest.fixture
def clients(sqlite_database: Database) -> TwoClients:
    return settle(sqlite_database)


@pytest.fixture
def read(sqlite_database: Database, clients: TwoClients) -> Any:
    def read(text: str) -> WebinarPlan:
        return sqlite_database.read(
            OPERATOR, lambda session: read_webinar_file(session, text, name="webinar.yaml", now=NOW)
        )

    return read


def wrong(read: Any, text: str) -> list[str]:
    with pytest.raises(WebinarFileError) as refused:
        read(text)
    return str(refused.value).splitlines()


def test_the_least_a_file_says_invites_the_whole_account(read: Any, clients: TwoClients) -> None:
    assert read(FILE) == WebinarPlan(
        WebinarSpec(
            key="reports-march",
            title=LocalizedText("Scheduled reports in 30 minutes"),
            local_start=dt.datetime(2026, 3, 20, 15, 0),  # noqa: DTZ001 - a local time
            timezone="Europe/Warsaw",
            minutes=30,
            link="https://meet.orbit.example/r",
        ),
        None,
        {clients.northwind.id: AudienceSpec()},
    )


def test_a_file_may_say_all_of_this(read: Any, clients: TwoClients) -> None:
    text = """\
webinar: {key: retreat, kind: retreat, title: {en: A retreat, pl: Wyjazd}, why: {pl: Dla każdego},
  at: "2026-05-08 09:00", timezone: Europe/Warsaw, ends: "2026-05-10 13:00", place: "Hall 3, Poznań", seats: 20,
  accounts: [northwind, hanbit], where: direct, roles: [champion], people: [northwind/u1, hanbit/u1, hanbit/u3],
  remind: [2 days, 30m], min_minutes: 60, recording: "https://x.example/v", survey: after,
  course: {key: spring, complete: 2}, dates: [2026-05-08, 2026-06-12, 2026-07-10], organizer: Ewa@orbit.example}
"""
    plan = read(text)
    assert plan.spec == WebinarSpec(
        key="retreat",
        kind="retreat",
        title=LocalizedText({"en": "A retreat", "pl": "Wyjazd"}),
        why=LocalizedText({"pl": "Dla każdego"}),
        local_start=dt.datetime(2026, 5, 8, 9, 0),  # noqa: DTZ001 - a local time
        timezone="Europe/Warsaw",
        minutes=52 * 60,
        place="Hall 3, Poznań",
        seats=20,
        remind=(dt.timedelta(days=2), dt.timedelta(minutes=30)),
        min_minutes=60,
        recording="https://x.example/v",
        survey="after",
        series="spring",
        complete=2,
        organizer="ewa@orbit.example",
    )
    assert plan.repeat == OnDates((dt.date(2026, 5, 8), dt.date(2026, 6, 12), dt.date(2026, 7, 10)))
    assert plan.audiences == {
        clients.northwind.id: AudienceSpec(
            roles=("champion",), people=(clients.northwind.people["u1"],), reach="direct"
        ),
        clients.hanbit.id: AudienceSpec(
            roles=("champion",), people=(clients.hanbit.people["u1"], clients.hanbit.people["u3"]), reach="direct"
        ),
    }


def test_a_series_by_weeks(read: Any) -> None:
    plan = read(FILE + "  series: {key: reports, every: 2 weeks, times: 6}\n")
    assert (plan.spec.series, plan.repeat) == ("reports", EveryWeeks(2, 6))


def test_everything_that_is_wrong_is_named_at_once_with_its_line(read: Any) -> None:
    text = """\
webinar:
  key: Reports March
  titel: Scheduled reports
  at: tomorrow
  timezone: Europe/Warszawa
  minutes: 3
  link: "https://meet.orbit.example/r"
  seats: 100000
  where: chanel
  accounts: [northwind]
  points: 30
"""
    assert wrong(read, text) == [
        KEY_SAID,
        "webinar.yaml:3: unknown key `titel`: did you mean `title`?",
        'webinar.yaml:4: `at`: a day and a time like "2026-03-20 15:00" are wanted, not the text "tomorrow"',
        'webinar.yaml:5: `timezone`: there is no time zone "Europe/Warszawa": did you mean `Europe/Warsaw`?',
        "webinar.yaml:6: `minutes`: 3 is too little: it lasts at least 5 minutes",
        "webinar.yaml:8: `seats`: 100000 is too much: at most 10,000 is wanted",
        'webinar.yaml:9: `where`: channel or direct is wanted, not the text "chanel": did you mean `channel`?',
        "webinar.yaml:11: `points`: the programme says what coming is worth, by a rule for the event Webinar Attended",
    ]  # fmt: skip


def test_what_does_not_go_together_is_said_where_it_stands(read: Any) -> None:
    text = FILE.replace("[northwind]", "[nortwind]") + (
        '  ends: "2026-03-20 16:00"\n  place: Hall 3\n  people: [u9]\n  tiers: [gold]\n'
        "  series: {key: a, every: 1 week}\n  course: {key: b, complete: 2}\n"
    )
    assert wrong(read, text) == [
        "webinar.yaml:8: `accounts`: there is no account `nortwind`: did you mean `northwind`?",
        "webinar.yaml:9: `ends`: it says `minutes` as well: one of the two says how long it lasts",
        "webinar.yaml:10: `place`: it says `link` as well: one of the two says where it takes place",
        PERSON_SAID,
        "webinar.yaml:12: `tiers`: there is no tier `gold`",
        "webinar.yaml:13: `series`: `every` and `times` go together, like every: 1 week, times: 4",
        "webinar.yaml:14: `course.key`: the course is `b` and the series `a`: a course is its series, of one key",
    ]


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (('"2026-03-20 15:00"', '"2026-03-01 15:00"'), 4, "past"),
        (('"2026-03-20 15:00"', '"2026-03-29 02:30"'), 4, "does not exist in Europe/Warsaw"),
        (('"2026-03-20 15:00"', '"2026-10-25 02:30"'), 4, "say which, like which: first"),
        (("https://", "http://"), 7, "no link that begins with https://"),
        (("minutes: 30", 'ends: "2026-03-20 14:00"'), 6, "it ends before it begins"),
        (("minutes: 30", "minutes: 30\n  min_minutes: 31"), 7, "31 minutes are not between 1 and the 30"),
        (("accounts: [northwind]", "accounts: [northwind]\n  roles: [champion]"), 1, "only a part of the account"),
        (("accounts: [northwind]", "accounts: [northwind]\n  dates: [2026-03-20]"), 9, ""),
        (("accounts: [northwind]", "accounts: [northwind]\n  dates: [2026-03-20, 2026-03-19]"), 9, ""),
        (("accounts: [northwind]", "where: direct"), 1, "`accounts` is missing"),
    ],
)
def test_what_only_the_whole_shows(read: Any, change: tuple[str, str], line: int, said: str) -> None:
    (problem,) = wrong(read, FILE.replace(*change))
    assert problem.startswith(f"webinar.yaml:{line}: ")
    assert said in problem


def test_which_of_two_times_can_be_said(read: Any) -> None:
    text = FILE.replace("2026-03-20 15:00", "2026-10-25 02:30") + "  which: second\n"
    assert read(text).spec.fold == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "webinar.yaml:1: the file is empty: it wants at least `webinar: {key: …, title: …, at: …}`"),
        ("- a\n", "webinar.yaml:1: a mapping with `webinar:` is wanted, not a list"),
        ("webinars: {}\n", "webinar.yaml:1: unknown key `webinars`: did you mean `webinar`?"),
        (FILE + "---\na: 1\n", "webinar.yaml:9: a second document begins here: a webinar is one"),
    ],
)
def test_a_file_that_is_none(read: Any, text: str, said: str) -> None:
    assert wrong(read, text) == [said]
