import datetime as dt

import pytest

from tests.bot.cli.shell import Ran, Shell
from tests.bot.cli.webinar.conftest import Clock

ZOOM = """\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ania Nowak,ania@northwind.example,03/20/2026 03:00:00 PM,03/20/2026 03:28:00 PM,28,No
Somebody Else,x@elsewhere.example,03/20/2026 03:01:00 PM,03/20/2026 03:20:00 PM,19,No
"""


def rsvp(shell: Shell, person: str, answer: str, account: str = "northwind") -> tuple[object, object]:
    said = shell.json("webinar", "rsvp", "reports-march", person, answer, "--account", account)
    assert set(said) == {"answer", "place"}
    return said["answer"], said["place"]


@pytest.fixture
def over(announced: Shell, clock: Clock) -> Shell:
    """Three hours after the webinar, which Ania of Northwind was going to."""
    rsvp(announced, "ania", "going")
    clock.at = dt.datetime(2026, 3, 20, 17, 30, tzinfo=dt.UTC)
    return announced


def test_seats_go_to_the_first_and_come_free_for_the_next(announced: Shell) -> None:
    assert rsvp(announced, "ania", "going") == ("going", None)
    assert rsvp(announced, "ania", "going", "fulton") == ("going", None)
    assert rsvp(announced, "marek", "going")[0] == "waitlisted"
    assert rsvp(announced, "ania", "declined", "fulton") == ("declined", None)
    assert announced.json("webinar", "show", "reports-march")["going"] == 2
    assert announced.run("webinar", "rsvp", "reports-march", "john", "maybe", "--account", "fulton").out == [
        "John Fulton: maybe."
    ]
    assert announced.run("webinar", "rsvp", "reports-march", "jon", "maybe", "--account", "fulton").code == 1
    assert announced.run("webinar", "rsvp", "reports-march", "john", "perhaps", "--account", "fulton").code == 2


def test_a_report_is_shown_first_and_recorded_then(over: Shell) -> None:
    told = {
        "platform": "zoom",
        "matched": [{"account": "northwind", "person": "ania", "minutes": 28}],
        "unmatched": [{"name": "Somebody Else", "email": "x@elsewhere.example", "minutes": 19}],
        "ambiguous": [], "applied": False,
    }  # fmt: skip
    command = ("webinar", "attendance", "reports-march", over.file("zoom.csv", ZOOM))
    assert over.json(*command) == told
    assert over.json("points", "ania", "--account", "northwind")["balance"] == 0
    assert over.json(*command, "--apply") == {**told, "applied": True}
    assert over.json("points", "ania", "--account", "northwind")["balance"] == 30
    assert over.run(*command, "--apply").out[-1] == "Report 1 is this very file: nothing changed."
    assert over.json("points", "ania", "--account", "northwind")["balance"] == 30
    assert over.json("webinar", "show", "reports-march")["came"] == 1


def test_a_name_is_matched_by_whoever_knows_it(over: Shell) -> None:
    command = ("webinar", "attendance", "reports-march", over.file("zoom.csv", ZOOM))
    matched = over.json(*command, "--match", "Somebody Else=fulton/john", "--apply")
    assert matched["matched"][-1] == {"account": "fulton", "person": "john", "minutes": 19}
    assert over.run(*command, "--match", "Somebody Else") == Ran(
        2, [], ['--match Somebody Else: right is "Ania N.=northwind/ania"']
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "bad.csv: the file is empty: export the report again"),
        ("hello\n", None),
        (ZOOM.replace("03/20/2026", "04/21/2026"), None),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_the_reason(over: Shell, text: str, said: str | None) -> None:
    ran = over.run("webinar", "attendance", "reports-march", over.file("bad.csv", text), "--apply")
    assert (ran.code, ran.out) == (1, [])
    assert said is None or ran.err == [said]
    assert over.json("webinar", "show", "reports-march")["came"] == 0


def test_the_organizers_mark_overrules_a_report(over: Shell) -> None:
    over.run("webinar", "attendance", "reports-march", over.file("zoom.csv", ZOOM), "--apply")
    mark = ("webinar", "mark", "reports-march", "ania", "--account", "northwind")
    assert over.json(*mark, "--absent")["came"] is False
    assert over.json("points", "ania", "--account", "northwind")["balance"] == 0
    assert over.json(*mark, "--minutes", 25) == {
        "webinar": "reports-march", "account": "northwind", "person": "ania", "came": True, "minutes": 25,
    }  # fmt: skip
    assert over.json("points", "ania", "--account", "northwind")["balance"] == 30
    assert over.run(*mark, "--absent", "--minutes", 3).code == 2


def test_nobody_came_before_it_began(announced: Shell) -> None:
    ran = announced.run("webinar", "mark", "reports-march", "ania", "--account", "northwind")
    assert ran == Ran(1, [], ["`reports-march` begins at 2026-03-20 14:00 UTC: nobody came yet"])


def test_a_feed_is_made_anew_and_ended(announced: Shell) -> None:
    command = ("webinar", "feed", "ania", "--account", "northwind")
    first = announced.run(*command, LAURELS_PUBLIC_URL="https://laurels.orbit.example/")
    assert first.out[0].startswith("https://laurels.orbit.example/calendar/")
    assert announced.json(*command)["feed"] not in first.out
    assert announced.run(*command, "--revoke").out == ["The feed of Ania Nowak has ended."]
    assert announced.run(*command, "--revoke").out == ["Ania Nowak had no feed."]
