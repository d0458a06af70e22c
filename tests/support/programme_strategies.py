"""Small programmes that use all a programme file can say about earning: `programmes(focus)` draws one.

As a YAML file would be read (`as_yaml` writes one), its dates around those in `focus`. Left out, because two honest
readers may differ: `each` below 1.
"""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

from hypothesis import strategies as st
from ruamel.yaml import YAML

Programme = dict[str, Any]

CHANGING_ZONES = ("Europe/Warsaw", "America/New_York", "America/Los_Angeles", "Pacific/Auckland", "Australia/Lord_Howe")
STEADY_ZONES = ("UTC", "Asia/Seoul", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago")
WEEK_STARTS = ("monday", "sunday", "saturday")
ACCOUNTS = ("north", "south", "east")
NAMES = ("Report Scheduled", "Feature Used", "Dashboard Shared")
COOLDOWNS = {"90s": 90, "10m": 600, "1h": 3600, "2h": 7200, "2 days": 172800}

# Dates where a day's neighbours fall into another week, month, quarter, year, or a day has 23, 23.5, 24.5 or 25 hours.
FOCUS = (
    date(2023, 12, 31),
    date(2024, 2, 29),
    date(2024, 3, 10),
    date(2024, 3, 31),
    date(2024, 4, 7),
    date(2024, 5, 5),
    date(2024, 5, 31),
    date(2024, 6, 30),
    date(2024, 9, 29),
    date(2024, 10, 6),
    date(2024, 10, 27),
    date(2024, 11, 3),
    date(2024, 12, 31),
    date(2025, 3, 30),
    date(2025, 9, 30),
)

EXCLUDE = {"exclude": {"people": ["robot-*"]}}
AMOUNTS = st.sampled_from([{"points": 5}, {"points": 12}, {"points": 30}, {"times": 1}, {"times": 2}, {"times": 3}])
UNITS = st.fixed_dictionaries(
    {"each": st.sampled_from([100, 10, 1]), "of": st.just("rows"), "worth": st.sampled_from([1, 2, 7])},
    optional={"at_most": st.sampled_from([20, 5, 100])},
)
POINTS: st.SearchStrategy[Any] = st.one_of(st.sampled_from([1, 2, 5, 10, 15]), UNITS)
CONDITIONS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"plan": "pro"},
        {"plan": {"in": ["pro", "team"]}},
        {"plan": 1},
        {"feature": True},
        {"feature": {"exists": True}},
        {"plan": {"exists": False}},
        {"rows": {"at_least": 100}},
        {"rows": {"at_most": 100.5}},
        {"rows": {"exists": True}, "plan": {"in": ["free", "pro", 1]}},
    ]
)
FEW = st.integers(1, 5)
MILESTONES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"points": st.sampled_from([1, 10, 15, 30, 100])}),
    st.fixed_dictionaries({"distinct": FEW, "of": st.just("feature"), "event": st.sampled_from(NAMES)}),
    st.fixed_dictionaries({"count": FEW, "of": st.sampled_from(NAMES)}),
    st.fixed_dictionaries({"streak": FEW}),
    st.fixed_dictionaries({"team_points": st.sampled_from([10, 30, 60, 200])}),
)


def as_yaml(programme: Programme) -> str:
    """The programme's file."""
    text = StringIO()
    yaml = YAML()
    yaml.width = 1000
    yaml.representer.ignore_aliases = lambda _data: True  # the same text twice, no anchors
    yaml.dump(programme, text)
    return text.getvalue()


@st.composite
def programmes(draw: st.DrawFn, focus: list[date]) -> Programme:
    accounts = _accounts(draw, focus)
    rules = [{"key": f"rule-{n}", **_rule(draw, accounts, focus)} for n in range(1, draw(st.integers(1, 5)) + 1)]
    milestones = [{"key": f"mark-{n}", **_milestone(draw)} for n in range(1, draw(st.integers(0, 5)) + 1)]
    return {
        "programme": {"name": "Orbit Champions", "week_starts": draw(st.sampled_from(WEEK_STARTS))},
        "accounts": accounts,
        "earn": rules,
        "milestones": milestones,
        **draw(st.sampled_from([{}, EXCLUDE, EXCLUDE, {"exclude": {"people": ["*-2", "ann"]}}])),
    }


def _accounts(draw: st.DrawFn, focus: list[date]) -> list[dict[str, Any]]:
    """Two or three accounts in different zones, the first in one that changes its clocks."""
    first = draw(st.sampled_from(CHANGING_ZONES))
    others = [zone for zone in CHANGING_ZONES + STEADY_ZONES if zone != first]
    zones = [first, *draw(st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True))]
    accounts = []
    for key, zone in zip(ACCOUNTS, zones, strict=False):
        account: dict[str, Any] = {"key": key, "name": key.title(), "timezone": zone}
        account |= draw(st.sampled_from([{}, {"cohort": "pilot"}, {"cohort": "others"}]))
        if draw(st.integers(0, 4)) == 4:
            account["invited"] = _day(draw, focus)
        accounts.append(account)
    return accounts


def _rule(draw: st.DrawFn, accounts: list[dict[str, Any]], focus: list[date]) -> dict[str, Any]:
    """A rule with at most three of the things that keep it from paying."""
    cohorts = [{"cohort": account["cohort"]} for account in accounts if "cohort" in account]
    some = [{"accounts": [account["key"]]} for account in accounts]
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "limit": lambda: {"limit": {**draw(AMOUNTS), "per": draw(st.sampled_from(["day", "week", "month"]))}},
        "cooldown": lambda: {"cooldown": draw(st.sampled_from(sorted(COOLDOWNS)))},
        "once": lambda: {"once": draw(st.sampled_from([True, {"each": "feature"}, {"each": "plan"}]))},
        "where": lambda: {"where": draw(CONDITIONS)},
        "pool": lambda: {"to": "pool"},
        "campaign": lambda: _campaign(draw, focus),
        "for some": lambda: draw(st.sampled_from(cohorts + some)),
    }
    rule: dict[str, Any] = {"event": draw(st.sampled_from(NAMES)), "points": draw(POINTS)}
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), max_size=3, unique=True))
    for part in chosen:
        rule |= parts[part]()
    return rule


def _campaign(draw: st.DrawFn, focus: list[date]) -> dict[str, Any]:
    first = _day(draw, focus)
    dates = {"from": first, "until": first + timedelta(days=draw(st.integers(1, 4)))}
    return {name: dates[name] for name in draw(st.sampled_from([["from"], ["until"], ["from", "until"]]))}


def _milestone(draw: st.DrawFn) -> dict[str, Any]:
    when = draw(MILESTONES)
    if "team_points" in when:
        return {"when": when, "says": "{account} did it together"}
    return {"when": when, "badge": "Explorer", "says": "{name} did it"}


def _day(draw: st.DrawFn, focus: list[date]) -> date:
    return draw(st.sampled_from(focus)) + timedelta(days=draw(st.integers(-3, 3)))
