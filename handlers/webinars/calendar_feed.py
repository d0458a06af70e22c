"""Calendars fetch a person's webinars at an address that only that person knows."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from hashlib import sha256

from anyio import fail_after, to_thread
from fastapi import APIRouter, Request, Response

from loyalty.webinars.calendar.feed import Feed, find_feed
from messages.kit.reader import Reader
from messages.webinars.calendar.calendar import calendar_feed
from storage.database import OPERATOR, Database
from storage.errors import DATABASE_UNAVAILABLE, RETRY_AFTER_SECONDS

DATABASE_TIMEOUT_SECONDS = 10.0
"""Seconds after which a database that does not answer is away."""
HEADERS = {
    # Whoever has the address can read it: no cache between, no search engine, no other site may learn of it.
    "cache-control": "private, no-cache",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
}


def router(database: Database, *, clock: Callable[[], dt.datetime]) -> APIRouter:
    """Return the route of the feeds. Their paths are secrets: no log names them."""
    feeds = APIRouter()

    @feeds.api_route("/calendar/{secret}.ics", methods=["GET", "HEAD"], include_in_schema=False)
    async def feed(secret: str, request: Request) -> Response:
        find = partial(database.read, OPERATOR, partial(find_feed, secret=secret, now=clock()))
        try:
            with fail_after(DATABASE_TIMEOUT_SECONDS):
                found = await to_thread.run_sync(find, abandon_on_cancel=True)
        except (*DATABASE_UNAVAILABLE, TimeoutError):
            return Response(status_code=503, headers={**HEADERS, "retry-after": str(RETRY_AFTER_SECONDS)})
        if found is None:
            return Response("There is no calendar here.\n", 404, HEADERS, media_type="text/plain")
        return await to_thread.run_sync(_answer, found, request.headers.get("if-none-match", ""))

    return feeds


def _answer(feed: Feed, known: str) -> Response:
    body = calendar_feed(Reader(feed.language, feed.timezone), feed.entries)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {**HEADERS, "etag": tag, "content-disposition": 'inline; filename="webinars.ics"'}
    if known.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")
