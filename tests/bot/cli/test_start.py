"""Each start pays for what it uses, and nothing else."""

import json
import os
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version

import pytest

from bot.cli import COMMANDS
from tests.bot.cli.shell import Shell, track

HEAVY = ("matplotlib", "slack_bolt", "slack_sdk", "fastapi", "babel", "uvicorn")
RUN = """
import json, sys
from bot.cli import app
try:
    app(sys.argv[1:], prog_name="laurels")
except SystemExit as end:
    assert not end.code, end.code
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def modules(shell: Shell, *words: str) -> set[str]:
    """What a command imports in a process of its own."""
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", RUN, *words],
        env={**os.environ, **shell.env, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        check=True,
        text=True,
    )
    return {name.split(".")[0] for name in json.loads(ran.stderr.splitlines()[-1])}


@pytest.mark.parametrize(
    "words", [("points", "ania", "--account", "northwind"), ("leaderboard", "northwind"), ("programme", "history")]
)
def test_a_command_imports_neither_slack_nor_charts_nor_the_web(shell: Shell, words: tuple[str, ...]) -> None:
    shell.apply()
    assert shell.run("usage", "import", shell.file("usage.ndjson", track(1))).code == 0
    assert modules(shell, *words) & {*HEAVY} == set()


def test_asking_for_the_version_imports_no_database(shell: Shell) -> None:
    assert modules(shell, "--version") & {*HEAVY, "sqlalchemy", "pydantic"} == set()


def test_the_version_is_told(shell: Shell) -> None:
    assert shell.run("--version").out == [f"laurels {version('laurels')}"]


def test_every_command_is_listed_and_explains_itself(shell: Shell) -> None:
    listed = "\n".join(shell.run("--help").out)
    for name, module in COMMANDS.items():
        assert name in listed
        assert import_module(module).app is not None
        assert shell.run(name, "--help").code == 0


def test_a_misspelt_command_is_answered_with_the_nearest(shell: Shell) -> None:
    ran = shell.run("leaderbord")
    assert ran.code == 2
    assert "Did you mean 'leaderboard'?" in "\n".join(ran.err)
