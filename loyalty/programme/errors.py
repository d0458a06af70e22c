"""What is wrong with a programme file: all of it, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass

from loyalty.errors import LoyaltyError

Step = str | int
Path = tuple[Step, ...]
"""Where in the file: the keys, and places in lists, that lead to a value."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that does not hold: the line it stands on, counted from 1, and what would be right."""

    line: int
    message: str


class WrongValueError(ValueError):
    """A value that does not hold; whoever reads the file gathers it together with its place."""


class ProgrammeError(LoyaltyError):
    """A file that does not hold, with every problem found, in the order of its lines."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(f"{name}:{problem.line}: {problem.message}" for problem in self.problems))


def shown(value: object) -> str:
    """Return a value as an error speaks of it: `true`, `the text "15"`, `a list`."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return f'the text "{value if len(value) <= 40 else value[:39] + "…"}"'
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            return f"the number {value}"
