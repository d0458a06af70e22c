"""Which answers agree: all alike, or all but one. Knowing such a group is knowing each answer in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Tally = Mapping[str, int]
"""Answers by what would be shown of them: the class for NPS, else the value."""

MAX_DISSENTING_ANSWERS = 1


@dataclass(frozen=True, slots=True)
class Measure:
    """What each cell costs, and up to which cost in all a set of cells is protected."""

    costs: Mapping[int, int]
    limit: int

    def holds(self, cells: Iterable[int]) -> bool:
        """Return whether these cells together are protected."""
        return sum(self.costs[cell] for cell in cells) <= self.limit

    def within(self) -> dict[int, int]:
        """Return the costs of the cells that can be in a protected set at all."""
        return {cell: cost for cell, cost in self.costs.items() if cost <= self.limit}


def agreement(tallies: Sequence[Tally]) -> list[Measure]:
    """Return a measure for each value: answers that differ from it. Any set of at most one such answer agrees."""
    values = sorted({value for tally in tallies for value, answers in tally.items() if answers})
    sizes = [sum(tally.values()) for tally in tallies]
    return [
        Measure(
            {cell: sizes[cell] - tally.get(value, 0) for cell, tally in enumerate(tallies) if sizes[cell]},
            MAX_DISSENTING_ANSWERS,
        )
        for value in values
    ]


def agrees(tally: Tally) -> bool:
    """Return whether all these answers are alike, or all but one."""
    return sum(tally.values()) - max(tally.values(), default=0) <= MAX_DISSENTING_ANSWERS
