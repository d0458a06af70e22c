"""Milestones: who reached which, with which event, in order of arrival; never twice, and never taken back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlmodel import Session

from leaderboards.periods import ALWAYS
from loyalty.digests import value_hash
from loyalty.programme import Count, Distinct, Milestone, Points, Streak, TeamPoints
from storage import bulk
from storage.tables import DistinctValue, Reached, Score, TeamScore, Transfer, Usage, Wallet, core

MILESTONE_NEWS_FOR = dt.timedelta(days=1)
"""What was completed longer ago is recorded, not announced."""

SCORE = core(Score)
TEAM_SCORE = core(TeamScore)
USAGE = core(Usage)
DISTINCT_VALUE = core(DistinctValue)
REACHED = core(Reached)
TRANSFER = core(Transfer)
REVERSAL = TRANSFER.alias("reversal")
WALLET = core(Wallet)

_ACCOUNT: Any = bindparam("account_id")
_PEOPLE: Any = bindparam("people", expanding=True, literal_execute=True)
_DONE = select(REACHED.c.milestone, REACHED.c.person_id).where(
    REACHED.c.account_id == _ACCOUNT, REACHED.c.person_id.is_(None) | REACHED.c.person_id.in_(_PEOPLE)
)
_TOTALS = select(SCORE.c.person_id, SCORE.c.points).where(
    SCORE.c.account_id == _ACCOUNT,
    SCORE.c.period == "all",
    SCORE.c.start == ALWAYS,
    SCORE.c.person_id.in_(_PEOPLE),
)
_COUNTED = (
    select(USAGE.c.person_id, USAGE.c.name, func.count())
    .where(
        USAGE.c.account_id == _ACCOUNT,
        USAGE.c.person_id.in_(_PEOPLE),
        USAGE.c.name.in_(bindparam("names", expanding=True)),
    )
    .group_by(USAGE.c.person_id, USAGE.c.name)
)
_VALUES = select(
    DISTINCT_VALUE.c.person_id, DISTINCT_VALUE.c.event, DISTINCT_VALUE.c.property, DISTINCT_VALUE.c.value_hash
).where(DISTINCT_VALUE.c.account_id == _ACCOUNT, DISTINCT_VALUE.c.person_id.in_(_PEOPLE))
_POOL = select(WALLET.c.id).where(
    WALLET.c.account_id == _ACCOUNT, WALLET.c.kind == "pool", WALLET.c.person_id.is_(None)
)
_ALL_EARNED_DAYS = (
    select(TRANSFER.c.person_id, TRANSFER.c.local_day)
    .where(
        TRANSFER.c.account_id == _ACCOUNT,
        TRANSFER.c.kind == "earn",
        # What is not the pool's is a person's own; a join to all their wallets misleads the planner.
        TRANSFER.c.to_id != _POOL.scalar_subquery(),
        ~exists().where(REVERSAL.c.account_id == TRANSFER.c.account_id, REVERSAL.c.reverses_id == TRANSFER.c.id),
    )
    .distinct()
)
_EARNED_DAYS = _ALL_EARNED_DAYS.where(
    TRANSFER.c.person_id.in_(_PEOPLE), TRANSFER.c.local_day.between(bindparam("first"), bindparam("last"))
)
_TOGETHER = select(TEAM_SCORE.c.points).where(TEAM_SCORE.c.account_id == _ACCOUNT, TEAM_SCORE.c.period == "all")


When = Points | Count | Distinct | Streak | TeamPoints
Test = Callable[["Watch", int, dt.date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A milestone that was completed just now: by a person, or by all together (`person_id` None)."""

    milestone: Milestone
    person_id: int | None
    usage_id: int | None
    occurred_at: dt.datetime


