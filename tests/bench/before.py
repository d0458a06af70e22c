"""This checkout against an earlier one, side by side: `python -m tests.bench.before --checkout DIR --part start`.

Each side runs its own bench and its own command as a subprocess, in turn, five times: module names may differ. Without
a checkout the commit is checked out beside this one and set up. Without a part, all but the suite.
"""

import argparse
import os
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

HERE = Path(__file__).parents[2]
BEFORE = "dc2bd31"
ROUNDS = 5
FIGURE = {
    "command": r"^command, (\w+), /points, (\d+) connections: (\d+) req",
    "ingest": r"^ingest, (\w+), batches of (\S+): (\d+) µs",
}
UNIT = {"command": "requests/s", "ingest": "µs a transfer"}
PROGRAMME = "programme: {name: Bench}\naccounts:\n  - {key: bench, name: Bench, timezone: Europe/Warsaw}\n"
PEOPLE = "user id,name\nania,Ania Nowak\n"

Figures = dict[str, float]


def main() -> None:
    """Print each figure of both sides, medians, and the ratio of this side's to the earlier one's."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--checkout", type=Path, help="a checkout that is set up")
    options.add_argument("--commit", default=BEFORE, help="what is checked out where --checkout is left out")
    options.add_argument("--part", choices=[*PARTS], action="append")
    chosen = options.parse_args()
    with checkout(chosen.checkout, chosen.commit) as before:
        for part in chosen.part or ("start", "command", "ingest"):
            compare(PARTS[part], before, rounds=1 if part == "suite" else ROUNDS)


@contextmanager
def checkout(folder: Path | None, commit: str) -> Iterator[Path]:
    """Give the earlier checkout, set up."""
    if folder is not None:
        yield folder.resolve()
        return
    with TemporaryDirectory() as parent:
        made = Path(parent) / "before"
        run(["/usr/bin/env", "git", "worktree", "add", "--detach", str(made), commit], HERE)
        try:
            run(["/usr/bin/env", "make", "setup"], made)
            yield made
        finally:
            run(["/usr/bin/env", "git", "worktree", "remove", "--force", str(made)], HERE)


def compare(measure: Callable[[Path], Figures], before: Path, *, rounds: int) -> None:
    """Print what `measure` finds of both sides, measured in turn."""
    sides: dict[Path, list[Figures]] = {before: [], HERE: []}
    for _ in range(rounds):
        for side, figures in sides.items():
            figures.append(measure(side))
    for name in sides[HERE][0]:
        old, new = (statistics.median(figures[name] for figures in sides[side]) for side in (before, HERE))
        print(f"{name}: before {old:.3g}, now {new:.3g}, ratio {new / old:.2f}", flush=True)


def start(side: Path) -> Figures:
    """Return the seconds of CPU that commands take, their modules compiled."""
    with TemporaryDirectory() as folder:
        env = environment() | {"LAURELS_DATABASE_URL": f"sqlite:///{folder}/laurels.db"}
        (Path(folder) / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
        (Path(folder) / "people.csv").write_text(PEOPLE, encoding="utf-8")
        laurels = str(side / ".venv/bin/laurels")
        for words in ("programme apply programme.yaml", "people import people.csv --account bench"):
            cpu([laurels, *words.split()], Path(folder), env)
        commands = ("--help", "pionts", "points ania --account bench")
        return {f"laurels {words}, s of CPU": cpu([laurels, *words.split()], Path(folder), env) for words in commands}


def cpu(command: Sequence[str], folder: Path, env: dict[str, str]) -> float:
    """Return the seconds of CPU that a command takes; a refusal counts as well."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)  # noqa: S603 - our own words
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bench(name: str) -> Callable[[Path], Figures]:
    """Return what runs a side's own bench of that name and reads its figures."""

    def measure(side: Path) -> Figures:
        lines = run([str(side / ".venv/bin/python"), "-m", "tests.bench", name], side)
        figures = re.findall(FIGURE[name], lines, re.MULTILINE)
        return {f"{name} {database} {load}, {UNIT[name]}": float(value) for database, load, value in figures}

    return measure


def suite(side: Path) -> Figures:
    """Return how long `make test` takes."""
    begun = time.perf_counter()
    run(["/usr/bin/env", "make", "test"], side)
    return {"make test, s": time.perf_counter() - begun}


def environment() -> dict[str, str]:
    """Return the environment, with bytecode written and nothing of another checkout."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in left_out}


def run(command: Sequence[str], folder: Path) -> str:
    """Return what a command prints. Raises CalledProcessError where it fails."""
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=True, text=True).stdout  # noqa: S603


PARTS: dict[str, Callable[[Path], Figures]] = {
    "start": start,
    "command": bench("command"),
    "ingest": bench("ingest"),
    "suite": suite,
}

if __name__ == "__main__":
    main()
