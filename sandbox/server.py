"""The composition root: one ASGI application that is a Slack."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse

from sandbox.delivery import Delivery
from sandbox.errors import Refusal
from sandbox.limit_values import Rules
from sandbox.routes import assets, client, controls, hooks, oauth, page, sockets, web_api
from sandbox.routes.origin_guard import LOOPBACK, Door
from sandbox.seed import Seed
from sandbox.slack import Clock, Slack


@dataclass(frozen=True)
class Address:
    """The host names under which it may be reached; `origin` as the bot sees it, empty: that of the first request."""

    hosts: frozenset[str] = LOOPBACK
    origin: str = ""


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def create(
    seed: Seed,
    *,
    bot_url: str,
    clock: Clock = utc_now,
    rules: Rules | None = None,
    address: Address = Address(),
) -> FastAPI:
    """A local Slack for the bot at `bot_url`; the bot's base URL is `<its address>/api/`.

    Its state is `app.state.slack`. `clock` is Slack's own time. Call `app.state.slack.feed.close` before stopping it,
    so that open streams end.
    """
    slack = Slack(seed, clock=clock, rules=rules or Rules())
    slack.origin = address.origin
    delivery = Delivery(slack, bot_url)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        carrier = asyncio.create_task(delivery.carry_events())
        yield
        slack.feed.close()
        carrier.cancel()
        with suppress(asyncio.CancelledError):
            await carrier

    app = FastAPI(title="A local Slack", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.slack = slack
    app.state.delivery = delivery
    app.include_router(web_api.router(slack, delivery.links))
    app.include_router(assets.router(slack))
    app.include_router(client.router(delivery))
    app.include_router(controls.router(delivery))
    app.include_router(hooks.router(slack))
    app.include_router(oauth.router(slack))
    app.include_router(sockets.router(delivery))
    app.mount("/", page.Page())
    app.add_middleware(Door, slack=slack, hosts=address.hosts)
    app.add_exception_handler(Refusal, _refused)
    return app


async def _refused(_request: Request, refusal: Exception) -> JSONResponse:
    envelope = refusal.envelope() if isinstance(refusal, Refusal) else {"ok": False, "error": "internal_error"}
    return JSONResponse(envelope, 400)
