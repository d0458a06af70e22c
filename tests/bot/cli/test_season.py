import pytest

from tests.bot.cli.shell import Ran, Shell, track


@pytest.fixture
def played(both: Shell, friday: object) -> Shell:
    """February and March at Northwind, and somebody else's at Fulton & Reed."""
    both.apply()
    lines = [
        track(1, by="ania", at="2026-02-16T10:00:00+01:00"),
        track(2, by="ania"),
        track(3, by="marek"),
        track(4, by="marek"),
        track(5, by="ania", account="fulton"),
    ]
    assert both.run("usage", "import", both.file("usage.ndjson", "\n".join(lines))).code == 0
    return both


def test_a_season_is_opened_listed_and_undone(played: Shell) -> None:
    opening = ("season", "open", "northwind", "--name", "Spring", "--yes")
    assert played.run(*opening) == Ran(0, ["Northwind has a season from 2026-03-01 on, Spring."], [])
    assert played.run(*opening) == Ran(
        1, [], ["there is a season from 2026-03 on: a new one begins in a later month, or undo that one"]
    )
    later = played.json("season", "open", "northwind", "--from", "2026-04", "--yes")
    assert (later["account"], later["starts"], later["name"]) == ("northwind", "2026-04-01", None)
    listed = played.json("season", "list", "northwind")["seasons"]
    assert [(row["starts"], row["name"]) for row in listed] == [("2026-04-01", None), ("2026-03-01", "Spring")]
    assert played.json("season", "undo", "northwind", "--yes") == later
    assert played.run("season", "undo", "northwind", "--yes") == Ran(
        0, ["The season of Northwind from 2026-03-01 on is undone."], []
    )
    assert played.run("season", "undo", "northwind", "--yes") == Ran(
        1, [], ["Northwind has no season: nothing was undone"]
    )
    assert played.run("season", "list", "northwind").out == [
        "Northwind has no season yet: `laurels season open northwind` opens one."
    ]
    assert played.run("verify").code == 0


def test_without_yes_somebody_has_to_answer(played: Shell) -> None:
    ran = played.run("season", "open", "northwind")
    assert (ran.code, ran.out) == (2, [])
    assert played.json("season", "list", "northwind") == {"account": "northwind", "seasons": []}


def test_its_leaderboard_sums_its_months(played: Shell) -> None:
    board = ("leaderboard", "northwind", "--period", "season")
    assert played.run(*board, "--at", "2026-03-18") == Ran(
        1, [], ["Northwind has no season that holds 2026-03-18: `laurels season open northwind` opens one"]
    )
    for month, name in (("2026-02", "Winter"), ("2026-03", "")):
        assert played.run("season", "open", "northwind", "--from", month, "--name", name, "--yes").code == 0
    assert played.json(*board, "--at", "2026-02-18") == {
        "account": "northwind",
        "period": "season",
        "start": "2026-02-01",
        "end": "2026-03-01",
        "season": "Winter",
        "rows": [{"rank": 1, "person": "ania", "name": "ania", "points": 15}],
    }
    now = played.json(*board)
    assert (now["start"], now["end"], now["season"]) == ("2026-03-01", None, None)
    assert [(row["person"], row["points"]) for row in now["rows"]] == [("marek", 30), ("ania", 15)]
    assert played.run(*board, "--at", "2026-02-18").out[0] == ("Northwind, season Winter: 2026-02-01 to 2026-02-28")
    assert played.run(*board).out[0] == "Northwind, season: since 2026-03-01"
    assert played.run(*board, "--png", "season.png").code == 0
    assert played.run("leaderboard", "fulton", "--period", "season").code == 1


@pytest.mark.parametrize("month", ["2026-13", "March", "2026-3"])
def test_what_is_no_month_is_wrong_use(played: Shell, month: str) -> None:
    ran = played.run("season", "open", "northwind", "--from", month, "--yes")
    assert ran.code == 2
    assert "is no month: right is one like 2026-03." in " ".join(" ".join(ran.err).replace("│", " ").split())


def test_too_far_ahead_is_refused(played: Shell) -> None:
    assert played.run("season", "open", "northwind", "--from", "2062-03", "--yes") == Ran(
        1, [], ["2062-03 is more than 12 months ahead"]
    )
