"""The groups a survey's results are offered by: sets of cells, with a name and the accounts they hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

TOTAL = "all"
"""The name of the group of everybody."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some of a survey's cells, by their numbers. `by` says which: `{"account": "northwind"}`; empty for everybody.

    `manager` is the one whose accounts alone it covers, None for all accounts.
    """

    name: str
    cells: frozenset[int]
    accounts: int
    by: tuple[tuple[str, str], ...] = ()
    manager: str | None = None


def offer(
    cells: Sequence[Mapping[str, str]], dimensions: Sequence[str], managers: Mapping[str, Iterable[str]] | None = None
) -> tuple[Group, ...]:
    """Return every group that anybody is offered: the total, and each value of each set of dimensions.

    `cells` has the values of each cell by dimension. Each of `managers` (name to accounts) is offered the same of their
    accounts alone, where they have not all of them.
    """
    groups = list(offer_of(cells, range(len(cells)), dimensions))
    for manager, accounts in sorted((managers or {}).items()):
        own = own_cells(cells, accounts)
        if own and len(own) < len(cells):
            groups += offer_of(cells, own, dimensions, manager=manager)
    return _once(groups)


def own_cells(cells: Sequence[Mapping[str, str]], accounts: Iterable[str]) -> list[int]:
    """Return the numbers of the cells of these accounts."""
    own = set(accounts)
    return [number for number, cell in enumerate(cells) if cell.get("account") in own]


def offer_of(
    cells: Sequence[Mapping[str, str]], numbers: Sequence[int], dimensions: Sequence[str], *, manager: str | None = None
) -> Iterable[Group]:
    """Yield the total and each value of each set of dimensions, of the cells with these numbers alone."""
    for size in range(len(dimensions) + 1):
        for chosen in combinations(dimensions, size):
            found: dict[tuple[tuple[str, str], ...], set[int]] = {}
            for number in numbers:
                found.setdefault(tuple((name, cells[number][name]) for name in chosen), set()).add(number)
            for by, inside in sorted(found.items()):
                yield Group(_name(by, manager), frozenset(inside), _accounts(cells, inside), by, manager)


def _name(by: tuple[tuple[str, str], ...], manager: str | None) -> str:
    name = ", ".join(f"{dimension} {value}" for dimension, value in by) or TOTAL
    return f"{name} of {manager}" if manager else name


def _accounts(cells: Sequence[Mapping[str, str]], inside: set[int]) -> int:
    return len({cells[number].get("account", "") for number in inside})


def _once(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return the groups, a manager's left out where everybody is offered the same cells by the same values."""
    known: dict[tuple[object, ...], Group] = {}
    for group in groups:
        known.setdefault((group.by, group.cells), group)
    return tuple(known.values())
