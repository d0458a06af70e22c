import json
from typing import Any

from tests.bot.cli.shell import Ran, Shell, track


def earn(shell: Shell) -> None:
    """Ania has 16 points at Northwind, and 15 as somebody else at Fulton & Reed."""
    shell.apply()
    lines = [track(1, rows=100), track(2, account="fulton", rows=0), track(3, event="Dashboard Shared")]
    assert shell.run("usage", "import", shell.file("usage.ndjson", "\n".join(lines))).code == 0


def points(shell: Shell, person: str = "ania", account: str = "northwind") -> dict[str, Any]:
    found = shell.json("points", person, "--account", account)
    assert isinstance(found, dict)
    return found


def transfer(**given: Any) -> dict[str, Any]:
    usual = {
        "kind": "earn", "event": "Report Scheduled",
        "occurred_at": "2026-03-16T09:00:00+00:00", "local_day": "2026-03-16",
        "recorded_at": "2026-03-20T09:00:00+00:00", "version": 1, "reversed": False, "author": "usage", "note": None,
    }  # fmt: skip
    return {**usual, **given}


def test_every_point_is_shown_with_event_rule_and_version(both: Shell, friday: object) -> None:
    earn(both)
    found = points(both)
    latest, first = (row["id"] for row in found["transfers"])
    assert found == {
        "account": "northwind", "person": "ania", "name": None, "balance": 16, "owed": 0, "earned": 16, "spent": 0,
        "transfers": [
            transfer(id=latest, points=1, rule="rows"),
            transfer(id=first, points=15, rule="report"),
        ],
    }  # fmt: skip
    assert both.run("points", "ania", "--account", "northwind") == Ran(
        0,
        [
            "ania: 16 points to spend. 16 earned, 0 spent.",
            "",
            "Transfer   Day          Points   For                Rule     Version",
            "─" * 68,
            f"{latest:>8}   2026-03-16       +1   Report Scheduled   rows           1",
            f"{first:>8}   2026-03-16      +15   Report Scheduled   report         1",
        ],
        [],
    )


def test_a_correction_is_a_transfer_with_a_reason_and_what_is_missing_is_owed(both: Shell, friday: object) -> None:
    earn(both)
    done = both.json("adjust", "ania", "-20", "--account", "northwind", "--reason", "Counted twice", "--yes")
    assert done == {"transfer": done["transfer"], "points": -20, "balance": 0, "owed": 4}
    found = points(both)
    assert (found["balance"], found["owed"], found["earned"]) == (0, 4, -4)
    assert found["transfers"][0] == transfer(
        id=done["transfer"], points=-20, kind="adjust", rule=None, event=None, author="operator", note="Counted twice",
        occurred_at="2026-03-20T09:00:00+00:00", local_day="2026-03-20",
    )  # fmt: skip
    assert points(both, account="fulton")["balance"] == 15
    assert both.run("adjust", "ania", 5, "--account", "northwind", "--reason", "Thanks", "--yes").out == [
        f"Done, transfer {points(both)['transfers'][0]['id']}: ania now has 1 point to spend."
    ]


def test_a_transfer_is_taken_back_once(both: Shell) -> None:
    earn(both)
    number = points(both)["transfers"][1]["id"]
    words = ("--account", "northwind", "--reason", "A test", "--yes")
    done = both.json("reverse", number, *words)
    found = points(both)
    assert (done["transfer"], done["reversal"], found["balance"]) == (number, found["transfers"][0]["id"], 1)
    assert found["transfers"][2]["reversed"] is True
    assert both.run("reverse", number, *words) == Ran(1, [], [f"transfer {number} was reversed already"])
    assert both.run("reverse", 999, *words) == Ran(1, [], ["there is no transfer 999 in northwind"])
    assert both.run("verify").code == 0


def test_a_correction_asks_first_and_does_nothing_where_nobody_answers(shell: Shell) -> None:
    earn(shell)
    assert shell.run("adjust", "ania", 5, "--account", "northwind", "--reason", "Thanks") == Ran(
        2, [], ["Give 5 points to ania (Northwind)? There is nobody to answer: say --yes"]
    )
    number = points(shell)["transfers"][1]["id"]
    assert shell.run("reverse", number, "--account", "northwind", "--reason", "A test").code == 2
    assert points(shell)["balance"] == 16


def test_what_is_no_correction_is_refused(shell: Shell) -> None:
    earn(shell)
    assert shell.run("adjust", "ania", 0, "--account", "northwind", "--reason", "x", "--yes") == Ran(
        1, [], ["0 is no correction; it is between 1 and 1000000000, or as many fewer"]
    )
    assert shell.run("adjust", "ania", 5, "--account", "northwind", "--reason", " ", "--yes").code == 1


def test_the_nearest_account_and_person_are_named(shell: Shell) -> None:
    earn(shell)
    assert shell.run("points", "anja", "--account", "northwind") == Ran(
        1, [], ["there is no person `anja` in this account: did you mean `ania`?"]
    )
    assert shell.run("points", "ania", "--account", "nortwind") == Ran(
        1, [], ["there is no account `nortwind`: did you mean `northwind`?"]
    )


def test_another_clients_people_are_not_offered(shell: Shell) -> None:
    earn(shell)
    assert shell.run("usage", "import", shell.file("more.ndjson", track(9, by="robert", account="fulton"))).code == 0
    assert shell.run("points", "robertt", "--account", "northwind").err == [
        "there is no person `robertt` in this account"
    ]


def test_words_list_the_latest_twenty_all_when_asked(shell: Shell) -> None:
    shell.apply()
    file = shell.file("usage.ndjson", "\n".join(track(n, rows=0) for n in range(30)))
    assert shell.run("usage", "import", file).code == 0
    shown = shell.run("points", "ania", "--account", "northwind").out
    assert (len(shown), shown[-1]) == (4 + 20 + 1, "and 10 earlier; --all lists them")
    assert len(shell.run("points", "ania", "--account", "northwind", "--all").out) == 4 + 30
    assert len(points(shell)["transfers"]) == 30


def test_json_is_one_document_and_nothing_else(shell: Shell) -> None:
    earn(shell)
    ran = shell.run("points", "ania", "--account", "northwind", "--json")
    assert json.loads("\n".join(ran.out))["balance"] == 16
    assert ran.err == []
