"""`laurels` as somebody types it, in a folder of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from bot.cli import app

PROGRAMME = """\
programme: {name: Orbit Champions, week_starts: monday}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw}
  - {key: fulton, name: Fulton & Reed, timezone: America/New_York}
earn:
  - {key: report, event: Report Scheduled, points: 15}
  - {key: rows, event: Report Scheduled, points: {each: 100, of: rows, worth: 1, at_most: 20}}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
exclude: {people: ["robot-*"]}
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: lines of standard output and standard error, and its exit code."""

    code: int
    out: list[str]
    err: list[str]


@dataclass(frozen=True, slots=True)
class Shell:
    """A folder, and the environment that commands run in."""

    folder: Path
    env: Mapping[str, str]

    def run(self, *words: object, **env: str) -> Ran:
        """Run a command."""
        result = CliRunner().invoke(app, [str(word) for word in words], env={**self.env, **env}, prog_name="laurels")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout.splitlines(), result.stderr.splitlines())

    def json(self, *words: object, code: int = 0) -> Any:
        """Run a command with --json; return the one document on standard output."""
        ran = self.run(*words, "--json")
        assert ran.code == code, ran
        return json.loads("\n".join(ran.out))

    def file(self, name: str, text: str | bytes) -> Path:
        """Write a file into the folder; its path as one would type it there."""
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return Path(name)

    def apply(self, programme: str = PROGRAMME) -> None:
        """Bring a programme into force."""
        assert self.run("programme", "apply", self.file("programme.yaml", programme)).code == 0


def track(number: int, *, by: str = "ania", account: str = "northwind", **given: Any) -> str:
    """A Segment line: a report scheduled on 16 March 2026 at ten in Warsaw, where nothing else is given."""
    event = {
        "type": "track",
        "messageId": f"m-{number}",
        "userId": by,
        "event": given.pop("event", "Report Scheduled"),
        "timestamp": given.pop("at", "2026-03-16T10:00:00+01:00"),
        "context": {"groupId": account},
        "properties": given,
    }
    return json.dumps(event)
