"""Whether a sum can be had from few: the search behind suppression, exact and complete."""

from collections.abc import Mapping

from loyalty.surveys.disclosure.kernel import Vector, without


def reaches(target: Vector, columns: Mapping[int, Vector], costs: Mapping[int, int], limit: int) -> bool:
    """Return whether the target is a combination, with any factors, of columns that cost at most `limit` together."""
    met = {position for column in columns.values() for position in column}
    if not target.keys() <= met:
        return False
    free = [cell for cell in columns if not costs[cell]]
    left = {cell: column for cell, column in columns.items() if column}
    for cell in free:
        column = left.pop(cell, None)
        if column:
            position = next(iter(column))
            target = without(target, column, position)
            left = _beside(left, column, position)
    return _spend(target, left, costs, limit)


def _spend(target: Vector, columns: dict[int, Vector], costs: Mapping[int, int], limit: int) -> bool:
    if not target:
        return True
    position, hitting = _scarcest(target, columns, costs, limit)
    for cell in hitting:
        # One of these has to be in it. Whatever holds this one has been tried after its turn, so it is left out then.
        column = columns.pop(cell)
        rest = without(target, column, position)
        left = limit - costs[cell]
        if not rest or (left and _spend(rest, _beside(columns, column, position), costs, left)):
            return True
    return False


def _scarcest(
    target: Vector, columns: Mapping[int, Vector], costs: Mapping[int, int], limit: int
) -> tuple[int, list[int]]:
    """Return the position of the target that the fewest affordable columns touch, and these."""
    touching: dict[int, list[int]] = {position: [] for position in target}
    for cell, column in columns.items():
        if costs[cell] <= limit:
            for position in column:
                if position in touching:
                    touching[position].append(cell)
    return min(touching.items(), key=lambda each: len(each[1]))


def _beside(columns: Mapping[int, Vector], column: Vector, position: int) -> dict[int, Vector]:
    """Return the columns less their multiples of this one; those that are nothing but such a multiple are gone."""
    rest = {cell: without(other, column, position) for cell, other in columns.items()}
    return {cell: other for cell, other in rest.items() if other}
