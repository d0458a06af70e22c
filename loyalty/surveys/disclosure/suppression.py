"""Which groups are shown, so that nothing about few people, nor about people who agree, can be worked out.

A set of cells is protected where it holds 1 to 4 answers, or where its answers agree. A combination of shown groups,
whatever its factors, gives a set away where its cells with a factor other than zero are together protected. As long as
there is such a combination, the smallest shown group that takes part in any of them is hidden; of two alike, the one
with fewer accounts, then the first by name.

A group that takes part in none never does once others are hidden. So each is looked at once, from the smallest to the
largest: it is hidden where it takes part in such a combination of itself and the larger ones. That is found from the
largest down, as the kernel of the larger ones grows smaller.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from loyalty.surveys.disclosure.groups import Group
from loyalty.surveys.disclosure.kernel import Kernel
from loyalty.surveys.disclosure.reach import reaches
from loyalty.surveys.disclosure.unanimity import Measure, Tally, agreement

MIN_GROUP_ANSWERS = 5
"""A group of fewer answers is not shown, nor is any sum over fewer."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """The groups that are shown and those that are not, each from the smallest to the largest."""

    shown: tuple[Group, ...]
    hidden: tuple[Group, ...]


def suppress(groups: Sequence[Group], tallies: Sequence[Tally]) -> Suppression:
    """Return which of the groups are shown; `tallies` has the answers of each cell."""
    return suppress_by(groups, [sum(tally.values()) for tally in tallies], protected(tallies))


def suppress_by(groups: Sequence[Group], sizes: Sequence[int], measures: Sequence[Measure]) -> Suppression:
    """Return which of the groups are shown, by the answers of each cell and the measures of what is protected."""
    ordered = in_order(groups, sizes)
    allowed = [group for group in ordered if not any(measure.holds(_row(group, sizes)) for measure in measures)]
    return _split(ordered, set(_unrevealing(reversed(allowed), sizes, measures)))


def put_back(suppression: Suppression, tallies: Sequence[Tally]) -> Suppression:
    """Return the suppression with every hidden group shown, from the largest on, that gives nothing away after all.

    The smallest group is hidden also where another one alone would have done, or where it is the sum of shown ones.
    """
    sizes = [sum(tally.values()) for tally in tallies]
    measures = protected(tallies)
    search = _Search(sizes, measures)
    for group in suppression.shown:
        search.add(_row(group, sizes))
    shown = set(suppression.shown)
    for group in reversed(suppression.hidden):
        row = _row(group, sizes)
        if not any(measure.holds(row) for measure in measures) and not search.gives_away(row):
            search.add(row)
            shown.add(group)
    ordered = in_order([*suppression.shown, *suppression.hidden], sizes)
    return _split(ordered, shown)


def protected(tallies: Sequence[Tally]) -> list[Measure]:
    """Return the measures of what is protected: few answers, and answers that agree."""
    return [few([sum(tally.values()) for tally in tallies]), *agreement(tallies)]


def few(sizes: Sequence[int]) -> Measure:
    """Return the measure of few answers: the answers of each cell that has any."""
    return Measure({cell: size for cell, size in enumerate(sizes) if size}, MIN_GROUP_ANSWERS - 1)


def in_order(groups: Iterable[Group], sizes: Sequence[int]) -> list[Group]:
    """Return the groups from the smallest to the largest, as they are hidden."""
    return sorted(groups, key=lambda group: (sum(sizes[cell] for cell in group.cells), group.accounts, group.name))


def reveals(rows: Iterable[frozenset[int]], sizes: Sequence[int], measures: Sequence[Measure]) -> bool:
    """Return whether any combination of the rows, sets of cells with answers, gives a protected set away."""
    search = _Search(sizes, measures)
    for row in rows:
        if search.gives_away(row):
            return True
        search.add(row)
    return False


class _Search:
    """The rows so far, and what one more would give away."""

    def __init__(self, sizes: Sequence[int], measures: Sequence[Measure]) -> None:
        self._kernel = Kernel(cell for cell, size in enumerate(sizes) if size)
        self._within = [(measure.within(), measure.limit) for measure in measures]

    def depends(self, row: frozenset[int]) -> bool:
        """Return whether the row is a combination of those so far."""
        return not self._kernel.image(row)

    def gives_away(self, row: frozenset[int]) -> bool:
        """Return whether a protected set comes of the row and those so far that did not come of these alone."""
        image = self._kernel.image(row)
        return bool(image) and any(
            reaches(image, self._kernel.columns(costs), costs, limit) for costs, limit in self._within
        )

    def add(self, row: frozenset[int]) -> None:
        """Take the row in."""
        image = self._kernel.image(row)
        if image:
            self._kernel.add(image)


def _unrevealing(groups: Iterable[Group], sizes: Sequence[int], measures: Sequence[Measure]) -> Iterator[Group]:
    """Yield the groups that take part in no combination of them and those before that gives a set away."""
    search = _Search(sizes, measures)
    revealed = False
    for group in groups:
        row = _row(group, sizes)
        # A combination of those before, added to whatever gives a set away, takes part in that.
        hit = revealed if search.depends(row) else search.gives_away(row)
        search.add(row)
        revealed = revealed or hit
        if not hit:
            yield group


def _row(group: Group, sizes: Sequence[int]) -> frozenset[int]:
    return frozenset(cell for cell in group.cells if sizes[cell])


def _split(ordered: Sequence[Group], shown: Collection[Group]) -> Suppression:
    return Suppression(
        tuple(group for group in ordered if group in shown), tuple(group for group in ordered if group not in shown)
    )
