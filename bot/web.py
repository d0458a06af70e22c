"""The doors over HTTP: Slack's requests, and whether the process is well."""

import datetime as dt
from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response

from bot.app import utc_now
from handlers import usage_api
from storage.session import OPERATOR, Database

LONGEST_STAMP = 12
"""Seconds since 1970 have ten digits until the year 2286."""


def create(
    app: App, *, database: Database, clock: Callable[[], dt.datetime] = utc_now, secret_key: str = ""
) -> FastAPI:
    """Return the web application around a Bolt app. `secret_key`: the deployment's own, LAURELS_SECRET_KEY."""
    web = FastAPI(title="Laurels", docs_url=None, redoc_url=None, openapi_url=None)
    web.include_router(usage_api.router(database, clock=clock, secret_key=secret_key))

    @web.post("/slack/events")
    async def slack(request: Request) -> Response:
        body = await request.body()
        if not _readable(request, body):
            return Response('{"error": "invalid request"}', status_code=401, media_type="application/json")
        # Bolt's own adapter would call the app inside the event loop, one request after the other.
        return to_starlette_response(await run_in_threadpool(app.dispatch, to_bolt_request(request, body)))

    @web.get("/health")
    async def health() -> dict[str, str]:
        await run_in_threadpool(database.read, OPERATOR, lambda session: session.connection())
        return {"status": "ok"}

    return web


def _readable(request: Request, body: bytes) -> bool:
    """Return whether the signature can be checked at all: on the rest Bolt raises instead of refusing."""
    signature = request.headers.get("x-slack-signature", "")
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return signature.isascii() and timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= LONGEST_STAMP
