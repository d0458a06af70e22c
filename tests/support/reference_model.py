"""A recount of usage as somebody would do it with the programme file, the usage and a pencil.

Shares no code with Laurels, so that the two can be held against each other: `count(programme, events)`, or

    python -m tests.support.reference_model PROGRAMME FILE... --account A --period week --at 2026-03-02 --json

It looks at everything recorded so far each time anew: slow, and easy to see through.
"""

# Where the programme file's description leaves a question open, it is read like this:
#  1. An event has an id, a person, a name, a known account, an instant with an offset; Segment's type is `track`. Any
#     other line is refused, and its id stays free. Ids, names and people are compared as they stand (case, spaces).
#  2. Values of properties are compared as JSON: 1 and 1.0 are the same, 1, "1" and true are three. The order of keys
#     means nothing, another offset for the same instant is no other body (instants go down to the microsecond),
#     absent properties are none.
#  3. null is a value like another (it exists) but no number.
#  4. value / E is exact, in the decimals as written: 0.3 / 0.1 is 3. Without `at_most` there is no maximum.
#  5. `skipped` counts once an event and rule, only where the rule is for that event (name, where, dates, account) and
#     the person can earn. The points' property comes first; limits are not asked before: a missing number is skipped
#     on a full day too. `once: {each: P}` without P in the event pays nothing and is skipped as missing. A `where`
#     that does not hold is no skip; nor is a limit, a cooldown, a once.
#  6. `at_least` and `at_most` hold for numbers only.
#  7. Before `invited`: the event counts as recorded, its replay is a replay, another body under its id is refused. It
#     counts in its day even where the person is excluded, and is then not counted as excluded; it is neither `count`
#     nor `distinct` for a milestone.
#  8. `count` and `distinct` look at recorded events of people who can earn, paid or not, whatever the rules' dates.
#     `distinct` without `event` looks at every event; an event without the property adds no value.
#  9. Milestones are asked after each event, in the file's order; a team's milestone has no person.
# 10. `exclude` reads shell patterns, case matters. `cohort` and `accounts` together: both must hold.
# 11. `week_starts` absent is Monday. Of the period `all`, start and end are null.
# 12. A cooldown's day is 24 hours; a cooldown in months has no length and is an error here.
# 13. `refused` counts an event under another body in its account; what names no account we know is counted in none.

import argparse
import fnmatch
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.source_text import (
    UnreadableError,
    Usage,
    as_date,
    as_duration,
    as_json,
    as_number,
    bounds,
    read_event,
    read_programme,
    read_usage,
)

PERIODS = ("day", "week", "month", "quarter", "year", "all")
MISSING, NEGATIVE, NO_NUMBER = "missing", "negative", "not a number"


class SkippedError(Exception):
    """The event lacks what the rule counts; its argument is one of MISSING, NEGATIVE, NO_NUMBER."""


@dataclass(frozen=True)
class Transfer:
    person: str  # whose event it was, also when the pool gets the points
    rule: str
    points: int
    to: str  # "person" or "pool"
    local_day: date
    message_id: str


@dataclass(frozen=True)
class Reached:
    milestone: str
    person: str | None  # None: the team
    message_id: str  # of the event that completed it


@dataclass
class Page:
    """One person's page in an account's book, in order of arrival."""

    usage: list[Usage] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)


@dataclass
class AccountCount:
    """What one account's usage comes to; lists are in order of arrival."""

    transfers: list[Transfer] = field(default_factory=list)
    milestones: list[Reached] = field(default_factory=list)
    recorded: int = 0
    replayed: int = 0
    refused: int = 0
    excluded: int = 0
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)  # by rule and reason
    before_invited: Counter[date] = field(default_factory=Counter)  # by local day
    events: dict[str, Usage] = field(default_factory=dict)  # recorded, by message id
    pages: defaultdict[str, Page] = field(default_factory=lambda: defaultdict(Page))  # of people who can earn

    def total(self, person: str) -> int:
        return sum(t.points for t in self.pages[person].transfers if t.to == "person")

    def to_people(self) -> int:
        return sum(t.points for t in self.transfers if t.to == "person")

    def pool(self) -> int:
        return sum(t.points for t in self.transfers if t.to == "pool")


