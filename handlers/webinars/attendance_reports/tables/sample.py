"""A column as the first rows show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.webinars.attendance_reports.cells.header_words import Word
from handlers.webinars.attendance_reports.cells.kinds import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """Its place, what most of its cells are, what its header says if we know the word, and its cells."""

    place: int
    kind: Kind
    word: Word | None
    values: Sequence[str]

    @property
    def different(self) -> set[str]:
        """The different cells, the blank ones aside."""
        return {value for value in self.values if value}
