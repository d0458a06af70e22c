"""Usage by HTTP: one signed event a request, and batches of 1,000, against the same server with an empty answer.

The server is a process of its own; the requests are made ready before the clock starts. The floor of the batches is
the database's: `python -m tests.bench ingest`.
"""

import asyncio
import datetime as dt
import json
import multiprocessing
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from fastapi import FastAPI, Request

from bot.process.garbage_collection import freeze_loaded_objects
from handlers.usage import api, signatures
from loyalty.apply_programme import apply_programme
from loyalty.usage import secrets
from loyalty.usage.secrets import Secret
from storage.database import OPERATOR, Database
from storage.migrate import upgrade
from tests.bench.http_load import drive, free_port, wait_for
from tests.bench.ingest import PROGRAMME, urls

CONNECTIONS = 50
REQUESTS = 3_000
BATCHES = 20
PEOPLE = 200


def main() -> None:
    """Print requests a second, p99 and the ratio to the empty answer, on SQLite and on PostgreSQL."""
    with TemporaryDirectory() as folder:
        for name, url in urls(Path(folder)):
            _measure(name, url("api"))


def _measure(name: str, url: str) -> None:
    database = Database(url)
    secret = _prepare(database)
    database.dispose()
    port = free_port()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(url, port), daemon=True)
    server.start()
    wait_for(port)
    for round_number in range(2):  # the first opens the people and warms the caches
        singles = [_request("/v1/usage", _event(f"{round_number}-{n}", n), secret) for n in range(REQUESTS)]
        floor, _ = _drive(port, [_request("/floor", _event("f", n), secret) for n in range(REQUESTS)])
        ours, p99 = _drive(port, singles)
    print(
        f"api, {name}, one event a request, {CONNECTIONS} connections: {ours:.0f} requests/s, p99 {p99:.0f} ms"
        f" (to reach: 500, 100 ms); empty answer {floor:.0f}/s"
    )
    batches = [_request("/v1/usage", _batch(number), secret) for number in range(BATCHES)]
    _drive(port, batches[:3], 1)
    rate, _ = _drive(port, batches[3:], 1)
    print(f"api, {name}, batches of 1,000: {1e3 / rate:.0f} ms a request")
    server.terminate()
    server.join()


def serve(url: str, port: int) -> None:
    """Run the usage API, and an empty answer beside it."""
    app = FastAPI()
    database = Database(url)
    app.include_router(api.router(database, clock=lambda: dt.datetime.now(dt.UTC), secret_key=""))

    @app.post("/floor")
    async def floor(request: Request) -> dict[str, str]:
        await request.body()
        return {}

    freeze_loaded_objects()  # as `laurels run` does
    uvicorn.run(app, port=port, log_level="warning", access_log=False)


def _prepare(database: Database) -> Secret:
    upgrade(database)
    now = dt.datetime.now(dt.UTC)

    def work(session: Any) -> Secret:
        apply_programme(session, PROGRAMME, author="operator", now=now)
        return secrets.create_secret(session, bytes(32), key="", accounts=None, author="operator", now=now)

    return database.write(OPERATOR, work)


def _event(event_id: str, number: int) -> dict[str, Any]:
    return {
        "account": "northwind",
        "person": f"u-{number % PEOPLE}",
        "event": ("Report Scheduled", "Report Scheduled", "Feature Used", "Dashboard Shared")[number % 4],
        "at": dt.datetime.now(dt.UTC).isoformat(),
        "id": event_id,
        "properties": {"rows": number * 37 % 5_000, "feature": f"feature-{number % 40}"},
    }


def _batch(number: int) -> list[dict[str, Any]]:
    return [_event(f"batch-{number}-{n}", n) for n in range(1_000)]


def _request(path: str, value: Any, secret: Secret) -> bytes:
    body = json.dumps(value).encode()
    timestamp = str(int(time.time()))
    signature = signatures.sign(secret.key, f"m.{timestamp}.".encode() + body)
    head = (
        f"POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
        f"webhook-id: m\r\nwebhook-timestamp: {timestamp}\r\nwebhook-signature: v1,{signature}\r\n\r\n"
    )
    return head.encode() + body


def _taken(head: bytes, body: bytes) -> None:
    assert b" 200 " in head, body
    assert b'"refused":0' in body or body == b"{}", body


def _drive(port: int, requests: Sequence[bytes], connections: int = CONNECTIONS) -> tuple[float, float]:
    return asyncio.run(drive(port, requests, connections=connections, check=_taken))


if __name__ == "__main__":
    main()
