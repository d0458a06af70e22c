"""`laurels manifest`."""

from pathlib import Path

import pytest

from bot import manifest
from tests.bot.cli.shell import Ran, Shell


def test_the_manifest_holds(shell: Shell) -> None:
    assert shell.json("manifest", "check") == {"problems": []}
    ran = shell.run("manifest", "check")
    assert (ran.code, ran.out[0].endswith("no scope that reads messages.")) == (0, True)


def test_what_does_not_hold_is_named_and_exit_1(shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = (manifest.HOME / "app.yaml").read_text()
    (tmp_path / "app.yaml").write_text(found.replace("command: /points", "command: /tea"))
    monkeypatch.setattr(manifest, "HOME", tmp_path)
    monkeypatch.setattr(manifest, "called", set)
    problems = shell.json("manifest", "check", code=1)["problems"]
    assert "app.yaml lacks the slash command /points, which has a listener" in problems

    lines = shell.run("manifest", "check").out
    assert set(problems) == set(lines)


@pytest.mark.parametrize("command", ["check", "json"])
@pytest.mark.parametrize("prefix", ["the-name-of-a-company-", "Acme ", "/acme-"])
def test_a_prefix_that_would_not_do_is_refused(shell: Shell, command: str, prefix: str) -> None:
    said = f"{prefix!r} cannot begin a command's name: right are a-z, 0-9, - and _, at most 20 of them: acme-, say"
    assert shell.run("manifest", command, "--prefix", prefix) == Ran(2, [], [said])
    assert shell.run("manifest", command, LAURELS_COMMAND_PREFIX=prefix) == Ran(2, [], [said])


def test_the_longest_prefix_makes_names_that_slack_takes(shell: Shell) -> None:
    assert shell.run("manifest", "check", "--prefix", "a" * 20).code == 0


def test_it_is_printed_with_a_prefix_given_or_set(shell: Shell) -> None:
    for printed in (
        shell.run("manifest", "json", "--prefix", "acme-"),
        shell.run("manifest", "json", LAURELS_COMMAND_PREFIX="acme-"),
    ):
        assert '"command": "/acme-points",' in "\n".join(printed.out)


def test_an_address_has_to_be_one(shell: Shell) -> None:
    assert shell.run("manifest", "json", "--url", "laurels") == Ran(
        2, [], ["laurels is no address: right is https://laurels.example.org"]
    )
