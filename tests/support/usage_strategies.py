"""Small programmes with usage made to meet their edges: `cases()` draws (programme, events in order of arrival).

Programmes are as a YAML file would be read (`programme_cases.as_yaml` writes one), events as Segment sends them
(`as_lines`). Days lie around one or two dates where something changes (a week, a quarter, a clock), and there are few
people, events and values, so that limits, cooldowns, ties and milestones are met again and again. The same people are
in every account, and the same message ids too.

Left out, because two honest readers may differ: null as a value, lines that are no usage events.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.support.programme_strategies import COOLDOWNS, FOCUS, NAMES, Programme, programmes

Event = dict[str, Any]

PEOPLE = st.sampled_from(("ann", "Zoe", "ann-2", "łucja", "robot-1", "Robot-2"))  # an R is no r: not `robot-*`
ROWS = st.sampled_from((100, 200, 950, 0, 1, 10, 99, 99.5, 100.0, 199.999, 100000, -1, -0.5, "100", "many", True))
FEATURES = st.sampled_from(("filters", "charts", "exports", "Filters", "", "1", 1, 1.0, 2, True, False))
PLANS = st.sampled_from(("pro", "free", "team", "Pro", 1, True))
CLOCK = st.sampled_from(
    [time(12), time(23, 30), time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(23, 59, 59, 999999)]
)
HOURS = st.integers(-30, 30)
OFFSETS = st.sampled_from([None, 0, 2, -5, 5.5, 13, -11])  # hours; None is Z
SELDOM = st.sampled_from([False, False, False, False, False, True])
EVEN = st.booleans()


@dataclass(frozen=True)
class _Act:
    """What somebody did: an event before it has an id and is written down."""

    account: str
    person: str
    name: str
    at: datetime  # UTC
    properties: dict[str, Any]

    def later(self, by: timedelta, properties: dict[str, Any]) -> "_Act":
        return replace(self, at=self.at + by, properties=properties)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Programme, list[Event]]:
    """(programme, events): a programme of two or three accounts, and at most some dozens of events for it."""
    focus = draw(st.lists(st.sampled_from(FOCUS), min_size=1, max_size=2, unique=True))
    programme = draw(programmes(focus))
    return programme, draw(streams(programme, focus))


@st.composite
def streams(draw: st.DrawFn, programme: Programme, focus: list[date]) -> list[Event]:
    """Events in order of arrival, some late, some sent twice, some under an id that was taken."""
    acts: list[_Act] = []
    for _ in range(draw(st.integers(1, 9))):
        scene = draw(st.sampled_from([_burst, _cooled, _streak, _tie]))
        acts += scene(draw, programme, focus)
    if draw(EVEN):
        acts = draw(st.permutations(acts))
    events: list[Event] = []
    for act in acts:
        sent = sum(event["context"]["groupId"] == act.account for event in events)
        events.append(_written(draw, act, f"m-{sent + 1}"))
        if draw(SELDOM):
            events.append(_again(draw, draw(st.sampled_from(events))))
    return events


def as_lines(events: list[Event]) -> str:
    """The events as one JSON object a line."""
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)


def _burst(draw: st.DrawFn, programme: Programme, focus: list[date]) -> list[_Act]:
    """One person, one event, again and again around one day: limits and their last cut."""
    first = _act(draw, programme, focus)
    count = draw(st.integers(0, 5))
    return [first] + [first.later(timedelta(hours=draw(HOURS)), _properties(draw)) for _ in range(count)]


def _cooled(draw: st.DrawFn, programme: Programme, focus: list[date]) -> list[_Act]:
    """The same again just before, at and after a cooldown's end, and the same before the first."""
    acts = [_act(draw, programme, focus)]
    lengths = [COOLDOWNS[rule["cooldown"]] for rule in programme["earn"] if "cooldown" in rule] or [60]
    steps = st.tuples(st.sampled_from([1, -1]), st.sampled_from(lengths), st.sampled_from([0, -1, -0.000001, 1]))
    for sign, length, off in draw(st.lists(steps, min_size=1, max_size=3)):
        acts.append(acts[-1].later(sign * timedelta(seconds=length + off), acts[0].properties))
    return acts


