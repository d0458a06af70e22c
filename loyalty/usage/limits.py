"""What limits, once and cooldown leave: what each person was paid so far, loaded for a batch, kept as it goes."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlmodel import Session

from leaderboards.periods import Weekday, span_of, start_of
from loyalty.digests import value_hash
from loyalty.programme import ReadyRule, Rule
from storage import bulk
from storage.tables import Transfer, core

TRANSFER = core(Transfer)
REVERSAL = TRANSFER.alias("reversal")
_COUNTS = (
    TRANSFER.c.account_id == bindparam("account_id"),
    TRANSFER.c.person_id.in_(bindparam("people", expanding=True, literal_execute=True)),
    TRANSFER.c.rule.in_(bindparam("rules", expanding=True)),
    TRANSFER.c.kind == "earn",
    # A reversed transfer no longer counts for what arrives later.
    ~exists().where(REVERSAL.c.account_id == TRANSFER.c.account_id, REVERSAL.c.reverses_id == TRANSFER.c.id),
)
_PAID = (
    select(TRANSFER.c.person_id, TRANSFER.c.rule, TRANSFER.c.local_day, func.sum(TRANSFER.c.points), func.count())
    .where(*_COUNTS, TRANSFER.c.local_day >= bindparam("first"), TRANSFER.c.local_day < bindparam("last"))
    .group_by(TRANSFER.c.person_id, TRANSFER.c.rule, TRANSFER.c.local_day)
)
_ONCE = select(TRANSFER.c.person_id, TRANSFER.c.rule).where(*_COUNTS).distinct()
_ONCE_EACH = """
    SELECT person_id, rule, once_key, (
        SELECT min(paid.id) FROM transfer AS paid
        WHERE paid.account_id = given.account_id AND paid.person_id = given.person_id AND paid.rule = given.rule
            AND paid.once_key = given.once_key AND NOT EXISTS (
                SELECT 1 FROM transfer AS reversal
                WHERE reversal.account_id = paid.account_id AND reversal.reverses_id = paid.id
            )
    ) FROM given
"""
# Only what was earned has a value that it was paid once for; all that is asked stands in the index.
_CLAIM = {name: TRANSFER.c[name].type for name in ("person_id", "rule", "once_key")}
_NEWEST = (
    select(TRANSFER.c.account_id, func.max(TRANSFER.c.id).label("id"))
    .where(*_COUNTS)
    .group_by(TRANSFER.c.account_id, TRANSFER.c.person_id, TRANSFER.c.rule)
    .subquery("newest")
)
_LAST = select(TRANSFER.c.person_id, TRANSFER.c.rule, TRANSFER.c.occurred_at).join(
    _NEWEST, (TRANSFER.c.account_id == _NEWEST.c.account_id) & (TRANSFER.c.id == _NEWEST.c.id)
)


class EarningLimits:
    """What was paid so far, by person and rule; `remaining` answers from it, `record` adds to it."""

    def __init__(self, week_starts: Weekday) -> None:
        self.week_starts = week_starts
        self.paid: dict[tuple[int, str, dt.date], tuple[int, int]] = {}
        self.once: set[tuple[int, str, bytes | None]] = set()
        self.last: dict[tuple[int, str], dt.datetime] = {}

    def remaining(
        self, rule: Rule, person_id: int, day: dt.date, at: dt.datetime, once_key: bytes | None, worth: int
    ) -> tuple[int, str]:
        """Return how much of `worth` the rule may pay now, and the reason where that is not all of it."""
        if rule.once and (person_id, rule.key, once_key) in self.once:
            return 0, "paid once already"
        if rule.cooldown is not None:
            last = self.last.get((person_id, rule.key))
            if last is not None and abs(at - last) < rule.cooldown:
                return 0, "still cooling down"
        if rule.limit is None:
            return worth, ""
        points, times = self.paid.get((person_id, rule.key, start_of(rule.limit.per, day, self.week_starts)), (0, 0))
        if rule.limit.times is not None and times >= rule.limit.times:
            return 0, "limit reached"
        if rule.limit.points is not None and worth > (left := max(0, rule.limit.points - points)):
            return left, "limit reached"
        return worth, ""

    def record(
        self, rule: Rule, person_id: int, day: dt.date, at: dt.datetime, once_key: bytes | None, points: int
    ) -> None:
        """Add what the rule paid just now."""
        if rule.once:
            self.once.add((person_id, rule.key, once_key))
        if rule.cooldown is not None:
            self.last[person_id, rule.key] = at
        if rule.limit is not None:
            self.count(person_id, rule.key, start_of(rule.limit.per, day, self.week_starts), points, 1)

    def count(self, person_id: int, rule_key: str, start: dt.date, points: int, times: int) -> None:
        """Add to what was paid in a period."""
        before = self.paid.get((person_id, rule_key, start), (0, 0))
        self.paid[person_id, rule_key, start] = (before[0] + points, before[1] + times)


def once_key(ready: ReadyRule, properties: Mapping[str, Any]) -> bytes | None:
    """Return what a rule with `once` pays once for: a value's hash; None where it is the rule itself, or no value."""
    if ready.once_each is None:
        return None
    value = properties.get(ready.once_each)
    return None if value is None else value_hash(value)


@dataclass(frozen=True, slots=True)
class BatchScope:
    """What a batch is about to ask of: its people, local days, and by person and rule the values it pays once for."""

    people: Collection[int]
    days: Collection[dt.date]
    claims: Collection[tuple[int, str, bytes]]


def load(
    session: Session, account_id: int, rules: Iterable[Rule], scope: BatchScope, week_starts: Weekday
) -> EarningLimits:
    """Return what was paid by these rules so far, as far as the batch's people, days and claims need it."""
    tally = EarningLimits(week_starts)
    rules, days = list(rules), scope.days
    if not scope.people:
        return tally
    # Nobody is number 0. SQLite seeks each of a list by the index; for one person it would read the whole account.
    parameters: dict[str, Any] = {"account_id": account_id, "people": [0, *sorted(scope.people)]}
    limited = {rule.key: rule.limit.per for rule in rules if rule.limit is not None}
    if limited:
        spans = [span_of(per, day, week_starts) for per in set(limited.values()) for day in (min(days), max(days))]
        window = {"first": min(span.start for span in spans), "last": max(span.end or span.start for span in spans)}
        rows = session.execute(_PAID, parameters | {"rules": sorted(limited)} | window)
        for person_id, rule_key, day, points, times in rows.all():
            tally.count(person_id, rule_key, start_of(limited[rule_key], day, week_starts), int(points), times)
    if once := sorted(rule.key for rule in rules if rule.once is True):
        rows = session.execute(_ONCE, parameters | {"rules": once})
        tally.once = {(person_id, rule_key, None) for person_id, rule_key in rows.all()}
    if claims := sorted(scope.claims):
        rows = bulk.execute(session, account_id, _CLAIM, claims, _ONCE_EACH)
        tally.once |= {
            (person_id, rule_key, bytes(key)) for person_id, rule_key, key, paid in rows.all() if paid is not None
        }
    if cooling := sorted(rule.key for rule in rules if rule.cooldown is not None):
        rows = session.execute(_LAST, parameters | {"rules": cooling})
        tally.last = {(person_id, rule_key): at for person_id, rule_key, at in rows.all()}
    return tally
