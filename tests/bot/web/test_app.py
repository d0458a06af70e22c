"""The doors over HTTP: who is let in."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from bot.app import build
from bot.settings import Settings
from bot.web.app import create
from storage.database import Database

SECRET = "signing-secret"


@pytest.fixture
def web(sqlite_database: Database) -> Iterator[TestClient]:
    bot = build(Settings(slack_bot_token="xoxb-1", slack_signing_secret=SECRET), database=sqlite_database)
    with TestClient(create(bot.app, database=sqlite_database)) as client:
        yield client
    bot.close()


def signed(body: bytes, *, secret: str = SECRET, at: int | None = None) -> dict[str, str]:
    stamp = str(int(time.time()) if at is None else at)
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
        "content-type": "application/x-www-form-urlencoded",
    }


BODY = urlencode({"type": "url_verification", "ssl_check": "1", "token": "x"}).encode()


def test_slack_is_let_in_by_its_signature(web: TestClient) -> None:
    assert web.post("/slack/events", content=BODY, headers=signed(BODY)).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"x-slack-signature": "v0=0000"},
        {"x-slack-signature": "v0=żółw".encode()},
        {"x-slack-signature": ""},
        {"x-slack-request-timestamp": "soon"},
        {"x-slack-request-timestamp": "²"},
        {"x-slack-request-timestamp": "-5"},
        {"x-slack-request-timestamp": ""},
        {"x-slack-request-timestamp": "9" * 5000},
    ],
)
def test_whatever_is_wrong_with_a_signature_is_401(web: TestClient, wrong: dict[str, str | bytes]) -> None:
    right = {name: value.encode() for name, value in signed(b"command=%2Fpoints").items()}
    given = right | {name: value.encode() if isinstance(value, str) else value for name, value in wrong.items()}
    headers = {name.encode(): value for name, value in given.items()}
    answer = web.post("/slack/events", content=b"command=%2Fpoints", headers=headers)
    assert answer.status_code == 401


def test_another_secret_an_old_stamp_and_bytes_that_are_no_text_are_401(web: TestClient) -> None:
    body = b"command=%2Fpoints"
    for headers, content in (
        (signed(body, secret="another"), body),
        (signed(body, at=int(time.time()) - 3600), body),
        (signed(b"\xff\xfe"), b"\xff\xfe"),
    ):
        assert web.post("/slack/events", content=content, headers=headers).status_code == 401


def test_health_asks_the_database(web: TestClient) -> None:
    assert web.get("/health").json() == {"status": "ok"}


def test_a_database_that_is_away_is_told_by_health_and_metrics_go_on(
    web: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("no connection"))

    monkeypatch.setattr(Database, "read", away)
    answer = web.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "the database is away"})
    figures = web.get("/metrics")
    assert figures.status_code == 200
    assert "laurels_outbox_messages{" not in figures.text


def test_without_a_signing_secret_slack_has_no_door_here(sqlite_database: Database) -> None:
    with TestClient(create(None, database=sqlite_database)) as client:
        assert client.post("/slack/events", content=BODY, headers=signed(BODY, secret="")).status_code == 404
        assert client.get("/health").status_code == 200
