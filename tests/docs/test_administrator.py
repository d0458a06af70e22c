"""What the administrator's page tells to type works as it stands there."""

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from loyalty.programme import RewardKind
from storage.session import Database
from tests.bot.cli.shell import Shell

PAGE = (Path(__file__).parents[2] / "docs" / "administrator.md").read_text(encoding="utf-8")
FILES = re.compile(r"`([\w.]+)`\n\n```\w+\n(.*?)```", re.DOTALL)
TYPED = re.compile(r"^```sh\n(.*?)```", re.DOTALL | re.MULTILINE)
FOR_GOOD = "laurels run"


def test_the_way_to_a_first_board(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path, {"LAURELS_DATABASE_URL": "sqlite:///laurels.db"})
    names = [shell.file(name, text).name for name, text in FILES.findall(PAGE)]
    assert names == ["programme.yaml", "northwind.csv", "usage.csv"]
    typed = [line for block in TYPED.findall(PAGE) for line in block.splitlines() if not line.startswith(FOR_GOOD)]
    ended = {line: shell.run(*shlex.split(line)[1:]) for line in typed}
    assert {line: ran.err for line, ran in ended.items() if ran.code} == {}
    assert [line.split() for line in ended["laurels leaderboard northwind --period all"].out if "15" in line] == [
        ["1", "Ania", "Nowak", "15", "ania"],
        ["1", "Marek", "Lis", "15", "marek"],
    ]


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
