"""Usage by HTTP: one signed event a request, and batches of 1,000, against the same server with an empty answer.

The server is a process of its own; the requests are made ready before the clock starts. The floor of the batches is
the database's: `python -m tests.bench ingest`.
"""

import asyncio
import datetime as dt
import json
import multiprocessing
import socket
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from fastapi import FastAPI, Request

from handlers import signatures, usage_api
from loyalty import usage_secrets
from loyalty.applying import apply
from loyalty.usage_secrets import Secret
from storage.migrate import upgrade
from storage.session import OPERATOR, Database
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
    port = _free_port()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(url, port), daemon=True)
    server.start()
    _await(port)
    for round_number in range(2):  # the first opens the people and warms the caches
        singles = [_request("/v1/usage", _event(f"{round_number}-{n}", n), secret) for n in range(REQUESTS)]
        floor, _ = asyncio.run(_drive(port, [_request("/floor", _event("f", n), secret) for n in range(REQUESTS)]))
        ours, p99 = asyncio.run(_drive(port, singles))
    print(
        f"api, {name}, one event a request, {CONNECTIONS} connections: {ours:.0f} requests/s, p99 {p99:.0f} ms"
        f" (to reach: 500, 100 ms); empty answer {floor:.0f}/s"
    )
    batches = [_request("/v1/usage", _batch(number), secret) for number in range(BATCHES)]
    times = [asyncio.run(_timed(port, batch)) for batch in batches]
    print(f"api, {name}, batches of 1,000: {statistics.median(times[3:]) * 1e3:.0f} ms a request")
    server.terminate()
    server.join()


def serve(url: str, port: int) -> None:
    """Run the usage API, and an empty answer beside it."""
    app = FastAPI()
    database = Database(url)
    app.include_router(usage_api.router(database, clock=lambda: dt.datetime.now(dt.UTC), secret_key=""))

    @app.post("/floor")
    async def floor(request: Request) -> dict[str, str]:
        await request.body()
        return {}

    uvicorn.run(app, port=port, log_level="warning", access_log=False)


def _prepare(database: Database) -> Secret:
    upgrade(database)
    now = dt.datetime.now(dt.UTC)

    def work(session: Any) -> Secret:
        apply(session, PROGRAMME, author="operator", now=now)
        return usage_secrets.create(session, bytes(32), key="", accounts=None, author="operator", now=now)

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


async def _drive(port: int, requests: Sequence[bytes]) -> tuple[float, float]:
    """Return requests a second and the 99th percentile in milliseconds."""
    left = iter(requests)
    times: list[float] = []
    start = time.perf_counter()
    await asyncio.gather(*(_connection(port, left, times) for _ in range(CONNECTIONS)))
    elapsed = time.perf_counter() - start
    return len(requests) / elapsed, 1e3 * statistics.quantiles(times, n=100)[98]


async def _connection(port: int, left: Iterator[bytes], times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in left:
        start = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        times.append(time.perf_counter() - start)
        assert b" 200 " in head, body
        assert b'"refused":0' in body or body == b"{}", body
    writer.close()


async def _timed(port: int, request: bytes) -> float:
    times: list[float] = []
    await _connection(port, iter([request]), times)
    return times[0]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _await(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not come up")


if __name__ == "__main__":
    main()
