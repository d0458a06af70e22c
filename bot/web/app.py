"""The HTTP routes: Slack's requests, usage, health and metrics."""

import datetime as dt
from collections.abc import Callable

from anyio import fail_after, to_thread
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response

from bot.app import utc_now
from bot.metrics import CONTENT_TYPE, Metrics
from bot.web.concurrency import RequestSlots
from handlers.usage import api
from handlers.webinars import calendar_feed
from storage import errors
from storage.database import OPERATOR, Database

MAX_TIMESTAMP_CHARS = 12
"""Seconds since 1970 have ten digits until the year 2286."""
DATABASE_TIMEOUT_SECONDS = 3.0
"""Seconds after which a database that does not answer is away."""


def create(
    app: App | None,
    *,
    database: Database,
    clock: Callable[[], dt.datetime] = utc_now,
    secret_key: str = "",
    metrics: Metrics | None = None,
) -> FastAPI:
    """Return the web application around a Bolt app; None where Slack's requests come another way.

    `secret_key`: the deployment's own, LAURELS_SECRET_KEY.
    """
    metrics = metrics or Metrics(database)
    web = FastAPI(title="Laurels", docs_url=None, redoc_url=None, openapi_url=None)
    web.include_router(api.router(database, clock=clock, secret_key=secret_key, recorded=metrics.answered))
    web.include_router(calendar_feed.router(database, clock=clock))
    if app is not None:
        _let_slack_in(web, app)

    @web.get("/health")
    async def health() -> Response:
        if await _is_there(database):
            return Response('{"status":"ok"}', media_type="application/json")
        return Response(
            '{"status":"the database is away"}',
            503,
            {"retry-after": str(errors.RETRY_AFTER_SECONDS)},
            media_type="application/json",
        )

    @web.get("/metrics")
    async def figures() -> Response:
        return Response(await run_in_threadpool(metrics.text), media_type=CONTENT_TYPE)

    return web


def _let_slack_in(web: FastAPI, app: App) -> None:
    turns = RequestSlots()

    @web.post("/slack/events")
    async def slack(request: Request) -> Response:
        body = await request.body()
        if not _readable(request, body):
            return Response('{"error": "invalid request"}', status_code=401, media_type="application/json")
        # Bolt's own adapter would call the app inside the event loop, one request after the other.
        return to_starlette_response(await turns.run(app.dispatch, to_bolt_request(request, body)))


async def _is_there(database: Database) -> bool:
    try:
        with fail_after(DATABASE_TIMEOUT_SECONDS):
            await to_thread.run_sync(database.read, OPERATOR, errors.ask, abandon_on_cancel=True)
    except (*errors.DATABASE_UNAVAILABLE, TimeoutError):
        return False
    return True


def _readable(request: Request, body: bytes) -> bool:
    """Return whether the signature can be checked at all: on the rest Bolt raises instead of refusing."""
    signature = request.headers.get("x-slack-signature", "")
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return signature.isascii() and timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= MAX_TIMESTAMP_CHARS
