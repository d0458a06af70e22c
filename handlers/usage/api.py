"""Usage by HTTP: signed, one event or many, each answered in its place.

What was answered "recorded" is on disk. Nothing counts twice, so a sender that got no answer, or a 503, sends the same
again. Each account's events are one transaction.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from anyio import fail_after
from fastapi import APIRouter, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from starlette.requests import ClientDisconnect

from handlers.usage import openapi as document
from handlers.usage.batch import SignedBody, Signing, TooManyError
from handlers.usage.intake import REFUSALS, Intake
from handlers.usage.schemas import Problem, UsageResponse
from handlers.usage.signatures import SignatureError
from storage.database import Database
from storage.errors import DATABASE_UNAVAILABLE, RETRY_AFTER_SECONDS

MAX_BODY_BYTES = 1_000_000
"""Bytes of one request's body."""
DATABASE_TIMEOUT_SECONDS = 20.0
"""Seconds after which a database that does not answer is away. What it still records then is a replay next time."""


class TooLargeError(Exception):
    """The body has more bytes than a request may have."""


def router(
    database: Database,
    *,
    clock: Callable[[], dt.datetime],
    secret_key: str,
    recorded: Callable[[UsageResponse], None] = lambda _: None,
) -> APIRouter:
    """Return the usage API's routes. `secret_key` is the deployment's own, or empty; `recorded` takes each answer."""
    api = APIRouter(prefix="/v1", tags=["usage"])
    intake = Intake(database, clock=clock, secret_key=secret_key, recorded=recorded)

    @api.post("/usage", **document.USAGE)
    async def usage(request: Request, explain: bool = False) -> Response:  # noqa: FBT001, FBT002 - read from the query
        """Record one usage event, or a list of at most 1,000; with `explain=true` only say what each would earn."""
        return await _answer(intake, request, "standard", explain=explain)

    @api.post("/usage/segment", **document.SEGMENT)
    async def segment(request: Request, explain: bool = False) -> Response:  # noqa: FBT001, FBT002 - read from the query
        """The same for Segment's webhook, signed as Segment signs: the secret is its shared secret."""
        return await _answer(intake, request, "segment", explain=explain)

    @api.get("/openapi.json", include_in_schema=False)
    def openapi() -> dict[str, Any]:
        return get_openapi(routes=api.routes, **document.ABOUT)

    return api


async def _answer(intake: Intake, request: Request, signing: Signing, *, explain: bool) -> Response:
    try:
        signed = SignedBody(signing, request.headers, await _body(request))
        with fail_after(DATABASE_TIMEOUT_SECONDS):
            return _json_response(200, await (intake.explain(signed) if explain else intake.record(signed)))
    except (TooLargeError, TooManyError) as error:
        return _problem_response(413, error)
    except SignatureError as error:
        return _problem_response(401, error)
    except (*REFUSALS, ClientDisconnect) as error:
        return _problem_response(400, error)
    except (*DATABASE_UNAVAILABLE, TimeoutError):
        return _json_response(
            503, Problem(error=_DATABASE_UNAVAILABLE_MESSAGE), {"retry-after": str(RETRY_AFTER_SECONDS)}
        )


async def _body(request: Request) -> bytes:
    """Return the body, read no further than its limit. Errors: `TooLargeError`."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise TooLargeError(f"has more than {MAX_BODY_BYTES:,} bytes: send the events in smaller batches")
    return bytes(body)


def _problem_response(status: int, error: Exception) -> Response:
    message = str(error) if status == 401 else f"the body {error}"
    return _json_response(status, Problem(error=message))


def _json_response(status: int, content: BaseModel, headers: dict[str, str] | None = None) -> Response:
    return Response(content.model_dump_json(), status, headers, media_type="application/json")


_DATABASE_UNAVAILABLE_MESSAGE = (
    "the database is away just now: send the same again after Retry-After seconds; nothing counts twice"
)
