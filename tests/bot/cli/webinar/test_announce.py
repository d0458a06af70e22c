import datetime as dt
import re
from pathlib import Path

import pytest

from tests.bot.cli.shell import Ran, Shell
from tests.bot.cli.webinar.conftest import FILE, Clock
from tests.support.calendars import Seen, by_vobject, events

DOCUMENT = Path(__file__).parents[4] / "docs" / "webinars.md"
ROW = {
    "webinar": "reports-march", "kind": "webinar", "title": "Scheduled reports in 30 minutes",
    "starts": "2026-03-20T14:00:00+00:00", "ends": "2026-03-20T14:30:00+00:00", "seats": 2,
    "going": 0, "waitlisted": 0, "maybe": 0, "declined": 0, "came": 0,
}  # fmt: skip


def test_a_webinar_is_announced_by_its_file(office: Shell) -> None:
    assert office.json("webinar", "announce", office.file("webinar.yaml", FILE)) == {
        "webinar": "reports-march", "state": "announced", "starts": "2026-03-20T14:00:00+00:00", "invited": 4,
    }  # fmt: skip
    again = office.run("webinar", "announce", "webinar.yaml")
    assert again == Ran(1, [], ["there is a webinar `reports-march` already: give this one another key"])


def test_the_file_of_the_documents_is_one(office: Shell) -> None:
    (text,) = re.findall(r"```yaml\n(webinar:\n.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    made = office.json("webinar", "announce", office.file("webinar.yaml", text), "--draft")
    assert (made["webinar"], made["invited"]) == ("reports-march", 2)


def test_a_draft_tells_nobody_until_it_is_sent(office: Shell) -> None:
    assert office.json("webinar", "announce", office.file("webinar.yaml", FILE), "--draft")["state"] == "draft"
    assert office.run("webinar", "send", "reports-march").out == [
        "reports-march is announced: 2026-03-20 14:00 UTC, 4 people invited."
    ]
    assert office.json("webinar", "show", "reports-march")["state"] == "announced"


def test_a_series_is_as_many_webinars_as_it_has_dates(office: Shell) -> None:
    file = office.file("series.yaml", FILE + "  course: {key: reports, complete: 3}\n"
                       "  series: {key: reports, every: 1 week, times: 4}\n")  # fmt: skip
    made = office.json("webinar", "announce", file)
    assert [part["starts"] for part in made["series"]] == [
        "2026-03-20T14:00:00+00:00", "2026-03-27T14:00:00+00:00",
        "2026-04-03T13:00:00+00:00", "2026-04-10T13:00:00+00:00",
    ]  # fmt: skip
    assert len(office.json("webinar", "list")["webinars"]) == 4


def test_a_list_and_what_is_shown_of_one(announced: Shell) -> None:
    assert announced.json("webinar", "list") == {"webinars": [ROW]}
    assert announced.json("webinar", "list", "--account", "fulton") == {"webinars": [ROW]}
    numbers = dict.fromkeys(("going", "waitlisted", "maybe", "declined", "came"), 0)
    account = {"invited": 2, **numbers, "minutes": 0, "other_time": 0, "wants_recording": 0}
    assert announced.json("webinar", "show", "reports-march") == {
        **ROW, "state": "announced", "invited": 4, "other_time": 0, "wants_recording": 0,
        "by_account": [{"account": "fulton", **account}, {"account": "northwind", **account}],
    }  # fmt: skip
    assert announced.run("webinar", "show", "reports-march").out[:2] == [
        "reports-march (webinar): Scheduled reports in 30 minutes",
        "announced, 2026-03-20 15:00 in Europe/Warsaw, 30 minutes, 2 seats",
    ]
    assert announced.run("webinar", "show", "report-march") == Ran(
        1, [], ["there is no webinar `report-march`: did you mean `reports-march`?"]
    )


def test_nothing_is_listed_where_nothing_is(office: Shell) -> None:
    assert office.json("webinar", "list") == {"webinars": []}
    assert office.run("webinar", "list", "--account", "nortwind").code == 1


def test_it_is_moved_and_cancelled_and_the_calendar_says_so(announced: Shell) -> None:
    before = announced.run("webinar", "calendar", "reports-march").out
    moved = announced.json("webinar", "move", "reports-march", "--at", "2026-03-30 10:00")
    assert (moved["starts"], moved["state"]) == ("2026-03-30T08:00:00+00:00", "announced")
    after = announced.run("webinar", "calendar", "reports-march").out
    old, new = (events("\r\n".join(each).encode())[0] for each in (before, after))
    assert old.uid.value == new.uid.value
    assert int(new.sequence.value) > int(old.sequence.value)
    starts = dt.datetime(2026, 3, 30, 8, tzinfo=dt.UTC)
    assert by_vobject("\r\n".join(after).encode()) == [
        Seen(new.uid.value, "Scheduled reports in 30 minutes", starts, starts + dt.timedelta(minutes=30))
    ]
    assert announced.json("webinar", "cancel", "reports-march", "--why", "The trainer is ill")["state"] == "cancelled"
    gone = announced.run("webinar", "calendar", "reports-march").out
    assert "STATUS:CANCELLED" in gone
    assert announced.run("webinar", "move", "reports-march", "--at", "2026-04-01 10:00").code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--at", "tomorrow"), '--at: a day and a time like "2026-03-20 15:00" are wanted, not the text "tomorrow"'),
        (("--at", "2026-02-31 10:00"), None),
    ],
)
def test_a_time_that_is_none_is_wrong_use(announced: Shell, words: tuple[str, ...], said: str | None) -> None:
    ran = announced.run("webinar", "move", "reports-march", *words)
    assert (ran.code, said is None or ran.err == [said]) == (2, True)


def test_a_time_that_clocks_skip_or_show_twice_is_refused(announced: Shell) -> None:
    skipped = announced.run("webinar", "move", "reports-march", "--at", "2026-03-29 02:30")
    assert skipped == Ran(
        1,
        [],
        ["2026-03-29 02:30 does not exist in Europe/Warsaw: clocks go forward then. The nearest are 01:30 and 03:30"],
    )
    twice = ("webinar", "move", "reports-march", "--at", "2026-10-25 02:30")
    assert announced.run(*twice).code == 1
    assert announced.json(*twice, "--which", "second")["starts"] == "2026-10-25T01:30:00+00:00"


def test_one_persons_calendar_has_what_they_answered(announced: Shell) -> None:
    assert announced.run("webinar", "rsvp", "reports-march", "ania", "going", "--account", "fulton").code == 0
    person = ("webinar", "calendar", "reports-march", "--person", "ania", "--account")
    fulton, northwind = (announced.run(*person, each).out for each in ("fulton", "northwind"))
    assert ("STATUS:CONFIRMED" in fulton, "STATUS:TENTATIVE" in northwind) == (True, True)
    assert ("BEGIN:VALARM" in fulton, "BEGIN:VALARM" in northwind) == (True, False)
    assert announced.run("webinar", "calendar", "reports-march", "--person", "ania").code == 2


def test_the_code_stays_and_the_recording_is_noted(announced: Shell, clock: Clock) -> None:
    first = announced.json("webinar", "code", "reports-march")
    assert (len(first["code"]), first) == (6, announced.json("webinar", "code", "reports-march"))
    assert announced.run("webinar", "recording", "reports-march", "http://x.example").code == 1
    clock.at += dt.timedelta(days=11)
    assert announced.json("webinar", "recording", "reports-march", "https://x.example/v")["state"] == "over"