class Watch:
    """How far a batch's people are: given each event as it arrived, it returns the milestones which that completes."""

    def __init__(self, milestones: Sequence[Milestone]) -> None:
        self.milestones = milestones
        self.counted_values: dict[str, set[str]] = defaultdict(set)
        for milestone in milestones:
            if isinstance(milestone.when, Distinct):
                self.counted_values[milestone.when.event].add(milestone.when.of)
        self.reached: set[tuple[str, int | None]] = set()
        self.totals: dict[int, int] = defaultdict(int)
        self.counts: dict[tuple[int, str], int] = defaultdict(int)
        self.values: dict[tuple[int, str, str], set[bytes]] = defaultdict(set)
        self.days: dict[int, set[dt.date]] = defaultdict(set)
        self.together = 0
        self._tests = [(milestone, _test(milestone.when)) for milestone in milestones]
        self._open: dict[int, list[tuple[Milestone, Test]]] = {}
        self.new_values: list[tuple[int, str, str, bytes]] = []

    def saw(self, person_id: int, name: str, properties: Mapping[str, Any]) -> None:
        """Take note of a recorded event, paid or not."""
        self.counts[person_id, name] += 1
        for of in self.counted_values.get(name, ()):
            if properties.get(of) is not None:
                self._value(person_id, name, of, value_hash(properties[of]))

    def earned(self, person_id: int, day: dt.date, points: int) -> None:
        """Take note of points earned for oneself on a local day; corrections count, but make no day."""
        self.totals[person_id] += points
        self.together += points
        self.days[person_id].add(day)

    def corrected(self, person_id: int, points: int) -> None:
        """Take note of points given or taken by hand."""
        self.totals[person_id] += points
        self.together += points

    def pooled(self, points: int) -> None:
        """Take note of points the pool was given."""
        self.together += points

    def completed(
        self, person_id: int, day: dt.date, usage_id: int | None, occurred_at: dt.datetime
    ) -> list[Completion]:
        """Return what this person, and all together, have just completed, each once."""
        finished = [milestone for milestone, holds in self._open_milestones(person_id) if holds(self, person_id, day)]
        for milestone in finished:
            who = _whose(milestone, person_id)
            self.reached.add((milestone.key, who))
            if who is None:
                self._open.clear()
            else:
                self._open.pop(who, None)
        return [
            Completion(
                milestone=milestone,
                person_id=_whose(milestone, person_id),
                usage_id=usage_id,
                occurred_at=occurred_at,
            )
            for milestone in finished
        ]

    def _open_milestones(self, person_id: int) -> Sequence[tuple[Milestone, Test]]:
        """Return the milestones that lie before a person, the team's among them; most events complete none."""
        pending = self._open.get(person_id)
        if pending is None:
            pending = self._open[person_id] = [
                (milestone, test)
                for milestone, test in self._tests
                if (milestone.key, _whose(milestone, person_id)) not in self.reached
            ]
        return pending

    def _value(self, person_id: int, event: str, of: str, value: bytes) -> None:
        known = self.values[person_id, event, of]
        if value not in known:
            known.add(value)
            self.new_values.append((person_id, event, of, value))


def _test(when: When) -> Test:
    """Return what says, for a person on a local day, whether a milestone is completed: made once, asked often."""
    match when:
        case Points(points=points):
            return lambda watch, person_id, _: watch.totals[person_id] >= points
        case Count(count=count, of=name):
            return lambda watch, person_id, _: watch.counts[person_id, name] >= count
        case Distinct(distinct=distinct, of=of, event=event):
            return lambda watch, person_id, _: len(watch.values[person_id, event, of]) >= distinct
        case Streak(streak=streak):
            return lambda watch, person_id, day: run_through(watch.days[person_id], day) >= streak
        case TeamPoints(team_points=points):
            return lambda watch, _person, _day: watch.together >= points


def _whose(milestone: Milestone, person_id: int) -> int | None:
    return None if isinstance(milestone.when, TeamPoints) else person_id


def run_through(days: Collection[dt.date], day: dt.date) -> int:
    """Return how many consecutive Mondays to Fridays of `days` run through `day`; 0 where it is not one of them.

    A weekend neither breaks a run nor adds to it.
    """
    if day not in days or day.weekday() > 4:
        return 0
    length = 1
    for step in (-1, 1):
        near = _working_day(day, step)
        while near in days:
            length += 1
            near = _working_day(near, step)
    return length


