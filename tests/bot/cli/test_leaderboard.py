import pytest

from tests.bot.cli.shell import Ran, Shell, track


@pytest.fixture
def played(both: Shell) -> Shell:
    """A week at Northwind, and somebody else's at Fulton & Reed."""
    both.apply()
    lines = [
        track(1, by="ania", rows=0),
        track(2, by="marek", rows=0),
        track(3, by="jan", at="2026-03-22T23:59:59+01:00", rows=500),
        track(4, by="jan", at="2026-03-23T00:00:00+01:00", rows=0),
        track(5, by="robot-1", rows=0),
        track(6, by="ania", account="fulton", rows=0),
    ]
    assert both.run("usage", "import", both.file("usage.ndjson", "\n".join(lines))).code == 0
    return both


def test_everyone_who_earned_stands_there_best_first_ties_together(played: Shell) -> None:
    assert played.json("leaderboard", "northwind", "--period", "week", "--at", "2026-03-18") == {
        "account": "northwind",
        "period": "week",
        "start": "2026-03-16",
        "end": "2026-03-23",
        "rows": [
            {"rank": 1, "person": "jan", "name": "jan", "points": 20},
            {"rank": 2, "person": "ania", "name": "ania", "points": 15},
            {"rank": 2, "person": "marek", "name": "marek", "points": 15},
        ],
    }


def test_all_time_ignores_the_date_and_has_no_end(played: Shell) -> None:
    found = played.json("leaderboard", "northwind", "--period", "all", "--at", "1999-01-01")
    assert (found["end"], [row["points"] for row in found["rows"]]) == (None, [35, 15, 15])


def test_names_come_from_the_roster(played: Shell) -> None:
    roster = played.file("roster.csv", "id,name\nania,Ania Nowak\n")
    assert played.run("people", "import", roster, "--account", "northwind").code == 0
    assert played.run("leaderboard", "northwind", "--at", "2026-03-16") == Ran(
        0,
        [
            "Northwind, week: 2026-03-16 to 2026-03-22",
            "",
            "Rank   Name         Points   Person",
            "───────────────────────────────────",
            "   1   jan              20   jan   ",
            "   2   Ania Nowak       15   ania  ",
            "   2   marek            15   marek ",
        ],
        [],
    )


def test_a_picture_is_drawn_beside_it(played: Shell) -> None:
    ran = played.run("leaderboard", "northwind", "--at", "2026-03-16", "--png", "week.png")
    assert (ran.code, ran.err) == (0, ["Drew week.png."])
    assert (played.folder / "week.png").read_bytes().startswith(b"\x89PNG")
    assert played.run("leaderboard", "northwind", "--png", "no/where.png") == Ran(
        2, [], ["no/where.png: No such file or directory: name a file that may be written"]
    )


def test_a_period_without_points_says_so(played: Shell) -> None:
    assert played.run("leaderboard", "northwind", "--period", "year", "--at", "2020-05-05").out == [
        "Northwind, year: 2020-01-01 to 2020-12-31",
        "Nobody earned points.",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "decade"), "there is no period `decade`: there are day, week, month"),
        (("--period", "wek"), "there is no period `wek`: did you mean `week`?"),
        (("--at", "16.3.2026"), "16.3.2026 is no date: right is one like 2026-03-16."),
    ],
)
def test_wrong_use_says_what_would_be_right(shell: Shell, words: tuple[str, ...], said: str) -> None:
    shell.apply()
    ran = shell.run("leaderboard", "northwind", *words)
    assert ran.code == 2
    assert said in " ".join(" ".join(ran.err).replace("│", " ").split())
