"""A person's word for each new reward: it is not money."""

import os
import pty
import subprocess
import sys

import pytest

from tests.bot.cli.shell import PROGRAMME, Ran, Shell

SEAT = """\
  - {key: seat, kind: training_seat, name: Advanced reporting, worth: A day with a trainer, cost: 400, value: 90}
"""
EARLY = "  - {key: early, kind: early_access, name: {pl: Wcześniej, en: Early}, worth: News, cost: 1, value: 0.5}\n"
REWARDS = PROGRAMME + "value_cap: 200\nrewards:\n" + SEAT + EARLY
ASKED = [
    "2 rewards that nobody has confirmed yet:",
    "  seat: Advanced reporting (training seat), 400 points, costs 90 to give",
    "  early: Early (early access), 1 point, costs 0.5 to give",
]
QUESTION = "None of these is money, or can be turned into money. Confirm? [y/N]:"


def typed(shell: Shell, answer: str, *words: str) -> tuple[int, str, str]:
    """Run a command before a terminal where somebody types an answer; its exit code, result and notes."""
    terminal, end = pty.openpty()
    try:
        os.write(terminal, answer.encode())
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *words],
            stdin=end,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, **shell.env, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    finally:
        os.close(end)
        os.close(terminal)
    return done.returncode, done.stdout, done.stderr


def versions(shell: Shell) -> list[int]:
    return [row["version"] for row in shell.json("programme", "history")["versions"]]


def test_without_anybody_to_ask_the_word_is_wanted_and_nothing_is_applied(both: Shell) -> None:
    both.apply()
    file = both.file("programme.yaml", REWARDS)
    nobody = (
        "None of these may be money, or be turned into money. There is nobody to confirm it: say --not-money."
        " Nothing was applied."
    )
    assert both.run("programme", "apply", file) == Ran(2, [], [*ASKED, nobody])
    assert (
        both.run("programme", "plan", file).out[-1] == "Applying it wants a person's word for 2 rewards: none is money."
    )
    assert both.run("programme", "apply", file, "--json") == Ran(2, [], [*ASKED, nobody])
    assert versions(both) == [1]
    applied = both.run("programme", "apply", file, "--not-money")
    assert (applied.code, applied.out[-1], applied.err) == (0, "Version 2 is in force.", [])
    assert both.run("programme", "plan", file).out == ["Nothing would change."]


def test_who_confirmed_is_not_asked_again(both: Shell) -> None:
    both.run("programme", "apply", "--not-money", both.file("programme.yaml", REWARDS))
    assert both.run("programme", "apply", both.file("dearer.yaml", REWARDS.replace("400", "500"))).code == 0
    both.apply()
    assert both.run("programme", "rollback").code == 0
    other = both.run("programme", "apply", both.file("other.yaml", REWARDS.replace("value: 90", "value: 190")))
    assert (other.code, other.err[:2]) == (
        2,
        [
            "1 reward that nobody has confirmed yet:",
            "  seat: Advanced reporting (training seat), 400 points, costs 190 to give",
        ],
    )
    assert versions(both) == [4, 3, 2, 1]


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_on_a_terminal_somebody_is_asked_about_each(shell: Shell, answer: str, code: int) -> None:
    file = shell.file("programme.yaml", REWARDS)
    found, out, err = typed(shell, answer, "programme", "apply", str(file))
    assert (found, err.splitlines()[:3]) == (code, ASKED)
    assert QUESTION in err
    assert versions(shell) == ([] if code else [1])
    assert out.endswith("Version 1 is in force.\n") is not bool(code)
    assert err.endswith("Nothing was applied.\n") is bool(code)
