"""Each start pays for what it uses, and nothing else."""

import json
import os
import socket
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version

import pytest

from bot.cli import COMMANDS, load_command
from tests.bot.cli.shell import Shell, track

HEAVY = ("matplotlib", "slack_bolt", "slack_sdk", "fastapi", "babel", "uvicorn", "alembic")
DATABASE = ("sqlalchemy", "sqlmodel", "pydantic")
RUN = """
import json, sys
from bot.cli import app
try:
    app(sys.argv[1:], prog_name="laurels")
except SystemExit:
    pass
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
    assert modules(shell, "--version") & {*HEAVY, *DATABASE} == set()


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_help_imports_no_command(shell: Shell, words: tuple[str, ...]) -> None:
    assert modules(shell, *words) & {*HEAVY, *DATABASE, "loyalty", "storage"} == set()


@pytest.mark.parametrize("words", [("pionts",), ("--hepl",)])
def test_a_typo_imports_neither_a_command_nor_rich(shell: Shell, words: tuple[str, ...]) -> None:
    assert modules(shell, *words) & {*HEAVY, *DATABASE, "rich", "loyalty", "storage"} == set()


def test_a_port_that_is_taken_is_told_before_the_bot_is_imported(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        env = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}
        imported = modules(replace(shell, env={**shell.env, **env}), "run", "--port", str(taken.getsockname()[1]))
    assert imported & {*HEAVY, "sqlalchemy", "sqlmodel", "loyalty", "storage"} == set()


def test_the_version_is_told(shell: Shell) -> None:
    assert shell.run("--version").out == [f"laurels {version('laurels')}"]


def test_every_command_is_listed_and_explains_itself(shell: Shell) -> None:
    listed = "\n".join(shell.run("--help").out)
    for name in COMMANDS:
        assert name in listed
        assert shell.run(name, "--help").code == 0


def test_help_says_of_each_command_what_the_command_says_of_itself() -> None:
    own = {name: load_command(name).help.split("\n\n")[0].replace("\n", " ") for name in COMMANDS}
    assert own == COMMANDS


def test_a_misspelt_command_is_answered_with_the_nearest(shell: Shell) -> None:
    ran = shell.run("leaderbord")
    assert ran.code == 2
    assert "Did you mean 'leaderboard'?" in "\n".join(ran.err)
