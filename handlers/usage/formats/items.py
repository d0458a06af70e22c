"""What reading yields: an item read, or an item refused."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from loyalty.usage.record import UsageEvent

Unit = Literal["line", "item"]


class Item(NamedTuple):
    """One usage event and where it stood: the line of the file, or its number in a JSON list; both count from 1."""

    line: int
    event: UsageEvent
    unit: Unit = "line"


@dataclass(frozen=True, slots=True)
class Refused:
    """One item that could not be read.

    `reason` says what was wrong, where, and what would be right, with never more than a short, escaped piece of what
    was sent. `id` is the item's own id where it could be read, else empty.
    """

    line: int
    reason: str
    id: str = ""
    unit: Unit = "line"

    def __str__(self) -> str:
        named = f" (id {self.id})" if self.id else ""
        return f"{self.unit} {self.line}{named}: {self.reason}"