@dataclass
class Count:
    programme: dict[str, Any]
    accounts: dict[str, AccountCount]
    unreadable: int = 0  # refused before an account is known

    def bounds(self, period: str, at: date) -> tuple[date, date] | None:
        """The first day of the period that holds `at` and the first day after it; None for all time."""
        return bounds(period, at, self.programme["programme"].get("week_starts", "monday"))

    def standings(self, account: str, period: str, at: date) -> list[tuple[int, str, int]]:
        """(rank, person, points), best first: 1, 1, 3, ties by the person's id."""
        within = self.bounds(period, at)
        points: Counter[str] = Counter()
        for t in self.accounts[account].transfers:
            if t.to == "person" and (within is None or within[0] <= t.local_day < within[1]):
                points[t.person] += t.points
        ordered = sorted(points.items(), key=lambda row: (-row[1], row[0]))
        return [(1 + sum(other > own for other in points.values()), person, own) for person, own in ordered]


def count(programme: dict[str, Any], events: Sequence[dict[str, Any]]) -> Count:
    """Everything that follows from Segment events, taken in the order given, under one programme."""
    accounts = {account["key"]: account for account in programme["accounts"]}
    result = Count(programme, {key: AccountCount() for key in accounts})
    for raw in events:
        try:
            usage = read_event(raw, accounts)
        except UnreadableError:
            result.unreadable += 1
            continue
        take(programme, accounts[usage.account], result.accounts[usage.account], usage)
    return result


def take(programme: dict[str, Any], account: dict[str, Any], so_far: AccountCount, usage: Usage) -> None:
    """Count one event after all those that arrived before it."""
    first = so_far.events.get(usage.message_id)
    if first is not None:
        if first.same_as(usage):
            so_far.replayed += 1
        else:
            so_far.refused += 1
        return
    so_far.events[usage.message_id] = usage
    so_far.recorded += 1
    day = usage.occurred_at.astimezone(ZoneInfo(account["timezone"])).date()
    if "invited" in account and day < as_date(account["invited"]):
        so_far.before_invited[day] += 1
    elif any(fnmatch.fnmatchcase(usage.person, pattern) for pattern in programme.get("exclude", {}).get("people", [])):
        so_far.excluded += 1
    else:
        so_far.pages[usage.person].usage.append(usage)
        earn(programme, account, so_far, usage, day)
        reach(programme, so_far, usage)


def earn(programme: dict[str, Any], account: dict[str, Any], so_far: AccountCount, usage: Usage, day: date) -> None:
    week_starts = programme["programme"].get("week_starts", "monday")
    for rule in programme["earn"]:
        if not applies(rule, account, usage, day):
            continue
        try:
            points = pays(rule, so_far, usage, day, week_starts)
        except SkippedError as skipped:
            so_far.skipped[rule["key"], str(skipped)] += 1
            continue
        if points > 0:
            to = rule.get("to", "person")
            transfer = Transfer(usage.person, rule["key"], points, to, day, usage.message_id)
            so_far.transfers.append(transfer)
            so_far.pages[usage.person].transfers.append(transfer)


def applies(rule: dict[str, Any], account: dict[str, Any], usage: Usage, day: date) -> bool:
    """Whether the rule is for this event at all, whatever was earned before."""
    return (
        rule["event"] == usage.name
        and ("from" not in rule or as_date(rule["from"]) <= day)
        and ("until" not in rule or day < as_date(rule["until"]))
        and ("cohort" not in rule or rule["cohort"] == account.get("cohort"))
        and ("accounts" not in rule or account["key"] in rule["accounts"])
        and all(holds(wanted, usage.properties, name) for name, wanted in rule.get("where", {}).items())
    )


def holds(wanted: Any, properties: dict[str, Any], name: str) -> bool:
    if not isinstance(wanted, dict):
        return name in properties and as_json(properties[name]) == as_json(wanted)
    if "exists" in wanted and wanted["exists"] != (name in properties):
        return False
    if "in" in wanted:
        return name in properties and as_json(properties[name]) in [as_json(value) for value in wanted["in"]]
    value = as_number(properties.get(name))
    if "at_least" in wanted and (value is None or value < Fraction(str(wanted["at_least"]))):
        return False
    return not ("at_most" in wanted and (value is None or value > Fraction(str(wanted["at_most"]))))


