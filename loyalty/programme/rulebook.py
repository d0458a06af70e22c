"""What a programme says of one usage event: which rules it fires, and what each gives. Made ready once, pure, fast."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import translate
from fractions import Fraction
from math import isfinite
from typing import Any, TypeGuard

from loyalty.programme.field_types import MAX_NUMBER
from loyalty.programme.schema import Condition, OnceEach, PerUnit, Programme, Rule


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing for this rule, and why: a reason names the property, never its value, so that reasons can be counted."""

    reason: str


class Rulebook:
    """A programme's rules, found by the event's name, and whom it excludes."""

    def __init__(self, programme: Programme) -> None:
        self.excludes = Exclusion(programme.exclude.people)
        self._rules: dict[str, tuple[ReadyRule, ...]] = {}
        for rule in programme.earn:
            self._rules[rule.event] = (*self.rules(rule.event), ReadyRule(rule))

    def rules(self, event: str) -> tuple["ReadyRule", ...]:
        """Return the rules for events of one name, in the order of the file."""
        return self._rules.get(event, ())

    def in_play(self, account: str, cohort: str | None, local_day: date) -> tuple[Rule, ...]:
        """Return the rules that are there for an account, by key and cohort, on a local day; an event's together."""
        return tuple(
            ready.rule
            for rules in self._rules.values()
            for ready in rules
            if ready.applies_to(account, cohort, local_day)
        )


class Exclusion:
    """Patterns of person ids as in a shell (`*`, `?`, `[…]`; upper and lower case differ), made ready to be asked."""

    def __init__(self, patterns: Iterable[str]) -> None:
        either = "|".join(translate(pattern) for pattern in patterns)
        self._pattern = re.compile(either) if either else None

    def __call__(self, person: str) -> bool:
        """Return whether a person is excluded."""
        return self._pattern is not None and self._pattern.match(person) is not None


class ReadyRule:
    """A rule with what it needs at hand. Limits, once and cooldown want the past: they are not answered here."""

    __slots__ = ("_accounts", "_each", "_where", "once_each", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.once_each = rule.once.each if isinstance(rule.once, OnceEach) else None
        """The property whose values it pays once for."""
        self._where = tuple(rule.where.items())
        self._accounts = frozenset(rule.accounts)
        self._each = Fraction(rule.points.each) if isinstance(rule.points, PerUnit) else Fraction(1)

    def applies_to(self, account: str, cohort: str | None, local_day: date) -> bool:
        """Return whether the rule is there for an account, by key and cohort, on a local day."""
        rule = self.rule
        return (
            (not self._accounts or account in self._accounts)
            and (rule.cohort is None or rule.cohort == cohort)
            and (rule.from_ is None or local_day >= rule.from_)
            and (rule.until is None or local_day < rule.until)
        )

    def holds(self, properties: Mapping[str, Any]) -> bool:
        """Return whether everything that `where` says is so."""
        return not self._where or all(holds(wanted, properties.get(name)) for name, wanted in self._where)

    def wanting(self, properties: Mapping[str, Any]) -> list[str]:
        """Return the properties that are not what `where` wants of them."""
        return [name for name, wanted in self._where if not holds(wanted, properties.get(name))]

    def worth(self, properties: Mapping[str, Any]) -> int | Skip:
        """Return the points for an event before any limit, 0 being no transfer; or why it gives nothing."""
        points = self.rule.points
        if isinstance(points, int):
            return points
        value = properties.get(points.of)
        if not is_number(value):
            return Skip(f"`{points.of}` is {'missing' if value is None else 'not a number'}")
        if value < 0:
            return Skip(f"`{points.of}` is negative")
        earned = units(value, self._each) * points.worth
        if points.at_most is not None:
            return min(earned, points.at_most)
        return (
            earned
            if earned <= MAX_NUMBER
            else Skip(f"`{points.of}` is too large: more than {MAX_NUMBER:,} points for one event")
        )


def holds(wanted: Condition | str | float, value: object) -> bool:
    """Return whether a property's value is what `where` wants of it; JSON's null is the same as no property.

    Text is compared exactly, numbers by their value (1 is 1.0), and a boolean equals no number.
    """
    if not isinstance(wanted, Condition):
        return _same_value(wanted, value)
    return (
        (wanted.exists is None or wanted.exists == (value is not None))
        and (wanted.in_ is None or any(_same_value(each, value) for each in wanted.in_))
        and (wanted.at_least is None or (is_number(value) and value >= wanted.at_least))
        and (wanted.at_most is None or (is_number(value) and value <= wanted.at_most))
    )


def _same_value(wanted: object, value: object) -> bool:
    return isinstance(value, bool) == isinstance(wanted, bool) and value == wanted


def is_number(value: object) -> TypeGuard[int | float]:
    """Return whether a property's value is a JSON number: a boolean is none, neither are NaN and infinity."""
    return type(value) is int or (type(value) is float and isfinite(value))


def units(value: float, each: Fraction) -> int:
    """Return how many full `each` a number holds, exactly.

    A float counts as the shortest decimal that reads as it, which is how it was written: 0.3 holds three times 0.1.
    """
    if isinstance(value, int):
        return value // each
    return (Fraction(int(value)) if value.is_integer() and value < 2**53 else Fraction(repr(value))) // each
