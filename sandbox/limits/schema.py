"""The vocabulary in which shapes are written down: a rule looks at a value and says what is wrong where."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Complaint:
    """What is wrong, in Slack's words, and where (a JSON pointer)."""

    words: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.words} [json-pointer:{self.pointer}]"


Rule = Callable[[Any, str], Iterator[Complaint]]


def anything(_value: Any, _at: str) -> Iterator[Complaint]:
    """Whatever it is, it will do."""
    yield from ()


def string(most: int, *, least: int = 0, like: str = "") -> Rule:
    """A string of so many characters; `like` is a regular expression for the whole."""

    def rule(value: Any, at: str) -> Iterator[Complaint]:
        if not isinstance(value, str):
            yield Complaint("must provide a string", at)
        elif len(value) < least:
            yield Complaint(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            yield Complaint(f"must be less than {most + 1} characters", at)
        elif like and not re.fullmatch(like, value):
            yield Complaint(f"failed to match the pattern {like}", at)

    return rule


def flag(value: Any, at: str) -> Iterator[Complaint]:
    """True or false."""
    if not isinstance(value, bool):
        yield Complaint("must provide a boolean", at)


def number(least: float, most: float) -> Rule:
    """A number from `least` to `most`."""

    def rule(value: Any, at: str) -> Iterator[Complaint]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Complaint("must provide a number", at)
        elif not least <= value <= most:
            yield Complaint(f"must be between {least} and {most}", at)

    return rule


def one_of(*values: str) -> Rule:
    """One of these words."""

    def rule(value: Any, at: str) -> Iterator[Complaint]:
        if value not in values:
            yield Complaint(f"must be one of: {', '.join(values)}", at)

    return rule


def items(each: Rule, *, most: int, least: int = 1) -> Rule:
    """A list of so many, each by its rule."""

    def rule(value: Any, at: str) -> Iterator[Complaint]:
        if not isinstance(value, list):
            yield Complaint("must provide an array", at)
            return
        if len(value) < least:
            yield Complaint(f"no fewer than {least} items allowed", at)
        if len(value) > most:
            yield Complaint(f"no more than {most} items allowed", at)
        for index, item in enumerate(value):
            yield from each(item, f"{at}/{index}")

    return rule


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule], *more: Rule) -> Rule:
    """An object with these fields and no others; `more` rules look at the whole of it."""
    known = {"type": anything, **optional, **required}

    def rule(value: Any, at: str) -> Iterator[Complaint]:
        if not isinstance(value, dict):
            yield Complaint("must provide an object", at)
            return
        for name in required:
            if name not in value:
                yield Complaint(f"missing required field: {name}", at)
        for name, content in value.items():
            if name not in known:
                yield Complaint(f"invalid additional property: {name}", at)
            elif content is not None or name in required:
                yield from known[name](content, f"{at}/{name}")
        for each in more:
            yield from each(value, at)

    return rule


def by_type(table: Mapping[str, Rule]) -> Rule:
    """An object whose `type` chooses the rule."""

    def rule(value: Any, at: str) -> Iterator[Complaint]:
        if not isinstance(value, dict):
            yield Complaint("must provide an object", at)
            return
        kind = value.get("type")
        chosen = table.get(kind) if isinstance(kind, str) else None
        if chosen is None:
            yield Complaint(f"unsupported type: {kind}", f"{at}/type")
        else:
            yield from chosen(value, at)

    return rule


def exactly_one(*names: str) -> Rule:
    """Of these fields, one and only one."""

    def rule(value: Any, at: str) -> Iterator[Complaint]:
        if sum(1 for name in names if value.get(name) is not None) != 1:
            yield Complaint(f"must have exactly one of: {', '.join(names)}", at)

    return rule


def unique(name: str) -> Rule:
    """In a list of objects, no two with the same value of this field."""

    def rule(value: Any, at: str) -> Iterator[Complaint]:
        seen: set[str] = set()
        for index, item in enumerate(value):
            found = item.get(name) if isinstance(item, dict) else None
            if found in seen:
                yield Complaint(f'{name} "{found}" already exists', f"{at}/{index}/{name}")
            if isinstance(found, str):
                seen.add(found)

    return rule
