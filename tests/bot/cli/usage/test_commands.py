import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from storage.database import Database
from tests.handlers.usage.builders import KEY, Api, event
from tests.support.live_server import live


@pytest.fixture
def env(sqlite_database: Database) -> dict[str, str]:
    Api(sqlite_database)
    return {"LAURELS_DATABASE_URL": str(sqlite_database.engine.url), "LAURELS_SECRET_KEY": KEY}


def _laurels(env: dict[str, str], *words: str) -> Result:
    return CliRunner(env=env).invoke(app, words)


def _document(env: dict[str, str], *words: str) -> Any:
    done = _laurels(env, *words, "--json")
    return json.loads(done.stdout)


def test_a_secret_is_shown_once_listed_without_itself_and_revoked(env: dict[str, str]) -> None:
    made = _laurels(env, "usage", "secret", "create", "--account", "northwind")
    assert (made.exit_code, made.stdout.startswith("whsec_"), len(made.stdout.split())) == (0, True, 1)
    assert made.stderr == "Secret 1, for northwind. It is not shown again: hand it to the sender now.\n"
    _laurels(env, "usage", "secret", "create")
    listed = _laurels(env, "usage", "secret", "list")
    assert "whsec_" not in listed.stdout
    assert _laurels(env, "usage", "secret", "revoke", "1").stdout == "Secret 1 counts no more.\n"
    assert _laurels(env, "usage", "secret", "revoke", "1").stdout == "Secret 1 was revoked before.\n"
    found = _document(env, "usage", "secret", "list")["secrets"]
    assert [(one["id"], one["accounts"], one["revoked_at"] is None, one["usable"]) for one in found] == [
        (1, ["northwind"], False, True),
        (2, None, True, True),
    ]


def test_without_a_key_of_the_deployment_it_says_who_else_can_sign(env: dict[str, str]) -> None:
    made = _laurels(env | {"LAURELS_SECRET_KEY": ""}, "usage", "secret", "create")
    assert "LAURELS_SECRET_KEY is not set: whoever can read the database can sign" in made.stderr
    assert _document(env, "usage", "secret", "list")["secrets"][0]["usable"] is False


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "--account", "northwnd"), "there is no account `northwnd`"),
        (("revoke", "9"), "there is no secret 9"),
    ],
)
def test_what_there_is_not_is_said(env: dict[str, str], words: tuple[str, ...], said: str) -> None:
    done = _laurels(env, "usage", "secret", *words)
    assert (done.exit_code, said in done.stderr) == (1, True), done.stderr


def test_a_file_is_sent_and_a_second_time_counts_nothing(
    env: dict[str, str], sqlite_database: Database, tmp_path: Path
) -> None:
    file = _file(tmp_path, 3)
    secret = _document(env, "usage", "secret", "create")["secret"]
    with live(sqlite_database) as url:
        sender = env | {"LAURELS_USAGE_SECRET": secret}
        first = _laurels(sender, "usage", "send", str(file), "--url", f"{url}/v1/usage")
        again = _document(sender | {"LAURELS_URL": f"{url}/"}, "usage", "send", str(file))
    assert (first.exit_code, first.stdout) == (
        0,
        "Sent 3 events: 3 recorded, 0 on record already, 0 refused.\n0 points went to people, 30 to pools.\n",
    )
    assert (again["sent"]["recorded"], again["sent"]["replayed"]) == (0, 3)


def test_what_is_refused_or_cannot_be_read_is_listed_and_the_rest_is_done(
    env: dict[str, str], sqlite_database: Database, tmp_path: Path
) -> None:
    file = _file(tmp_path, 1)
    foreign = event("hanbit", id="h1", at=dt.datetime.now(dt.UTC).isoformat())
    file.write_text(file.read_text() + json.dumps(foreign) + '\n{"id": "bad"}\n')
    secret = _document(env, "usage", "secret", "create", "--account", "northwind")["secret"]
    with live(sqlite_database) as url:
        done = _laurels(env, "usage", "send", str(file), "--url", f"{url}/v1/usage", "--secret", secret)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        1,
        "Sent 2 events: 1 recorded, 0 on record already, 1 refused.",
    )
    assert "h1: this secret does not speak for the account 'hanbit'" in done.stderr
    assert "line 3 (id bad): " in done.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--secret", "whsec_AAAA", "--url", "laurels.example"), "laurels.example is no address"),
        (("--secret", "nonsense"), "the secret is none"),
    ],
)
def test_wrong_use_of_send_is_said(env: dict[str, str], tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    done = _laurels(env, "usage", "send", str(_file(tmp_path, 1)), *given)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_a_secret_that_does_not_count_stops_the_sending(
    env: dict[str, str], sqlite_database: Database, tmp_path: Path
) -> None:
    with live(sqlite_database) as url:
        done = _laurels(
            env, "usage", "send", str(_file(tmp_path, 1)), "--url", f"{url}/v1/usage", "--secret", "whsec_AAAA"
        )
    assert (done.exit_code, "the bot answered 401: webhook-signature is of no secret" in done.stderr) == (1, True)


def test_waiting_for_a_bot_that_is_away_is_said(
    env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.usage.send.time.sleep", lambda _seconds: None)
    done = _laurels(
        env, "usage", "send", str(_file(tmp_path, 1)), "--url", "http://127.0.0.1:1", "--secret", "whsec_AAAA"
    )
    assert (done.exit_code, done.stderr.splitlines()[0]) == (1, "The bot is away; sent again in 5 seconds.")


def _file(folder: Path, events: int) -> Path:
    file = folder / "usage.jsonl"
    now = dt.datetime.now(dt.UTC).isoformat()
    file.write_text("".join(json.dumps(event(name="Dashboard Shared", at=now)) + "\n" for _ in range(events)))
    return file
