"""What of a file holds by itself, for the checks between its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from loyalty.programme.errors import Path


@dataclass(frozen=True, slots=True)
class ValidParts:
    """A file's parts that hold by themselves, by their path, and what the whole file speaks of, sound or not.

    A value at the top that does not hold is there as None. `replaced` are the fields that something else stands for,
    because what the file says of them does not hold: nothing more is said of those.
    """

    sound: Mapping[Path, Any]
    keys: Mapping[Path, str]  # of every item, by its path
    cohorts: Mapping[str, str | None]  # by account, those known from elsewhere among them
    replaced: frozenset[Path] = field(default_factory=frozenset)

    def keys_of(self, section: str) -> list[str]:
        """Return the keys of a section's items, in the order of the file."""
        return [key for path, key in self.keys.items() if path[0] == section]