def _streak(draw: st.DrawFn, programme: Programme, focus: list[date]) -> list[_Act]:
    """Day after day over a weekend, perhaps with a gap, perhaps told backwards."""
    first = _act(draw, programme, focus)
    rich = {"rows": 100, "feature": "filters", "plan": "pro"}
    to_thursday = timedelta(days=3 - first.at.weekday())
    days = range(draw(st.integers(-1, 1)), draw(st.integers(5, 8)))
    gaps = [draw(st.integers(1, 5))] if draw(SELDOM) else []
    acts = [first.later(to_thursday + timedelta(days=day), rich) for day in days if day not in gaps]
    return acts[:: draw(st.sampled_from([1, -1]))]


def _tie(draw: st.DrawFn, programme: Programme, focus: list[date]) -> list[_Act]:
    """One to three people, in two accounts, doing the same at the same instant."""
    act = _act(draw, programme, focus)
    people = draw(st.lists(PEOPLE, min_size=1, max_size=3, unique=True))
    keys = [account["key"] for account in programme["accounts"][:2]]
    return [replace(act, account=key, person=person) for key in keys for person in people]


def _act(draw: st.DrawFn, programme: Programme, focus: list[date]) -> _Act:
    account = draw(st.sampled_from(programme["accounts"]))
    day = draw(st.sampled_from(focus)) + timedelta(days=draw(st.integers(-3, 3)))
    local = datetime.combine(day, draw(CLOCK), ZoneInfo(account["timezone"])).replace(fold=draw(st.integers(0, 1)))
    names = [rule["event"] for rule in programme["earn"]]  # mostly what earns something
    name = draw(st.sampled_from(names * 3 + list(NAMES)))
    return _Act(account["key"], draw(PEOPLE), name, local.astimezone(UTC), _properties(draw))


def _properties(draw: st.DrawFn) -> dict[str, Any]:
    drawn = {"rows": draw(ROWS), "feature": draw(FEATURES), "plan": draw(PLANS)}
    return {name: value for name, value in drawn.items() if not draw(SELDOM)}


def _written(draw: st.DrawFn, act: _Act, message_id: str) -> Event:
    event: Event = {
        "type": "track",
        "messageId": message_id,
        "userId": act.person,
        "event": act.name,
        "timestamp": _timestamp(draw, act.at),
        "context": {"groupId": act.account},
        "properties": act.properties,
    }
    return event if act.properties else {key: value for key, value in event.items() if key != "properties"}


def _timestamp(draw: st.DrawFn, at: datetime) -> str:
    """The instant, in some offset or in Z."""
    hours = draw(OFFSETS)
    if hours is None:
        return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return at.astimezone(timezone(timedelta(hours=hours))).isoformat()


def _again(draw: st.DrawFn, event: Event) -> Event:
    """The same event once more, however it is written, or another body under its id."""
    at = datetime.fromisoformat(event["timestamp"])
    properties = event.get("properties", {})
    changes: dict[str, Callable[[], Event]] = {
        "nothing": dict,
        "the offset": lambda: {"timestamp": _timestamp(draw, at)},
        "the order": lambda: {"properties": dict(reversed(properties.items()))},
        "the person": lambda: {"userId": draw(PEOPLE)},
        "the name": lambda: {"event": draw(st.sampled_from(NAMES))},
        "a second": lambda: {"timestamp": _timestamp(draw, at + timedelta(seconds=1))},
        "a microsecond": lambda: {"timestamp": _timestamp(draw, at - timedelta(microseconds=1))},
        "true for a number": lambda: {"properties": {**properties, "rows": True}},
        "a whole number": lambda: {"properties": {**properties, "rows": 100}},
        "all properties": lambda: {"properties": _properties(draw)},
    }
    return event | changes[draw(st.sampled_from(sorted(changes)))]()
