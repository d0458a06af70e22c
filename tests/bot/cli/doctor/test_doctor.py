from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from sandbox.run_servers import Site, in_background
from sandbox.seed import Seed
from sandbox.server import create
from storage import schema_revision
from storage.database import Database
from tests.bot.cli.shell import Shell
from tests.bot.cli.test_db import put_at
from tests.support.workspace import SEED


def states(shell: Shell, code: int = 0) -> dict[str, tuple[str, str]]:
    """What was looked at, and how it is."""
    checks = shell.json("doctor", code=code)["checks"]
    return {check["name"]: (check["state"], check["says"]) for check in checks if check["name"] != "Python"}


NO_TOKEN = ("missing", "no SLACK_BOT_TOKEN: the command line works, the bot cannot run")


def test_it_tells_what_is_there_and_what_is_missing(shell: Shell) -> None:
    before = states(shell)
    assert before["programme"] == ("missing", "none was applied yet: `laurels programme apply FILE`")
    shell.apply()
    assert states(shell)["programme"] == ("fine", "Orbit Champions, version 1, 2 accounts")
    assert states(shell)["channels"] == (
        "missing",
        "none yet for northwind, fulton: `laurels channel bind ACCOUNT CHANNEL`",
    )
    assert shell.run("channel", "bind", "northwind", "C0123456789").code == 0
    assert states(shell)["channels"] == ("missing", "none yet for fulton: `laurels channel bind ACCOUNT CHANNEL`")
    assert states(shell)["Slack"] == NO_TOKEN


def test_a_database_that_is_not_there_yet_is_not_made(shell: Shell) -> None:
    (shell.folder / "laurels.db").unlink()
    assert states(shell)["database"] == (
        "missing",
        "laurels.db is not there yet: the first command that needs it makes it",
    )
    assert not (shell.folder / "laurels.db").exists()


def test_secrets_are_never_shown(shell: Shell) -> None:
    secrets = {
        "LAURELS_DATABASE_URL": "postgresql://ania:hunter2@localhost:1/laurels",
        "SLACK_BOT_TOKEN": "xoxb-hunter2",
        "SLACK_SIGNING_SECRET": "hunter2",
        "SLACK_API_URL": "http://localhost:1/api/",
    }
    ran = shell.run("doctor", **secrets)
    assert ran.code == 1
    assert [line.split()[0] for line in ran.out] == ["fine", "missing", "wrong", "missing", "wrong", "fine"]
    assert "hunter2" not in "\n".join(ran.out + ran.err)


SOCKET = {"SLACK_BOT_TOKEN": "xoxb-laurels", "SLACK_APP_TOKEN": "xapp-1-laurels"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-laurels", "SLACK_SIGNING_SECRET": "signing-secret"}
BY_SOCKET = replace(SEED, app=replace(SEED.app, socket_mode=True))
WORKSPACE = ("fine", "workspace Orbit, as laurels")


@contextmanager
def slack(seed: Seed = BY_SOCKET) -> Iterator[str]:
    """A local Slack; where its Web API is."""
    server = create(seed, bot_url="http://127.0.0.1:1/slack/events")
    with in_background(Site(server, before_stop=server.state.slack.feed.close)) as [url]:
        yield f"{url}/api/"


def of_slack(shell: Shell, api: str, env: dict[str, str], code: int = 0) -> dict[str, tuple[str, str]]:
    """What was found of Slack."""
    found = states(Shell(shell.folder, {**shell.env, **env, "SLACK_API_URL": api}), code)
    return {name: check for name, check in found.items() if name in {"Slack", "Socket Mode", "HTTP", "scopes"}}


def test_both_tokens_are_tried(shell: Shell) -> None:
    with slack() as api:
        assert of_slack(shell, api, SOCKET) == {
            "Slack": WORKSPACE,
            "Socket Mode": ("fine", "Slack opens a socket"),
        }
        assert of_slack(shell, api, SOCKET | {"SLACK_APP_TOKEN": "xapp-other"}, code=1) == {
            "Slack": WORKSPACE,
            "Socket Mode": ("wrong", f"Slack at {api} refuses the app-level token: invalid_auth"),
        }
        assert of_slack(shell, api, HTTP) == {
            "Slack": WORKSPACE,
            "HTTP": ("fine", "SLACK_SIGNING_SECRET is given; whether it is right shows when Slack asks"),
        }


def test_an_app_that_was_installed_with_less_than_it_wants_is_told_what_it_lacks(shell: Shell) -> None:
    less = SEED.app.scopes - {"files:write", "users:read.email"}
    with slack(replace(SEED, app=replace(SEED.app, scopes=less))) as api:
        assert of_slack(shell, api, HTTP, code=1)["scopes"] == (
            "wrong",
            "the app lacks files:write, users:read.email: bring its manifest up to app.yaml, then install it again",
        )


@pytest.mark.parametrize(
    ("given", "state", "says"),
    [
        ({}, "missing", "not set: whoever can read the database can sign usage. Any long random text will do"),
        ({"LAURELS_COMMAND_PREFIX": "A b"}, "wrong", "right are a-z, 0-9, - and _, at most 20 of them: acme-, say"),
        ({"LAURELS_LOG_LEVEL": "loud"}, "wrong", "there are debug, info, warning, error"),
    ],
)
def test_what_the_environment_lacks_or_has_wrong_is_told(
    shell: Shell, given: dict[str, Any], state: str, says: str
) -> None:
    found = states(Shell(shell.folder, {**shell.env, **given}), code=1 if state == "wrong" else 0)
    name = next(iter(given), "LAURELS_SECRET_KEY")
    assert (found[name][0], found[name][1].endswith(says)) == (state, True), found


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("0001", "is at revision 0001, wanted is {head}: run `laurels db upgrade`"),
        ("9999", "was upgraded to revision 9999 by a newer Laurels: run that one"),
    ],
)
def test_a_database_at_another_revision_is_told(
    shell: Shell, sqlite_database: Database, number: str, says: str
) -> None:
    put_at(sqlite_database, number)
    assert states(shell, code=1)["database"] == (
        "wrong",
        f"sqlite:///laurels.db {says.format(head=schema_revision.head())}",
    )


def test_an_empty_file_is_no_trouble(shell: Shell) -> None:
    (shell.folder / "laurels.db").write_bytes(b"")
    says = "sqlite:///laurels.db is empty: the first command that needs it makes its tables"
    assert states(shell)["database"] == ("missing", says)
