"""Values that know the line they stand on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from loyalty.programme.errors import Path, Step


@dataclass(slots=True)
class Node:
    """A value of the file (a mapping, a list or a scalar), the line it begins on, and the lines of its keys."""

    line: int
    value: Any
    size: int = 1
    keys: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Any:
        """Return the value as dicts, lists, texts, numbers, booleans and None."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def line_of(self, path: Path) -> int:
        """Return the line where a reader looks for a value: its own, or that of the key above a mapping or a list.

        Steps that the file does not have (a key that is missing, a validator's own name) are passed over.
        """
        line = self.line
        for key_line, node in self._follow(path):
            line = node.line if isinstance(node.value, str | int | float) else key_line
        return line

    def line_of_key(self, path: Path) -> int:
        """Return the line of the key that a path ends with."""
        return next((key_line for key_line, _ in reversed(list(self._follow(path)))), self.line)

    def found(self, path: Path) -> tuple[Step, ...]:
        """Return those steps of a path that the file has."""
        node, found = self, list[Step]()
        for step in path:
            below = node._below(step)
            if below is not None:
                found.append(step)
                node = below[1]
        return tuple(found)

    def at(self, path: Path) -> Any:
        """Return the plain value that a path leads to, None where the file has none there."""
        found = list(self._follow(path))
        return found[-1][1].plain() if len(found) == len(path) > 0 else None

    def _follow(self, path: Path) -> Iterator[tuple[int, "Node"]]:
        node = self
        for step in path:
            below = node._below(step)
            if below is not None:
                yield below
                node = below[1]

    def _below(self, step: Step) -> tuple[int, "Node"] | None:
        if isinstance(self.value, dict) and step in self.value:
            return self.keys[str(step)], self.value[step]
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step].line, self.value[step]
        return None
