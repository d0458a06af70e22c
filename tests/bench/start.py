"""How long until something can be done: a command, and the app, against the bare import of what they stand on.

Every start but the first finds its modules compiled, whatever the environment says of writing them: that is what people
wait for.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from loyalty.apply_programme import apply_programme
from loyalty.people.roster import RosterRow, import_roster
from storage.database import OPERATOR, Database
from storage.migrate import upgrade
from tests.support.two_clients import NOW, PROGRAMME

ROUNDS = 5
FLOOR = "import slack_bolt, sqlmodel"
APP = "import bot.app"
POINTS = """
from bot.cli import app
try:
    app(["points", "u1", "--account", "northwind"], prog_name="laurels")
except SystemExit as end:
    assert not end.code
"""
PEAK = """
import sys
from pathlib import Path
status = Path("/proc/self/status")  # Linux's; getrusage would tell of the parent that this process was forked from
lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0 kB"]
print(next(line.split()[1] for line in lines if line.startswith("VmHWM")), file=sys.stderr)
"""
"""Tells the most memory it held, in kilobytes."""


def main() -> None:
    """Print milliseconds and megabytes, in turn, medians: `laurels points`, the app's import, and the floor of both."""
    with TemporaryDirectory() as folder:
        env = _environment(Path(folder))
        found: dict[str, list[tuple[float, float]]] = {FLOOR: [], POINTS: [], APP: []}
        for code in found:
            _run(code, env)
        for _ in range(ROUNDS):
            for code, runs in found.items():
                runs.append(_run(code, env))
    floor, points, app = ([statistics.median(each) for each in zip(*runs, strict=True)] for runs in found.values())
    print(f"start, floor `{FLOOR}`: {floor[0]:.0f} ms, {floor[1]:.0f} MB")
    print(f"start, `laurels points`: {points[0]:.0f} ms, {points[1]:.0f} MB, ratio {points[0] / floor[0]:.2f} (500 ms)")
    print(f"start, `{APP}`: {app[0]:.0f} ms, {app[1]:.0f} MB, ratio {app[0] / floor[0]:.2f} (1,000 ms, 130 MB)")


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"LAURELS_DATABASE_URL": _database(folder), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def _run(code: str, env: dict[str, str]) -> tuple[float, float]:
    start = time.perf_counter()
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code + PEAK], env=env, capture_output=True, check=True, text=True
    )
    return 1_000 * (time.perf_counter() - start), int(ran.stderr.splitlines()[-1]) / 1024


def _database(folder: Path) -> str:
    url = f"sqlite:///{folder}/laurels.db"
    database = Database(url)
    upgrade(database)
    database.write(OPERATOR, lambda session: apply_programme(session, PROGRAMME, author="operator", now=NOW))
    database.write([1], lambda session: import_roster(session, 1, [RosterRow(line=2, external_id="u1")], now=NOW))
    database.dispose()
    return url


if __name__ == "__main__":
    main()
