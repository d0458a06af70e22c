"""Usage by HTTP: signed, one event or many, each answered in its place.

What was answered "recorded" is on disk. Nothing counts twice, so a sender that got no answer, or a 503, sends the same
again. Each account's events are one transaction.
"""

import datetime as dt
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from starlette.requests import ClientDisconnect

from handlers import signatures, usage_batch
from handlers.formats import FormatError, decode
from handlers.signatures import SignatureError
from handlers.usage_answers import Answer, Problem
from handlers.usage_batch import BatchError, TooManyError
from loyalty import usage_secrets
from loyalty.usage_secrets import Secret
from storage.session import OPERATOR, Database

LARGEST = 1_000_000
"""Bytes of one request."""
THREADS = 8
"""Requests worked on at a time: people in Slack find threads and connections free beside them."""

Signed = Callable[[Request, bytes, list[Secret], dt.datetime], Secret]


class TooLargeError(Exception):
    """The body has more bytes than a request may have."""


def router(database: Database, *, clock: Callable[[], dt.datetime], secret_key: str) -> APIRouter:
    """Return the usage API's routes. `secret_key` is the deployment's own, or empty."""
    api = APIRouter(prefix="/v1")
    limiter = CapacityLimiter(THREADS)

    @api.post("/usage", response_model=Answer)
    async def usage(request: Request) -> Response:
        """Record one usage event, or a list of at most 1,000."""
        return await _answered(request, _standard)

    async def _answered(request: Request, signed: Signed) -> Response:
        try:
            body = await _body(request)
        except TooLargeError as error:
            return _problem(413, str(error))
        except ClientDisconnect:
            return _problem(400, "the body ended early")
        return await to_thread.run_sync(_work, request, body, signed, limiter=limiter)

    def _work(request: Request, body: bytes, signed: Signed) -> Response:
        now = clock()
        secrets = database.read(OPERATOR, lambda session: usage_secrets.live(session, key=secret_key))
        try:
            secret = signed(request, body, secrets, now)
            given = usage_batch.items(decode(body))
        except SignatureError as error:
            return _problem(401, str(error))
        except TooManyError as error:
            return _problem(413, f"the body {error}")
        except (FormatError, BatchError) as error:
            return _problem(400, f"the body {error}")
        return _said(200, usage_batch.record(database, secret, given, now))

    return api


def _standard(request: Request, body: bytes, secrets: list[Secret], now: dt.datetime) -> Secret:
    return signatures.standard(request.headers, body, secrets, now)


async def _body(request: Request) -> bytes:
    """Return the body, read no further than its limit. Errors: `TooLargeError`."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise TooLargeError(f"the body has more than {LARGEST:,} bytes: send the events in smaller batches")
    return bytes(body)


def _problem(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    return _said(status, Problem(error=words), headers)


def _said(status: int, what: BaseModel, headers: dict[str, str] | None = None) -> Response:
    return Response(what.model_dump_json(), status, headers, media_type="application/json")
