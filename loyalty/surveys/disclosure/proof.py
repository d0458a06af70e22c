"""What is kept of a survey's suppression after its answers are gone, and whether it still holds.

It holds no reason for hiding: "they agree" would be an answer. How many of a cell answered is no secret, since taking
part can be seen; what they answered is kept of the shown groups alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from loyalty.surveys.disclosure.groups import Group
from loyalty.surveys.disclosure.suppression import MIN_GROUP_ANSWERS, Suppression, few, in_order, reveals
from loyalty.surveys.disclosure.unanimity import Tally, agrees

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """The answers of each cell, what was released of each shown group, and the groups hidden, smallest first.

    `by_account` names the shown groups that the weighted figures are made of.
    """

    answers: tuple[int, ...]
    released: tuple[tuple[Group, Counts], ...]
    hidden: tuple[Group, ...]
    by_account: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON."""
        return {
            "answers": list(self.answers),
            "released": [_group_json(group) | {"tally": tally} for group, tally in self.released],
            "hidden": [_group_json(group) for group in self.hidden],
            "by_account": list(self.by_account),
        }

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> "Proof":
        """Return the record that `as_json` made."""
        return cls(
            tuple(record["answers"]),
            tuple((_group(each), each["tally"]) for each in record["released"]),
            tuple(_group(each) for each in record["hidden"]),
            tuple(record["by_account"]),
        )


def prove(suppression: Suppression, tallies: Sequence[Tally], *, by_account: Iterable[str] = ()) -> Proof:
    """Return the record of what is released."""
    released = tuple((group, tally_of(group, tallies)) for group in suppression.shown)
    return Proof(tuple(sum(tally.values()) for tally in tallies), released, suppression.hidden, tuple(by_account))


def tally_of(group: Group, tallies: Sequence[Tally]) -> Counts:
    """Return the group's answers by value."""
    counts: Counts = {}
    for cell in sorted(group.cells):
        for value, answers in tallies[cell].items():
            counts[value] = counts.get(value, 0) + answers
    return dict(sorted(counts.items()))


def verify(proof: Proof) -> tuple[str, ...]:
    """Return what does not hold, a sentence each, from the record alone; nothing where all of it does."""
    return (*_log(proof), *_sums(proof), *_few(proof), *_agreement(proof), *_weighted(proof))


def _log(proof: Proof) -> Iterator[str]:
    shown = [group for group, _ in proof.released]
    for groups, what in ((shown, "released"), (list(proof.hidden), "hidden")):
        if groups != in_order(groups, proof.answers):
            yield f"the {what} groups do not stand from the smallest to the largest"
    for group in proof.hidden:
        if group in shown:
            yield f"{group.name} is both hidden and released"


def _sums(proof: Proof) -> Iterator[str]:
    for group, tally in proof.released:
        answers = sum(proof.answers[cell] for cell in group.cells)
        if sum(tally.values()) != answers:
            yield f"{group.name} was released with {sum(tally.values())} answers; its cells have {answers}"


def _few(proof: Proof) -> Iterator[str]:
    rows = [frozenset(cell for cell in group.cells if proof.answers[cell]) for group, _ in proof.released]
    if reveals(rows, proof.answers, [few(proof.answers)]):
        yield f"a combination of the released groups counts fewer than {MIN_GROUP_ANSWERS} answers"


def _agreement(proof: Proof) -> Iterator[str]:
    """Look at each released group, and at it less released groups inside it: one, or all of one kind."""
    for group, tally in proof.released:
        if agrees(tally):
            yield f"the answers of {group.name} agree"
        kinds: dict[tuple[tuple[str, ...], str | None], list[Counts]] = {}
        for other, counts in proof.released:
            if other.cells < group.cells:
                kind = tuple(dimension for dimension, _ in other.by)
                kinds.setdefault((kind, other.manager), []).append(counts)
                if _agree_less(tally, [counts]):
                    yield f"the answers of {group.name} less {other.name} agree"
        for (kind, _), inside in kinds.items():
            if _agree_less(tally, inside):
                yield f"the answers of {group.name} less all released by {' and '.join(kind)} agree"


def _agree_less(tally: Counts, inside: Iterable[Counts]) -> bool:
    rest = dict(tally)
    for counts in inside:
        for value, answers in counts.items():
            rest[value] = rest.get(value, 0) - answers
    # Nothing left is nothing known.
    return any(rest.values()) and agrees(rest)


def _weighted(proof: Proof) -> Iterator[str]:
    names = {group.name for group, _ in proof.released}
    for name in proof.by_account:
        if name not in names:
            yield f"a weighted figure is made of {name}, which was not released"


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "cells": sorted(group.cells),
        "accounts": group.accounts,
        "by": dict(group.by),
        "manager": group.manager,
    }


def _group(record: dict[str, Any]) -> Group:
    return Group(
        record["name"], frozenset(record["cells"]), record["accounts"], tuple(record["by"].items()), record["manager"]
    )
