import pytest

from tests.bot.cli.shell import PROGRAMME, Ran, Shell

HEAD = """\
programme: {name: Orbit Champions}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw}
earn:
"""
WARSAW = 'there is no time zone "Europe/Warszawa": did you mean `Europe/Warsaw`?'
RULE = "  - {key: report, event: Report Scheduled, points: 15}\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            HEAD + "  - {key: report, evnt: Report Scheduled, event: A, points: 15}\n",
            "programme.yaml:5: rule `report`: unknown key `evnt`: did you mean `event`?",
        ),
        (
            HEAD + "  - {key: report, event: A, points: {each: 1, of: rows, worth: 1, at_most: 0}}\n",
            "programme.yaml:5: rule `report`: `points.at_most`: 0 is too little: nothing could ever be earned under it",
        ),
        (
            HEAD + RULE + RULE,
            "programme.yaml:6: rule `report`: `key`: another one above has the key `report`: each wants its own",
        ),
        (
            HEAD.replace("Europe/Warsaw", "Europe/Warszawa") + RULE,
            "programme.yaml:3: account `northwind`: `timezone`: " + WARSAW,
        ),
        (
            HEAD + RULE + "milestones:\n  - {key: m, when: {points: 1}, badge: B, says: 'a voucher of $50'}\n",
            'programme.yaml:7: milestone `m`: `says`: "a voucher of $50" promises money: Laurels never pays money',
        ),
    ],
)
def test_a_bad_programme_is_refused_with_line_and_what_would_be_right(shell: Shell, text: str, problem: str) -> None:
    shell.apply()
    file = shell.file("programme.yaml", text)
    ran = shell.run("programme", "check", file)
    assert ran == Ran(1, [], [problem, "1 problem; nothing was changed."])
    assert shell.run("programme", "apply", file) == Ran(1, [], [problem])
    assert [row["version"] for row in shell.json("programme", "history")["versions"]] == [1]


def test_every_problem_is_named_at_once(shell: Shell) -> None:
    file = shell.file("programme.yaml", HEAD + "  - {key: a, event: A, points: 0}\n  - {key: b, evnt: A, points: 1}\n")
    found = shell.json("programme", "check", file, code=1)
    assert (found["file"], found["holds"]) == ("programme.yaml", False)
    assert [problem["line"] for problem in found["problems"]] == [5, 6]


def test_check_touches_no_database(shell: Shell) -> None:
    (shell.folder / "laurels.db").unlink()
    file = shell.file("programme.yaml", PROGRAMME)
    assert shell.run("programme", "check", file) == Ran(
        0, ["programme.yaml holds: 2 accounts, 3 rules, 0 milestones, 0 rewards, 0 tiers."], []
    )
    assert shell.json("programme", "check", file) == {"file": "programme.yaml", "holds": True, "problems": []}
    assert not (shell.folder / "laurels.db").exists()


ELSEWHERE = """\
programme: {name: Orbit Champions}
accounts: []
earn:
  - {key: report, event: Report Scheduled, points: 15, accounts: [northwind]}
  - {key: pilot, event: Report Scheduled, points: 5, cohort: pilot}
"""


def test_rules_may_name_accounts_that_are_there_already(both: Shell) -> None:
    file = both.file("other.yaml", ELSEWHERE)
    unknown = [
        "other.yaml:4: rule `report`: `accounts`: there is no account `northwind`",
        "other.yaml:5: rule `pilot`: `cohort`: no account is in the cohort `pilot`",
    ]
    assert both.run("programme", "check", file) == Ran(1, [], [*unknown, "2 problems; nothing was changed."])
    both.apply(PROGRAMME.replace("Europe/Warsaw}", "Europe/Warsaw, cohort: pilot}"))
    assert both.run("programme", "check", file) == Ran(
        0, ["other.yaml holds: 0 accounts, 2 rules, 0 milestones, 0 rewards, 0 tiers."], []
    )
    assert both.run("programme", "plan", file).code == 0
    assert both.run("programme", "apply", file).out[-1] == "Version 2 is in force."
    event = '{"account":"northwind","person":"ania","event":"Report Scheduled","at":"2026-03-16T09:00:00Z","id":"1"}'
    assert both.json("usage", "import", both.file("usage.ndjson", event))["points"] == 20
    assert both.run("programme", "rollback").code == 0
    assert both.run("programme", "rollback", 2).out[-1] == "Version 4 is in force."


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:9/none", "nonsense://"])
def test_check_works_without_the_database_and_says_so(shell: Shell, url: str) -> None:
    file = shell.file("programme.yaml", PROGRAMME)
    assert shell.run("programme", "check", file, LAURELS_DATABASE_URL=url) == Ran(
        0,
        ["programme.yaml holds: 2 accounts, 3 rules, 0 milestones, 0 rewards, 0 tiers."],
        ["The database cannot be read: accounts that only it has are taken for unknown."],
    )


def test_a_file_in_another_encoding_is_refused_with_its_line(shell: Shell) -> None:
    file = shell.file("programme.yaml", PROGRAMME.replace("Orbit", "Żywiec").encode("iso8859-2"))
    assert shell.run("programme", "check", file) == Ran(1, [], ["programme.yaml:1: is not UTF-8: save it as UTF-8"])


def test_plan_changes_nothing_apply_does_and_rollback_brings_back(both: Shell) -> None:
    both.apply()
    file = both.file("other.yaml", PROGRAMME.replace("points: 15", "points: 30"))
    said = "~ rule report: points 15 → 30"
    assert both.run("programme", "plan", file) == Ran(0, [said], [])
    assert both.run("programme", "apply", file) == Ran(0, [said, "Version 2 is in force."], [])
    assert both.run("programme", "apply", file) == Ran(
        0, ["Version 2 is in force already: the file is the same, nothing changed."], []
    )
    assert both.run("programme", "rollback") == Ran(0, ["~ rule report: points 30 → 15", "Version 3 is in force."], [])
    versions = both.json("programme", "history")["versions"]
    assert [(row["version"], row["restores"], row["author"]) for row in versions] == [
        (3, 1, "operator"), (2, None, "operator"), (1, None, "operator"),
    ]  # fmt: skip
    assert both.run("programme", "rollback", 9) == Ran(
        1, [], ["there is no version 9; `laurels programme history` lists them"]
    )


def test_plan_and_apply_as_json(shell: Shell) -> None:
    shell.apply()
    file = shell.file("other.yaml", PROGRAMME.replace("points: 15", "points: 30"))
    change = {
        "what": "changed", "kind": "rule", "key": "report", "fields": [{"name": "points", "old": 15, "new": 30}],
    }  # fmt: skip
    assert shell.json("programme", "plan", file) == {"changes": [change], "kept": []}
    assert shell.json("programme", "apply", file) == {"version": 2, "new": True, "changes": [change], "kept": []}


def test_history_before_the_first_version(shell: Shell) -> None:
    assert shell.json("programme", "history") == {"versions": []}
    assert shell.run("programme", "history").out == ["No programme was applied yet: `laurels programme apply FILE`."]
