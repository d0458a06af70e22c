import datetime as dt
import json
import multiprocessing
import socket
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any

import uvicorn
from fastapi import FastAPI

from handlers.usage import api as usage_api
from storage.database import Database
from tests.handlers.usage.builders import KEY, Api, event, signed


def test_what_was_answered_recorded_is_there_after_a_kill_and_the_rest_can_be_sent_again(database: Database) -> None:
    api = Api(database)
    secret, now = api.secret(), dt.datetime.now(dt.UTC)
    given = [event(("northwind", "hanbit")[n % 2], "Dashboard Shared", at=now.isoformat()) for n in range(120)]

    def post(url: str) -> Callable[[dict[str, Any]], str]:
        def one(given: dict[str, Any]) -> str:
            body = json.dumps(given).encode()
            request = urllib.request.Request(url, body, signed(secret.text, body, now))  # noqa: S310 - our own server
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
                    outcome: str = json.load(answer)["results"][0]["outcome"]
                    return outcome
            except (OSError, HTTPException):  # also in the middle of its answer
                return "no answer"

        return one

    with ThreadPoolExecutor(8) as senders:
        url, server = _start(database)
        answers = senders.map(post(url), given)
        first = [next(answers) for _ in range(20)]
        server.kill()
        first += list(answers)
        url, server = _start(database)
        again = list(senders.map(post(url), given))
        server.kill()
    server.join()
    assert {(before, after) for before, after in zip(first, again, strict=True) if before == "recorded"} == {
        ("recorded", "replayed")
    }
    assert set(first) == {"recorded", "no answer"}, "the kill came too late to show anything"
    assert set(again) <= {"recorded", "replayed"}
    facts = api.facts()
    assert [(facts[key]["usage"], facts[key]["transfers"]) for key in ("northwind", "hanbit")] == [(60, 60)] * 2


def _start(database: Database) -> tuple[str, Any]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    url = database.engine.url.render_as_string(hide_password=False)
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(url, port), daemon=True)
    server.start()
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return f"http://127.0.0.1:{port}/v1/usage", server
    raise AssertionError("the server did not come up")


def _serve(url: str, port: int) -> None:
    app = FastAPI()
    app.include_router(usage_api.router(Database(url), clock=lambda: dt.datetime.now(dt.UTC), secret_key=KEY))
    uvicorn.run(app, port=port, log_level="critical", access_log=False)
