"""The cells of a survey: who was invited, cut by what the asker chose to see. They are frozen when it opens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Privacy = Literal["attributed", "confidential", "anonymous"]

MIN_CELL_INVITED = 10
"""In an anonymous survey no cell has fewer invited, nor has the survey."""

MAX_DIMENSIONS = 3
MAX_CELLS = 150
"""Over it, fewer dimensions are offered, down to one: suppression has to stay within a second."""

OTHER = "other"
"""The value of what was merged: other roles, other accounts."""

ACCOUNT = "account"


class TooFewToBeAnonymousError(Exception):
    """Fewer are invited than an anonymous survey needs."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Some of those invited, alike in each dimension: its value by dimension, and who they are."""

    values: tuple[tuple[str, str], ...]
    people: tuple[int, ...]

    @property
    def by(self) -> dict[str, str]:
        """The value of each dimension."""
        return dict(self.values)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The dimensions that are offered, perhaps fewer than chosen, and the cells, in order of their values."""

    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]


def freeze(invited: Mapping[int, Mapping[str, str]], dimensions: Sequence[str], *, privacy: Privacy) -> Frozen:
    """Return the cells of those invited, by person id with the values they have.

    In an anonymous survey cells of fewer than ten are merged: by the last dimension first, small accounts last, into
    one account `other`. Raises TooFewToBeAnonymousError where fewer than ten are invited to one, ValueError for too
    many dimensions.
    """
    if len(dimensions) > MAX_DIMENSIONS:
        raise ValueError(f"{len(dimensions)} dimensions to break down by; choose at most {MAX_DIMENSIONS}")
    if privacy == "anonymous" and len(invited) < MIN_CELL_INVITED:
        raise TooFewToBeAnonymousError(f"{len(invited)} invited; an anonymous survey needs {MIN_CELL_INVITED}")
    # The account comes first, so that it is merged last and given up last.
    ordered = tuple(sorted(dimensions, key=lambda dimension: dimension != ACCOUNT))
    while True:
        cells = _cut(invited, ordered)
        if privacy == "anonymous":
            cells = _merge(cells, len(ordered))
        if len(cells) <= MAX_CELLS or len(ordered) <= 1:
            return Frozen(
                ordered, tuple(Cell(tuple(zip(ordered, key, strict=True)), cells[key]) for key in sorted(cells))
            )
        ordered = ordered[:-1]


_Cells = dict[tuple[str, ...], tuple[int, ...]]


def _cut(invited: Mapping[int, Mapping[str, str]], dimensions: Sequence[str]) -> _Cells:
    people: dict[tuple[str, ...], list[int]] = {}
    for person, values in invited.items():
        people.setdefault(tuple(values[dimension] for dimension in dimensions), []).append(person)
    return {key: tuple(sorted(inside)) for key, inside in people.items()}


def _merge(cells: _Cells, dimensions: int) -> _Cells:
    """Merge small cells by the last dimension within the ones before, then by the one before that, and so on."""
    for position in reversed(range(dimensions)):
        beside: dict[tuple[str, ...], _Cells] = {}
        for key, people in cells.items():
            beside.setdefault(key[:position], {})[key] = people
        cells = {key: people for siblings in beside.values() for key, people in _join(siblings, position).items()}
    return cells


def _join(cells: _Cells, position: int) -> _Cells:
    """Join the small ones of these, alike before `position`, into `other`; and the next smallest until that is enough.

    What hangs on a value that is joined is joined with it, so that no value keeps a part of its people only.
    """
    values: dict[str, list[tuple[str, ...]]] = {}
    for key in cells:
        values.setdefault(key[position], []).append(key)
    sizes = {value: sum(len(cells[key]) for key in keys) for value, keys in values.items()}
    small = {value for value, keys in values.items() if any(len(cells[key]) < MIN_CELL_INVITED for key in keys)}
    for value in sorted(sizes, key=lambda each: (each != OTHER, sizes[each], each)):
        if small and sum(sizes[each] for each in small) < MIN_CELL_INVITED:
            small.add(value)
    if not small:
        return cells
    joined = [key for value in small for key in values[value]]
    other = (*joined[0][:position], *(OTHER for _ in joined[0][position:]))
    kept = {key: people for key, people in cells.items() if key not in joined}
    return kept | {other: _together(cells[key] for key in joined)}


def _together(people: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted(person for each in people for person in each))
