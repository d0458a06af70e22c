"""What sums over cells leave open, in exact whole numbers.

Rows are sets of cells; each stands for a sum over them. The kernel holds the vectors over cells that all rows so far
take to zero: a sum is a combination of the rows exactly where every vector of the kernel takes it to zero. Vectors are
sparse, `{position: number}` without zeros.
"""

from collections.abc import Iterable, Mapping
from math import gcd

Vector = dict[int, int]


class Kernel:
    """The vectors that all rows added so far take to zero, by number; at first, one for each cell."""

    def __init__(self, cells: Iterable[int]) -> None:
        self._vectors: dict[int, Vector] = {cell: {cell: 1} for cell in cells}

    def image(self, row: frozenset[int]) -> Vector:
        """Return what each vector makes of the row: empty where the row is a combination of those added."""
        sums = {
            number: sum(factor for cell, factor in vector.items() if cell in row)
            for number, vector in self._vectors.items()
        }
        return {number: value for number, value in sums.items() if value}

    def columns(self, cells: Mapping[int, int]) -> dict[int, Vector]:
        """Return what each vector makes of each of these cells alone, by cell."""
        columns: dict[int, Vector] = {cell: {} for cell in cells}
        for number, vector in self._vectors.items():
            for cell, factor in vector.items():
                if cell in columns:
                    columns[cell][number] = factor
        return columns

    def add(self, image: Vector) -> None:
        """Take in a row by its image, which is not empty: one vector fewer is left."""
        pivot = min(image, key=lambda number: (len(self._vectors[number]), number))
        gone = self._vectors.pop(pivot)
        for number, value in image.items():
            if number != pivot:
                self._vectors[number] = combine(self._vectors[number], image[pivot], gone, -value)


def combine(one: Vector, factor: int, other: Vector, other_factor: int) -> Vector:
    """Return `one * factor + other * other_factor`, divided by what all its numbers have in common."""
    result = {position: value * factor for position, value in one.items()}
    for position, value in other.items():
        total = result.get(position, 0) + value * other_factor
        if total:
            result[position] = total
        else:
            del result[position]
    common = gcd(*result.values())
    return result if common <= 1 else {position: value // common for position, value in result.items()}


def without(vector: Vector, column: Vector, position: int) -> Vector:
    """Return the vector less the multiple of the column that makes it zero at the position."""
    value = vector.get(position)
    return vector if value is None else combine(vector, column[position], column, -value)
