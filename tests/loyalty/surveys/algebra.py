"""What shown figures give away, worked out from the definition, by ranks of matrices in whole numbers and fractions."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm

Row = list[Fraction]
Tallies = Sequence[Mapping[str, int]]


def indicator(cells: Iterable[int], count: int) -> Row:
    inside = set(cells)
    return [Fraction(cell in inside) for cell in range(count)]


def rank(rows: Iterable[Sequence[int]]) -> int:
    """Bareiss's elimination: every division is exact."""
    matrix = [list(row) for row in rows]
    done, previous = 0, 1
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((each for each in range(done, len(matrix)) if matrix[each][column]), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        top = matrix[done]
        for low in range(done + 1, len(matrix)):
            row = matrix[low]
            factor = row[column]
            matrix[low] = [(top[column] * x - factor * y) // previous for x, y in zip(row, top, strict=True)]
        previous = top[column]
        done += 1
    return done


def whole(rows: Iterable[Row]) -> list[list[int]]:
    """Return the rows in whole numbers: each a multiple of what it was."""
    return [[int(x * lcm(*(y.denominator for y in row))) for x in row] for row in rows]


def basis(rows: Iterable[Row]) -> list[list[int]]:
    """Return rows that give the same combinations, none of them to spare."""
    found: list[list[int]] = []
    for row in whole(rows):
        if rank([*found, row]) > len(found):
            found.append(row)
    return found


def given_away(rows: Iterable[Row], tallies: Tallies) -> set[frozenset[int]]:
    """Return the protected sets of cells, the largest only, inside which some combination of the rows lies."""
    sizes = [sum(tally.values()) for tally in tallies]
    filled = [cell for cell, size in enumerate(sizes) if size]
    least = basis([[row[cell] for cell in filled] for row in rows])
    places = {cell: place for place, cell in enumerate(filled)}
    return {
        cells for cells in protected(tallies) if len(least) > rank(_outside(least, {places[cell] for cell in cells}))
    }


def _outside(rows: Iterable[Sequence[int]], places: set[int]) -> list[list[int]]:
    return [[x for place, x in enumerate(row) if place not in places] for row in rows]


def protected(tallies: Tallies) -> set[frozenset[int]]:
    """Return the sets of 1 to 4 answers, and those whose answers agree but for one at most; the largest of them."""
    sizes = [sum(tally.values()) for tally in tallies]
    small = [cell for cell, size in enumerate(sizes) if 0 < size < 5]
    sets = {
        frozenset(cells)
        for count in range(1, 5)
        for cells in combinations(small, count)
        if sum(sizes[cell] for cell in cells) < 5
    }
    for value in {value for tally in tallies for value in tally}:
        others = {cell: size - tallies[cell].get(value, 0) for cell, size in enumerate(sizes) if size}
        alike = frozenset(cell for cell, answers in others.items() if not answers)
        sets |= {alike | {cell} for cell, answers in others.items() if answers == 1} or {alike}
    return {cells for cells in sets if cells and not any(cells < other for other in sets)}


def greedy(rows: Sequence[frozenset[int]], tallies: Tallies) -> set[int]:
    """Return which rows stay shown, hidden one by one just as it is promised; `rows` from the smallest on."""
    sets = _every_protected_set(tallies)
    count = len(tallies)
    shown = [number for number, row in enumerate(rows) if row not in sets]
    while True:
        matrix = {number: whole([indicator(rows[number], count)])[0] for number in shown}
        taking_part = [number for number in shown if any(_takes_part(matrix, number, cells) for cells in sets)]
        if not taking_part:
            return set(shown)
        shown.remove(taking_part[0])


def _takes_part(matrix: Mapping[int, list[int]], number: int, cells: frozenset[int]) -> bool:
    outside = dict(zip(matrix, _outside(matrix.values(), set(cells)), strict=True))
    if rank(matrix.values()) == rank(outside.values()):
        return False
    others = [row for each, row in outside.items() if each != number]
    return rank(others) == rank(outside.values())


def _every_protected_set(tallies: Tallies) -> set[frozenset[int]]:
    filled = [cell for cell, tally in enumerate(tallies) if sum(tally.values())]
    return {
        frozenset(cells)
        for count in range(1, len(filled) + 1)
        for cells in combinations(filled, count)
        if _is_protected([tallies[cell] for cell in cells])
    }


def _is_protected(tallies: Tallies) -> bool:
    answers = [value for tally in tallies for value, number in tally.items() for _ in range(number)]
    return len(answers) < 5 or len(answers) - max(answers.count(value) for value in answers) <= 1
