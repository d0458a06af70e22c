"""The recount by hand, held against sums done on paper; each comment is the sum."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from ruamel.yaml import YAML

from tests.support.programme_strategies import Programme, as_yaml
from tests.support.reference_model import Count, Reached, Transfer, board, count, main
from tests.support.source_text import bounds, read_usage
from tests.support.usage_strategies import Event, as_lines, cases

D1, D2 = date(2026, 3, 1), date(2026, 3, 2)  # a Sunday and a Monday


def programme(*earn: dict[str, Any], milestones: list[dict[str, Any]] | None = None, **more: Any) -> Programme:
    accounts = [
        {"key": "north", "name": "North", "timezone": "Europe/Warsaw", "cohort": "pilot"},
        {"key": "south", "name": "South", "timezone": "America/New_York"},
    ]
    rules = [{"key": f"r{n}", "event": "Done", **rule} for n, rule in enumerate(earn, start=1)]
    marks = [{"key": f"m{n}", "when": when} for n, when in enumerate(milestones or [], start=1)]
    return {"programme": {"name": "Orbit"}, "accounts": accounts, "earn": rules, "milestones": marks, **more}


def event(message_id: str, at: str, person: str = "ann", account: str = "north", **properties: Any) -> Event:
    """An event `Done`; `at` without an offset is UTC."""
    return {
        "type": "track",
        "messageId": message_id,
        "userId": person,
        "event": "Done",
        "timestamp": at if "+" in at else at + "Z",
        "context": {"groupId": account},
        "properties": properties,
    }


def points(result: Count, account: str = "north") -> list[tuple[str, str, int]]:
    return [(t.message_id, t.rule, t.points) for t in result.accounts[account].transfers]


def test_the_day_is_the_accounts_own_and_the_same_id_in_two_accounts_is_two_events_of_two_people() -> None:
    # 23:30 UTC on 1 March: 00:30 on the 2nd in Warsaw (+1), 18:30 on the 1st in New York (-5).
    twice = [event("a", "2026-03-01T23:30:00", account=key) for key in ("north", "south")]
    result = count(programme({"points": 5}), twice)
    assert result.accounts["north"].transfers == [Transfer("ann", "r1", 5, "person", D2, "a")]
    assert result.accounts["south"].transfers == [Transfer("ann", "r1", 5, "person", D1, "a")]


def test_a_unit_is_paid_whole_and_what_cannot_be_counted_is_skipped() -> None:
    # each 100 worth 2, at most 7: 99 -> 0; 100 -> 2; 299.5 -> 2 * 2 = 4; 400 -> 8, cut to 7. Nothing else is a number.
    values: list[Any] = [99, 100, 299.5, 400, -1, "400", True]
    events = [event(str(n), "2026-03-02T10:00:00", rows=value) for n, value in enumerate(values)]
    rule = {"points": {"each": 100, "of": "rows", "worth": 2, "at_most": 7}}
    result = count(programme(rule), [*events, event("none", "2026-03-02T10:00:00")])
    assert points(result) == [("1", "r1", 2), ("2", "r1", 4), ("3", "r1", 7)]
    assert result.accounts["north"].skipped == {
        ("r1", "negative"): 1,
        ("r1", "not a number"): 2,
        ("r1", "missing"): 1,
    }


def test_a_decimal_unit_divides_as_on_paper(tmp_path: Path) -> None:
    # 0.3 / 0.1 is 3; with binary fractions it would be 2.
    (tmp_path / "usage").write_text(as_lines([event("a", "2026-03-02T10:00:00", hours=0.3)]))
    rule = {"points": {"each": 0.1, "of": "hours", "worth": 1}}
    assert points(count(programme(rule), read_usage([tmp_path / "usage"]))) == [("a", "r1", 3)]


def test_a_limit_of_points_cuts_the_last_and_is_each_persons_and_each_periods_own() -> None:
    # 12 a week, 5 each: 5, 5, 2, nothing; Sunday the 1st is the week before (Monday first), so a late event pays 5.
    rule = {"points": 5, "limit": {"points": 12, "per": "week"}}
    events = [event(str(n), f"2026-03-0{n}T10:00:00") for n in (2, 3, 4, 5, 1)]
    result = count(programme(rule), [*events, event("bo", "2026-03-05T10:00:00", "bo")])
    assert points(result) == [("2", "r1", 5), ("3", "r1", 5), ("4", "r1", 2), ("1", "r1", 5), ("bo", "r1", 5)]


def test_a_week_may_begin_on_sunday_and_a_month_ends_by_the_local_day() -> None:
    # Weeks from Sunday: the 1st and 2nd share one, the second pays nothing. 31 March 22:30 UTC is 1 April in Warsaw
    # (+2 since 29 March): another month.
    rules = [{"points": 5, "limit": {"times": 1, "per": per}} for per in ("week", "month")]
    events = [event("a", "2026-03-01T10:00:00"), event("b", "2026-03-02T10:00:00"), event("c", "2026-03-31T22:30:00")]
    result = count(programme(*rules, programme={"name": "Orbit", "week_starts": "sunday"}), events)
    assert points(result) == [("a", "r1", 5), ("a", "r2", 5), ("c", "r1", 5), ("c", "r2", 5)]


def test_a_cooldown_looks_at_the_last_paid_arrival_before_and_after() -> None:
    # 1 h. 10:00 pays; 10:59:59 does not; 11:00 does (exactly an hour); 10:00:01 is 59:59 before 11:00: no; 10:00 is an
    # hour before 11:00: pays, though it is the first one's own instant; then 10:30 is compared with 10:00: no.
    times = ["10:00:00", "10:59:59", "11:00:00", "10:00:01", "10:00:00", "10:30:00"]
    events = [event(str(n), f"2026-03-02T{at}") for n, at in enumerate(times)]
    result = count(programme({"points": 4, "cooldown": "1h"}), events)
    assert points(result) == [("0", "r1", 4), ("2", "r1", 4), ("4", "r1", 4)]


def test_once_is_a_persons_and_once_each_a_values() -> None:
    # r1 pays the first event; r2 the values "a", "1", 1, true; 1.0 is 1 again, a missing value is skipped.
    values: list[Any] = ["a", "a", "1", 1, 1.0, True]
    events = [event(str(n), "2026-03-02T10:00:00", feature=value) for n, value in enumerate(values)]
    result = count(
        programme({"points": 50, "once": True}, {"points": 3, "once": {"each": "feature"}}),
        [*events, event("none", "2026-03-02T10:00:00")],
    )
    assert points(result) == [("0", "r1", 50), ("0", "r2", 3), ("2", "r2", 3), ("3", "r2", 3), ("5", "r2", 3)]
    assert result.accounts["north"].skipped == {("r2", "missing"): 1}


def test_a_result_of_nothing_uses_no_limit_no_once_and_no_cooldown() -> None:
    # 0, then 1 a second later is still the first.
    rule = {
        "points": {"each": 1, "of": "rows", "worth": 1},
        "once": True,
        "cooldown": "1h",
        "limit": {"times": 1, "per": "day"},
    }
    events = [event("a", "2026-03-02T10:00:00", rows=0), event("b", "2026-03-02T10:00:01", rows=1)]
    assert points(count(programme(rule), events)) == [("b", "r1", 1)]


@pytest.mark.parametrize(
    ("where", "paid"),
    [
        ({"n": 5}, "a d"),
        ({"n": "5"}, "b"),
        ({"n": {"in": [5, True]}}, "a c d"),
        ({"n": {"at_least": 5}}, "a d e"),
        ({"n": {"at_most": 5}}, "a d"),
        ({"n": {"exists": True}}, "a b c d e"),
        ({"n": {"exists": False}}, "f"),
        ({"n": 5, "plan": "pro"}, "d"),
    ],
)
def test_all_conditions_must_hold(where: dict[str, Any], paid: str) -> None:
    bodies: dict[str, dict[str, Any]] = {
        "a": {"n": 5},
        "b": {"n": "5"},
        "c": {"n": True},
        "d": {"n": 5.0, "plan": "pro"},
        "e": {"n": 5.5, "plan": "pro"},
        "f": {"plan": "pro"},
    }
    events = [event(key, "2026-03-02T10:00:00", **body) for key, body in bodies.items()]
    result = count(programme({"points": 1, "where": where}), events)
    assert " ".join(message_id for message_id, _rule, _points in points(result)) == paid


def test_campaigns_cohorts_and_accounts_decide_for_whom_and_when() -> None:
    # 1 March 22:59 UTC is still the 1st in Warsaw, 23:00 is the 2nd; `until` the 3rd keeps the 2nd. South is no pilot.
    campaign: dict[str, Any] = {"points": 1, "from": D2, "until": date(2026, 3, 3)}
    rules = [campaign, {"points": 2, "cohort": "pilot"}, {"points": 3, "accounts": ["south"]}]
    times = {"a": "2026-03-01T22:59:00", "b": "2026-03-01T23:00:00", "c": "2026-03-02T23:00:00"}
    events = [event(key, at) for key, at in times.items()]
    result = count(programme(*rules), [*events, event("a", "2026-03-02T12:00:00", account="south")])
    assert points(result) == [("a", "r2", 2), ("b", "r1", 1), ("b", "r2", 2), ("c", "r2", 2)]
    assert points(result, "south") == [("a", "r1", 1), ("a", "r3", 3)]


def test_the_pool_ranks_nobody_and_counts_only_for_the_team() -> None:
    # bo: 3 + 3 = 6 to the person, 10 a time to the pool. Together 13 after the first, 26 >= 20 after the second.
    rules: list[dict[str, Any]] = [{"points": 3}, {"points": 10, "to": "pool"}]
    marks = [{"points": 7}, {"team_points": 20}, {"points": 6}]
    events = [event(str(n), f"2026-03-0{n}T10:00:00", "bo") for n in (2, 3)]
    result = count(programme(*rules, milestones=marks), events)
    north = result.accounts["north"]
    assert (north.total("bo"), north.to_people(), north.pool()) == (6, 6, 20)
    assert result.standings("north", "all", D2) == [(1, "bo", 6)]
    assert north.milestones == [Reached("m2", None, "3"), Reached("m3", "bo", "3")]


def test_what_a_pool_gets_makes_no_streak_and_a_weekend_neither_breaks_nor_adds() -> None:
    # Thu 26, Fri 27 February, Sat 28, Mon 2 March: three working days in a row, completed by what arrives last, the
    # Friday. bo has Thu, Sat, Mon: no Friday, so one at most.
    days = ["02-26", "02-28", "03-02", "02-27"]
    events = [event(day, f"2026-{day}T10:00:00") for day in days]
    others = [event("bo" + day, f"2026-{day}T10:00:00", "bo") for day in days[:3]]
    marks = [{"streak": 3}, {"streak": 2}]
    result = count(programme({"points": 1}, milestones=marks), [*others, *events])
    assert result.accounts["north"].milestones == [Reached("m1", "ann", "02-27"), Reached("m2", "ann", "02-27")]
    pool = count(programme({"points": 1, "to": "pool"}, milestones=marks), [*others, *events])
    assert pool.accounts["north"].milestones == []


def test_counts_and_distinct_values_look_at_what_was_recorded_paid_or_not() -> None:
    # Only "a" is paid. Three events with the values 1, 1.0 (the same), "1": the third is the second value.
    events = [event(key, "2026-03-02T10:00:00", feature=v) for key, v in {"a": 1, "b": 1.0, "c": "1"}.items()]
    marks = [{"count": 2, "of": "Done"}, {"distinct": 2, "of": "feature", "event": "Done"}]
    result = count(programme({"points": 1, "once": True}, milestones=marks), [*events, events[0]])
    assert points(result) == [("a", "r1", 1)]
    assert result.accounts["north"].milestones == [Reached("m1", "ann", "b"), Reached("m2", "ann", "c")]


def test_a_replay_pays_nothing_and_another_body_is_refused_by_its_instant_not_its_spelling() -> None:
    events = [
        event("a", "2026-03-02T10:00:00", rows=1, plan="pro"),
        event("a", "2026-03-02T11:00:00+01:00", plan="pro", rows=1.0),  # the same instant, the same properties
        event("a", "2026-03-02T11:00:00", rows=1, plan="pro"),
        event("a", "2026-03-02T10:00:00", rows=True, plan="pro"),
        event("a", "2026-03-02T10:00:00", "bo", rows=1, plan="pro"),
        event("a", "2026-03-02T10:00:00", account="east"),  # no such account
    ]
    result = count(programme({"points": 1}), events)
    north = result.accounts["north"]
    assert (north.recorded, north.replayed, north.refused, result.unreadable) == (1, 1, 3, 1)
    assert points(result) == [("a", "r1", 1)]


def test_the_excluded_and_what_was_before_the_invitation_earn_nothing() -> None:
    # Invited on the 2nd: 22:59 UTC on the 1st is before it in Warsaw. The robot earns nothing, not even for the pool.
    rules = programme({"points": 1}, {"points": 1, "to": "pool"}, exclude={"people": ["robot-*"]})
    rules["milestones"] = [{"key": "m1", "when": {"count": 1, "of": "Done"}}]
    rules["accounts"][0]["invited"] = D2
    events = [
        event("a", "2026-03-01T22:59:00"),
        event("b", "2026-03-01T22:00:00", "robot-1"),
        event("c", "2026-03-01T23:00:00", "robot-1"),
        event("a", "2026-03-01T22:59:00"),
        event("d", "2026-03-01T23:00:00", "Robot-1"),
    ]
    result = count(rules, events)
    north = result.accounts["north"]
    assert (north.recorded, north.replayed, north.excluded) == (4, 1, 1)
    assert north.before_invited == Counter({D1: 2})
    assert points(result) == [("d", "r1", 1), ("d", "r2", 1)]
    assert north.milestones == [Reached("m1", "Robot-1", "d")]


def test_ranks_are_one_one_three_and_ties_go_by_code_point() -> None:
    # Zoe 5 + 5, ann 10, łucja 10 in March, cy 5 on Sunday: Z < a < ł. The week of the 2nd leaves Zoe's Sunday out.
    rule = {"points": {"each": 1, "of": "rows", "worth": 1}}
    events = [
        event("1", "2026-03-02T10:00:00", "łucja", rows=10),
        event("2", "2026-03-02T10:00:00", "ann", rows=10),
        event("3", "2026-03-01T10:00:00", "Zoe", rows=5),
        event("4", "2026-03-02T10:00:00", "Zoe", rows=5),
        event("5", "2026-03-01T10:00:00", "cy", rows=5),
    ]
    result = count(programme(rule), events)
    assert result.standings("north", "month", D2) == [(1, "Zoe", 10), (1, "ann", 10), (1, "łucja", 10), (4, "cy", 5)]
    assert result.standings("north", "week", D2) == [(1, "ann", 10), (1, "łucja", 10), (3, "Zoe", 5)]
    assert result.standings("north", "day", D1) == [(1, "Zoe", 5), (1, "cy", 5)]
    assert board(result, "north", "day", D1) == {
        "account": "north",
        "period": "day",
        "start": "2026-03-01",
        "end": "2026-03-02",
        "rows": [
            {"rank": 1, "person": "Zoe", "name": "Zoe", "points": 5},
            {"rank": 1, "person": "cy", "name": "cy", "points": 5},
        ],
    }


def test_periods_end_where_the_calendar_says() -> None:
    leap = date(2024, 2, 29)  # a Thursday
    assert bounds("week", leap, "monday") == (date(2024, 2, 26), date(2024, 3, 4))
    assert bounds("week", leap, "saturday") == (date(2024, 2, 24), date(2024, 3, 2))
    assert bounds("month", leap, "monday") == (date(2024, 2, 1), date(2024, 3, 1))
    assert bounds("quarter", date(2024, 12, 31), "monday") == (date(2024, 10, 1), date(2025, 1, 1))
    assert bounds("year", leap, "monday") == (date(2024, 1, 1), date(2025, 1, 1))
    assert bounds("all", leap, "monday") is None


def test_the_command_prints_the_board(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "programme.yaml").write_text(as_yaml(programme({"points": 5})))
    for name in ("a", "b"):
        (tmp_path / name).write_text(as_lines([event(name, "2026-03-02T10:00:00")]))
    files = [str(tmp_path / name) for name in ("programme.yaml", "a", "b")]
    monkeypatch.setattr("sys.argv", ["by_hand", *files, "--account", "north", "--json"])
    main()
    assert json.loads(capsys.readouterr().out) == {
        "account": "north",
        "period": "all",
        "start": None,
        "end": None,
        "rows": [{"rank": 1, "person": "ann", "name": "ann", "points": 10}],
    }


@settings(max_examples=50, deadline=None)
@given(cases())
def test_drawn_cases_survive_their_files_and_every_event_is_accounted_for(
    case: tuple[Programme, list[Event]],
) -> None:
    drawn, events = case
    assert YAML(typ="safe", pure=True).load(as_yaml(drawn)) == drawn
    assert [json.loads(line) for line in as_lines(events).splitlines()] == events
    result = count(drawn, events)
    seen = sum(account.recorded + account.replayed + account.refused for account in result.accounts.values())
    assert (seen, result.unreadable) == (len(events), 0)
    for key, account in result.accounts.items():
        assert sum(row[2] for row in result.standings(key, "all", D1)) == account.to_people()
        assert count(drawn, [*events, *events]).accounts[key].transfers == account.transfers
