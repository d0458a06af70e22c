"""What the administrator's page tells to type works as it stands there."""

import re
import shlex
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

from bot.cli import app
from loyalty.programme import RewardKind
from storage.database import Database
from tests.bot.cli.shell import Shell

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
PAGE = (Path(__file__).parents[2] / "docs" / "administrator.md").read_text(encoding="utf-8")
FILES = re.compile(r"`([\w.]+)`\n\n```\w+\n(.*?)```", re.DOTALL)
TYPED = re.compile(r"^```sh\n(.*?)```", re.DOTALL | re.MULTILINE)
COMMANDS = re.compile(r"`(laurels\s[^`]+)`")
FOR_GOOD = "laurels run"


def test_the_way_to_a_first_board(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path, {"LAURELS_DATABASE_URL": "sqlite:///laurels.db"})
    names = [shell.file(name, text).name for name, text in FILES.findall(PAGE)]
    assert names == ["programme.yaml", "northwind.csv", "usage.csv"]
    lines = [line for block in TYPED.findall(PAGE) for line in block.splitlines() if line.startswith("laurels ")]
    typed = [line for line in lines if not line.startswith(FOR_GOOD)]
    ended = {line: shell.run(*shlex.split(line)[1:]) for line in typed}
    assert {line: ran.err for line, ran in ended.items() if ran.code} == {}
    assert [line.split() for line in ended["laurels leaderboard northwind --period all"].out if "15" in line] == [
        ["1", "Ania", "Nowak", "15", "ania"],
        ["1", "Marek", "Lis", "15", "marek"],
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_that_a_page_names_is_one_and_takes_what_stands_behind_it(page: Path) -> None:
    """In a sentence an argument may be left out, or stand for others in capitals."""
    named = [*COMMANDS.findall(text := page.read_text(encoding="utf-8"))]
    named += [line for block in TYPED.findall(text) for line in block.splitlines() if line.startswith("laurels ")]
    assert {words: wrong for words in named if (wrong := _misused(shlex.split(words)[1:]))} == {}


def _misused(words: list[str]) -> str | None:
    """Return what the command line has against it; nothing is run."""
    command: Any = get_command(app)
    context = command.make_context("laurels", [*words])
    try:
        while isinstance(command, TyperGroup):
            name, command, words = command.resolve_command(context, [*words])
            context = command.make_context(name, [*words], parent=context)
    except typer.BadParameter:
        pass  # left out, or a file that is not there
    except typer.TyperException as error:
        return str(error)
    return None


def test_the_example_of_rewards_stands_below_the_first_programme(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path, {"LAURELS_DATABASE_URL": "sqlite:///laurels.db"})
    programme = dict(FILES.findall(PAGE))["programme.yaml"]
    [rewards] = re.findall(r"```yaml\n(value_cap:.*?)```", PAGE, re.DOTALL)
    file = shell.file("programme.yaml", programme + rewards)
    assert shell.run("programme", "check", file).out == [
        "programme.yaml holds: 1 account, 2 rules, 2 milestones, 3 rewards, 2 tiers."
    ]
    assert shell.run("programme", "apply", file, "--not-money").code == 0
    told = [" ".join(words.split()) for words in re.findall(r"`(laurels reward [^`]+)`", PAGE)]
    assert [shell.run(*words.split()[1:]).out for words in told] == [
        ["advanced: 12 in all, 0 taken, 12 left."],
        ["advanced is withdrawn: nobody can ask for it."],
        ["advanced is back: it can be asked for."],
    ]
    kinds = re.findall(r"`([a-z_]+)`", PAGE.partition("- *Kinds*")[2].partition("Anything else")[0])
    assert kinds == list(get_args(RewardKind))
