"""`laurels tier`, on both databases, two clients."""

import datetime as dt

import pytest

from tests.bot.cli.conftest import NOW
from tests.bot.cli.shell import Ran, Shell, track

TIERS = """
tiers:
  members:
    - {key: silver, name: Silver, points: 15, over: 3 months}
    - {key: gold, name: Gold, points: 900, over: 3 months}
  accounts:
    - {key: partner, name: Partner, by: choice}
"""
PROGRAMME = """\
programme: {name: Orbit Champions}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw}
  - {key: fulton, name: Fulton & Reed, timezone: America/New_York}
earn:
  - {key: report, event: Report Scheduled, points: 15}
"""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, friday: dt.datetime) -> None:
    for module in ("tier", "programme"):
        monkeypatch.setattr(f"bot.cli.{module}.now", lambda: NOW)


def begin(shell: Shell) -> None:
    """Ania of both clients has earned 15 points, and then came the tiers."""
    for text in (PROGRAMME, PROGRAMME + TIERS):
        assert shell.run("programme", "apply", shell.file("programme.yaml", text)).code == 0
        if text == PROGRAMME:
            lines = [track(1), track(2, account="fulton")]
            assert shell.run("usage", "import", shell.file("usage.ndjson", "\n".join(lines))).code == 0


def holder(**given: object) -> dict[str, object]:
    usual = {
        "person": "ania", "name": None, "tier": "silver", "by_points": "silver", "lost_on": None, "chosen": False,
        "until": None, "reason": None,
    }  # fmt: skip
    return {**usual, **given}


def test_a_tier_is_chosen_listed_and_released(both: Shell) -> None:
    begin(both)
    assert both.json("tier", "list", "northwind") == {"account": "northwind", "holders": [holder()]}
    chosen = ("tier", "choose", "northwind", "gold", "--person", "ania", "--until", "2026-12-31", "--reason", "A talk")
    assert both.run(*chosen) == Ran(0, ["ania: gold from now on, until 2026-12-31."], [])
    assert both.run(*chosen) == Ran(0, ["ania: gold already, until 2026-12-31."], [])
    assert both.json("tier", "choose", "northwind", "partner", "--reason", "Contract")["new"] is True
    assert both.json("tier", "list", "northwind")["holders"] == [
        holder(person=None, tier="partner", by_points=None, chosen=True, reason="Contract"),
        holder(tier="gold", chosen=True, until="2026-12-31", reason="A talk"),
    ]
    assert both.json("tier", "list", "fulton")["holders"] == [holder()]
    assert both.run("tier", "release", "northwind", "--person", "ania") == Ran(0, ["ania: points decide again."], [])
    assert both.json("tier", "list", "northwind")["holders"][1] == holder()
    again = both.run("tier", "release", "northwind", "--person", "ania")
    assert (again.code, again.err) == (1, ["no tier was chosen there"])


def test_what_is_wrong_is_said(shell: Shell) -> None:
    begin(shell)
    for typed, words in (
        (("gold",), "the programme has no tier `gold` for accounts"),
        (("golt", "--person", "ania"), "the programme has no tier `golt` for people: did you mean `gold`?"),
        (("gold", "--person", "ania", "--until", "soon"), "'soon' is no day: write it like 2026-12-31"),
        (("gold", "--person", "nobody"), "there is no person `nobody` in this account"),
    ):
        ran = shell.run("tier", "choose", "northwind", *typed, "--reason", "why")
        assert (ran.code, ran.err) == (1, [words])
