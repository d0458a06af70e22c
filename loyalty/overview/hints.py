"""An honest hint: one thing a person could do so that the points still missing are there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from leaderboards.periods import Weekday
from loyalty.programme import OnceEach, Rule
from loyalty.usage.limits import BatchScope, EarningLimits, load
from loyalty.usage.reserved import RESERVED_NAMES

MAX_TIMES = 10
"""What takes more of the same is no hint."""


@dataclass(frozen=True, slots=True)
class Hint:
    """An event, and how many times it would do; `each`: the property whose value is a new one each time."""

    event: str
    times: int
    each: str | None = None


def hint(
    session: Session,
    account_id: int,
    person_id: int,
    rules: Sequence[Rule],
    to_go: int,
    *,
    today: dt.date,
    week_starts: Weekday,
) -> Hint | None:
    """Return what would bring the person `to_go` points today, by one of the rules in play; None where nothing short.

    What limits and `once` have left is taken into account.
    """
    # Whoever waits for a cooldown to pass gets there as well.
    simple = [rule.model_copy(update={"cooldown": None}) for rule in rules if is_simple(rule)]
    if not simple:
        return None
    return shortest(
        simple,
        load(session, account_id, simple, BatchScope([person_id], [today], ()), week_starts),
        person_id,
        to_go,
        today,
    )


def is_simple(rule: Rule) -> bool:
    """Return whether what a rule wants can be said in few words: so many points for an event of one's own.

    What Laurels records by itself, as that somebody came to a webinar, nobody can go and do.
    """
    own = rule.to == "person" and not rule.where and rule.event not in RESERVED_NAMES
    return own and isinstance(rule.points, int) and rule.points > 0


def shortest(rules: Sequence[Rule], tally: EarningLimits, person_id: int, to_go: int, today: dt.date) -> Hint | None:
    """Return the hint that takes fewest times, breadth before habit; it uses the tally up. No rule has a cooldown."""
    hints = [candidate for rule in rules if (candidate := _hint_by_rule(rule, tally, person_id, to_go, today))]
    return min(hints, key=lambda candidate: (candidate.each is None, candidate.times), default=None)


def _hint_by_rule(rule: Rule, tally: EarningLimits, person_id: int, to_go: int, today: dt.date) -> Hint | None:
    """Pay the rule time after time, as if it happened, until there is enough."""
    each = rule.once.each if isinstance(rule.once, OnceEach) else None
    worth = rule.points if isinstance(rule.points, int) else 0
    at = dt.datetime.combine(today, dt.time(), dt.UTC)
    left = to_go
    for times in range(1, MAX_TIMES + 1):
        key = b"new %d" % times if each else None
        points, _ = tally.remaining(rule, person_id, today, at, key, worth)
        if points == 0:
            return None
        tally.record(rule, person_id, today, at, key, points)
        left -= points
        if left <= 0:
            return Hint(rule.event, times, each)
    return None
