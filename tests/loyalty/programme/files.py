"""Programme files to begin from: always two clients."""

from collections.abc import Sequence

import pytest

from loyalty.programme import ProgrammeError, read

CLIENTS = """\
programme: {name: Orbit Champions}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, cohort: pilot}
  - {key: haneul, name: Haneul, timezone: Asia/Seoul}
"""
MARK = "# here"


def refused(text: str) -> list[tuple[int, str]]:
    """Return what is wrong with a file: lines and messages."""
    with pytest.raises(ProgrammeError) as caught:
        read(text)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def marked(text: str, messages: Sequence[str]) -> list[tuple[int, str]]:
    """Return messages with the lines on which the file says `# here`, one for each."""
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if MARK in line]
    assert len(lines) == len(messages)
    return list(zip(lines, messages, strict=True))