def pays(rule: dict[str, Any], so_far: AccountCount, usage: Usage, day: date, week_starts: str) -> int:
    """What the rule gives for the event after everything this person earned by it before."""
    points = worth(rule["points"], usage.properties)
    if points == 0:
        return 0
    earlier = [t for t in so_far.pages[usage.person].transfers if t.rule == rule["key"]]
    if was_once(rule.get("once"), [so_far.events[t.message_id] for t in earlier], usage):
        return 0
    if "cooldown" in rule and earlier:
        last = so_far.events[earlier[-1].message_id]
        if abs(usage.occurred_at - last.occurred_at) < as_duration(rule["cooldown"]):
            return 0
    if "limit" in rule:
        limit = rule["limit"]
        start, end = bounds(limit["per"], day, week_starts) or (date.min, date.max)
        within = [t for t in earlier if start <= t.local_day < end]
        if "times" in limit and len(within) >= limit["times"]:
            return 0
        if "points" in limit:
            points = min(points, limit["points"] - sum(t.points for t in within))
    return points


def worth(points: Any, properties: dict[str, Any]) -> int:
    if not isinstance(points, dict):
        return int(points)
    if points["of"] not in properties:
        raise SkippedError(MISSING)
    value = as_number(properties[points["of"]])
    if value is None:
        raise SkippedError(NO_NUMBER)
    if value < 0:
        raise SkippedError(NEGATIVE)
    result = (value // Fraction(str(points["each"]))) * int(points["worth"])
    return min(result, int(points["at_most"])) if "at_most" in points else result


def was_once(once: Any, earlier: list[Usage], usage: Usage) -> bool:
    if not isinstance(once, dict):
        return bool(once) and bool(earlier)
    name = once["each"]
    if name not in usage.properties:
        raise SkippedError(MISSING)
    return as_json(usage.properties[name]) in [as_json(event.properties[name]) for event in earlier]


def reach(programme: dict[str, Any], so_far: AccountCount, usage: Usage) -> None:
    for milestone in programme.get("milestones", []):
        person = None if "team_points" in milestone["when"] else usage.person
        known = any(r.milestone == milestone["key"] and r.person == person for r in so_far.milestones)
        if not known and is_reached(milestone["when"], so_far, usage.person):
            so_far.milestones.append(Reached(milestone["key"], person, usage.message_id))


def is_reached(when: dict[str, Any], so_far: AccountCount, person: str) -> bool:
    if "team_points" in when:
        return so_far.to_people() + so_far.pool() >= int(when["team_points"])
    if "points" in when:
        return so_far.total(person) >= int(when["points"])
    if "streak" in when:
        return longest_streak(so_far.pages[person]) >= int(when["streak"])
    own = so_far.pages[person].usage
    if "count" in when:
        return len([event for event in own if event.name == when["of"]]) >= int(when["count"])
    values = {
        as_json(event.properties[when["of"]])
        for event in own
        if when.get("event", event.name) == event.name and when["of"] in event.properties
    }
    return len(values) >= int(when["distinct"])


def longest_streak(page: Page) -> int:
    """The most Mondays to Fridays in a row on which the person earned; Monday follows Friday."""
    days = {t.local_day for t in page.transfers if t.to == "person"}
    working = sorted(day for day in days if day.weekday() < 5)
    longest = run = 1 if working else 0
    for before, day in pairwise(working):
        next_working = before + timedelta(days=3 if before.weekday() == 4 else 1)
        run = run + 1 if day == next_working else 1
        longest = max(longest, run)
    return longest


def board(result: Count, account: str, period: str, at: date) -> dict[str, Any]:
    """The standings in the shape of `laurels leaderboard --json`."""
    start, end = (day.isoformat() for day in within) if (within := result.bounds(period, at)) else (None, None)
    rows = [
        {"rank": rank, "person": person, "name": person, "points": points}
        for rank, person, points in result.standings(account, period, at)
    ]
    return {"account": account, "period": period, "start": start, "end": end, "rows": rows}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.support.reference_model")
    parser.add_argument("programme", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--account", required=True)
    parser.add_argument("--period", choices=PERIODS, default="all")
    parser.add_argument("--at", type=date.fromisoformat)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.at is None and given.period != "all":
        parser.error("a period needs --at DATE")
    result = count(read_programme(given.programme), read_usage(given.files))
    standing = board(result, given.account, given.period, given.at or date.min)
    if given.json:
        sys.stdout.write(json.dumps(standing, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{row['rank']:>4} {row['points']:>7} {row['name']}\n" for row in standing["rows"])


if __name__ == "__main__":
    main()