def longest_run(days: Collection[dt.date]) -> int:
    """Return the length of the longest run of consecutive Mondays to Fridays in `days`."""
    longest = run = 0
    last: dt.date | None = None
    for day in sorted(day for day in set(days) if day.weekday() <= 4):
        run = run + 1 if last is not None and _working_day(last, 1) == day else 1
        longest, last = max(longest, run), day
    return longest


def earned_days(session: Session, account_id: int) -> Iterator[tuple[int, dt.date]]:
    """Return each person's local days with something earned and not reversed."""
    rows = session.execute(_ALL_EARNED_DAYS, {"account_id": account_id}, execution_options={"yield_per": 1000})
    yield from ((person_id, day) for person_id, day in rows)


def _working_day(day: dt.date, step: int) -> dt.date:
    day += dt.timedelta(days=step)
    while day.weekday() > 4:
        day += dt.timedelta(days=step)
    return day


def watch(
    session: Session,
    account_id: int,
    milestones: Sequence[Milestone],
    people: Collection[int],
    days: Collection[dt.date],
) -> Watch:
    """Return a watch over these people, as things stand, for events on these local days."""
    watching = Watch(milestones)
    if not milestones:
        return watching
    parameters: dict[str, Any] = {"account_id": account_id, "people": sorted(people)}
    watching.reached = {(key, person_id) for key, person_id in session.execute(_DONE, parameters).all()}
    whens = [milestone.when for milestone in milestones]
    open_to = _still_open(milestones, watching.reached, people)
    if any(isinstance(when, Points) for when in whens):
        for person_id, points in session.execute(_TOTALS, parameters).all():
            watching.totals[person_id] = points
    if names := sorted({when.of for when in whens if isinstance(when, Count)}):
        counted = session.execute(_COUNTED, parameters | {"people": open_to[Count], "names": names}).all()
        watching.counts.update({(person_id, name): count for person_id, name, count in counted})
    if any(isinstance(when, Distinct) for when in whens):
        for person_id, event, of, value in session.execute(_VALUES, parameters | {"people": open_to[Distinct]}).all():
            watching.values[person_id, event, of].add(bytes(value))
    if (longest := max((when.streak for when in whens if isinstance(when, Streak)), default=0)) and days:
        reach = dt.timedelta(days=longest * 7 // 5 + 7)
        earned = session.execute(
            _EARNED_DAYS,
            parameters | {"people": open_to[Streak], "first": min(days) - reach, "last": max(days) + reach},
        )
        for person_id, day in earned.all():
            watching.days[person_id].add(day)
    if any(isinstance(when, TeamPoints) for when in whens):
        watching.together = session.execute(_TOGETHER, parameters).scalar() or 0
    return watching


def _still_open(
    milestones: Sequence[Milestone], reached: set[tuple[str, int | None]], people: Collection[int]
) -> dict[type, list[int]]:
    """Return who has an open milestone of each kind: for the others nothing need be counted again."""
    by_kind: dict[type, set[int]] = defaultdict(set)
    for milestone in milestones:
        by_kind[type(milestone.when)] |= {person for person in people if (milestone.key, person) not in reached}
    return defaultdict(list, {kind: sorted(who) for kind, who in by_kind.items()})


def record(
    session: Session,
    account_id: int,
    completions: Sequence[Completion],
    *,
    first_id: int,
    version: int,
    now: dt.datetime,
) -> list[Reached]:
    """Write down what was completed, and return it; what happened within a day is news."""
    rows = [
        Reached(
            account_id=account_id,
            id=first_id + place,
            milestone=completion.milestone.key,
            person_id=completion.person_id,
            usage_id=completion.usage_id,
            version=version,
            occurred_at=completion.occurred_at,
            recorded_at=now,
            announced=now - completion.occurred_at <= MILESTONE_NEWS_FOR,
        )
        for place, completion in enumerate(completions)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def keep_values(session: Session, account_id: int, values: Collection[tuple[int, str, str, bytes]]) -> None:
    """Keep distinct values, by person, event, property and hash; those already kept stay."""
    names = ("account_id", "person_id", "event", "property", "value_hash")
    rows = [(account_id, *value) for value in values]
    bulk.insert_values(session, DistinctValue, names, rows, on_conflict="ON CONFLICT DO NOTHING")
