"""`laurels run`: what it says where it cannot run. How it runs: tests/scenarios/test_socket_mode.py."""

import socket

import pytest

from tests.bot.cli.shell import Ran, Shell

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}
APP_PAGE = "your Slack app's page has"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, f"SLACK_BOT_TOKEN is missing: {APP_PAGE} it under Install App, xoxb-…"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, f"SLACK_BOT_TOKEN is missing: {APP_PAGE} it under Install App, xoxb-…"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1"},
            (
                "SLACK_APP_TOKEN (xapp-…, for Socket Mode) or SLACK_SIGNING_SECRET (for HTTP) is missing:"
                f" {APP_PAGE} both under Basic Information"
            ),
        ),
        (
            TOKENS | {"LAURELS_COMMAND_PREFIX": "/Acme"},
            "LAURELS_COMMAND_PREFIX is '/Acme': right are a-z, 0-9, - and _, at most 20 of them: acme-, say",
        ),
        (TOKENS | {"LAURELS_CLOCK_AHEAD": "soon"}, "LAURELS_CLOCK_AHEAD is 'soon': right is a number of seconds"),
        (TOKENS | {"LAURELS_CLOCK_AHEAD": "nan"}, "LAURELS_CLOCK_AHEAD is 'nan': right is a number of seconds"),
        (
            TOKENS | {"LAURELS_LOG_LEVEL": "loud"},
            "LAURELS_LOG_LEVEL: there is no log level loud; there are debug, info, warning, error",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said(shell: Shell, given: dict[str, str], said: str) -> None:
    assert shell.run("run", **given) == Ran(2, [], [said])


def test_a_port_in_use_is_said(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = shell.run("run", "--port", port, **TOKENS)
    assert ran.code == 1
    assert ran.err[-1] == (
        f"port {port} on 127.0.0.1 cannot be had (Address already in use): stop what listens there, or say --port"
    )
