import json

from loyalty.programme import Change, Field, Plan, Programme, plan, read

FILE = """\
programme: {name: Orbit Champions}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, mode: team}
  - {key: haneul, name: Haneul, timezone: Asia/Seoul, mode: team, channel: C012345, managers: [ewa@orbit.example]}
earn:
  - {key: report, event: Report Scheduled, points: 15, limit: {times: 3, per: day}}
  - {key: rows, event: Rows Exported, points: {each: 0.5, of: rows}, cooldown: 90m}
milestones:
  - {key: steady, when: {streak: 5}, says: {en: "{name}, steady", pl: "{name}"}}
"""


def changed(*replacements: tuple[str, str]) -> Programme:
    text = FILE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return read(text)


def lines(*replacements: tuple[str, str]) -> list[str]:
    return plan(read(FILE), changed(*replacements)).lines()


def test_the_same_programme_changes_nothing() -> None:
    assert plan(read(FILE), read("# a comment\n" + FILE)).lines() == ["Nothing would change."]


def test_another_order_changes_nothing() -> None:
    again = read(FILE)
    assert plan(read(FILE), again.model_copy(update={"earn": again.earn[::-1]})) == Plan(())


def test_a_changed_number_is_shown_before_and_after() -> None:
    assert lines(("points: 15", "points: 30")) == ["~ rule report: points 15 → 30"]


def test_every_field_that_differs_is_shown_as_the_file_writes_it() -> None:
    assert lines(
        ("limit: {times: 3, per: day}", "limit: {points: 50, per: week}, where: {plan: {in: [pro, team]}}"),
        ("points: {each: 0.5, of: rows}, cooldown: 90m", "points: 5, once: true, from: 2026-03-01"),
        ("streak: 5", "streak: 9"),
    ) == [
        "~ rule report: limit {times: 3, per: day} → {points: 50, per: week}, where none → {plan: {in: [pro, team]}}",
        (
            "~ rule rows: points {each: 0.5, of: rows, worth: 1} → 5, once false → true, cooldown 90m → none, "
            "from none → 2026-03-01"
        ),
        "~ milestone steady: when {streak: 5} → {streak: 9}",
    ]


def test_settings_are_compared_section_by_section() -> None:
    end = 'boards: {post: "tuesday 08:30", chart: false}\ncontact: {quiet: never}\nexclude: {people: ["robot-*"]}\n'
    assert lines(("Champions}", "Stars, points_expire: 12 months}"), ("earn:", end + "earn:")) == [
        '~ programme: name "Orbit Champions" → "Orbit Stars", points_expire never → "12 months"',
        '~ boards: post "monday 09:00" → "tuesday 08:30", chart true → false',
        "~ contact: quiet 18:00-08:00 → never",
        "~ exclude: people none → [robot-*]",
    ]


def test_what_is_new_and_what_ends_is_said() -> None:
    assert lines(("key: report", "key: reports"), ("key: steady", "key: steady-on")) == [
        '+ new rule reports: event "Report Scheduled", points 15, limit {times: 3, per: day}',
        '+ new milestone steady-on: when {streak: 5}, says {en: "{name}, steady", pl: "{name}"}',
        "- rule report ends: what it gave stays",
        "- milestone steady ends: what it gave stays",
    ]


def test_an_account_is_never_removed() -> None:
    found = plan(read(FILE), changed(("key: haneul", "key: fulton")))
    assert found.lines() == [
        "+ new account fulton: name Haneul, timezone Asia/Seoul, channel C012345, managers [ewa@orbit.example]",
        "= account haneul is not in the file any more: it stays; take it out by hand",
    ]
    gone = read("programme: {name: Orbit Champions}\n")
    only_accounts = gone.model_copy(update={"accounts": read(FILE).accounts})
    assert plan(only_accounts, gone).lines()[0] == "Nothing would change."


def test_a_first_version_is_all_new() -> None:
    assert plan(None, read(FILE)).lines() == [
        '+ new programme: name "Orbit Champions"',
        "+ new account northwind: name Northwind, timezone Europe/Warsaw",
        "+ new account haneul: name Haneul, timezone Asia/Seoul, channel C012345, managers [ewa@orbit.example]",
        '+ new rule report: event "Report Scheduled", points 15, limit {times: 3, per: day}',
        '+ new rule rows: event "Rows Exported", points {each: 0.5, of: rows, worth: 1}, cooldown 90m',
        '+ new milestone steady: when {streak: 5}, says {en: "{name}, steady", pl: "{name}"}',
    ]


def test_what_was_changed_elsewhere_is_left_and_said_so() -> None:
    new = changed(("Europe/Warsaw, mode: team", "Europe/London, mode: private"))
    elsewhere = {"northwind": {"mode": "board", "channel": "C9ELSEWHERE"}}
    assert plan(read(FILE), new, changed_elsewhere=elsewhere).lines() == [
        "~ account northwind: timezone Europe/Warsaw → Europe/London",
        "= account northwind: mode left as it is in Slack: board; the file says private",
    ]


def test_what_was_changed_elsewhere_to_the_same_is_not_spoken_of() -> None:
    both = changed(("managers: [ewa@orbit.example]", "managers: [ewa@orbit.example, ola@orbit.example]"))
    elsewhere: dict[str, dict[str, object]] = {
        "haneul": {"managers": ("ola@orbit.example", "ewa@orbit.example"), "mode": "team"},
        "unknown": {"mode": "board"},
    }
    assert plan(read(FILE), both, changed_elsewhere=elsewhere) == Plan(())


def test_what_was_changed_elsewhere_is_left_on_a_first_version_too_and_changes_nothing_by_itself() -> None:
    elsewhere: dict[str, dict[str, object]] = {
        "haneul": {"channel": None, "managers": ["ola@orbit.example", "ewa@orbit.example"]}
    }
    assert plan(read(FILE), read(FILE), changed_elsewhere=elsewhere).lines() == [
        "Nothing would change.",
        (
            "= account haneul: channel left as it is in Slack: none; the file says C012345, "
            "managers left as it is in Slack: [ola@orbit.example, ewa@orbit.example]; the file says [ewa@orbit.example]"
        ),
    ]
    assert plan(None, read(FILE), changed_elsewhere=elsewhere).lines()[2:4] == [
        "+ new account haneul: name Haneul, timezone Asia/Seoul",
        (
            "= account haneul: channel left as it is in Slack: none; the file says C012345, "
            "managers left as it is in Slack: [ola@orbit.example, ewa@orbit.example]; the file says [ewa@orbit.example]"
        ),
    ]


def test_a_plan_is_json_too() -> None:
    new = changed(("points: 15", "points: 30"), ("mode: team}", "mode: private}"))
    found = plan(read(FILE), new, changed_elsewhere={"northwind": {"mode": "board"}})
    assert found.entries == (
        Change("left", "account", "northwind", (Field("mode", "board", "private"),)),
        Change("changed", "rule", "report", (Field("points", 15, 30),)),
    )
    assert json.loads(json.dumps(found.as_json())) == {
        "changes": [
            {
                "what": "changed",
                "kind": "rule",
                "key": "report",
                "fields": [{"name": "points", "old": 15, "new": 30}],
            }
        ],
        "kept": [
            {
                "what": "left",
                "kind": "account",
                "key": "northwind",
                "fields": [{"name": "mode", "old": "board", "new": "private"}],
            }
        ],
    }
