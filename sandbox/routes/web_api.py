"""`/api/<method>`: takes Slack's many kinds of request, answers in Slack's envelope."""

import asyncio
import json
import time
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sandbox.errors import Refusal
from sandbox.faults import Fault
from sandbox.seed import Installation
from sandbox.slack import Slack
from sandbox.socket_mode import Links
from sandbox.webapi import chat, oauth
from sandbox.webapi.call import Call
from sandbox.webapi.methods import METHODS, Method

Json = dict[str, Any]
_POSTS = {"chat.postMessage", "chat.postEphemeral"}
_STORMS = ("rate_limited", "server_error", "malformed", "slow", "cut_before", "cut_after")


@dataclass(frozen=True)
class Reply:
    """What goes back."""

    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def router(slack: Slack, links: Links) -> APIRouter:
    """The Web API over this state; `links` hands out addresses for Socket Mode."""
    routes = APIRouter()

    @routes.api_route("/api/{method}", methods=["GET", "POST"])
    async def web_api(request: Request, method: str) -> Response:
        began = time.monotonic()
        try:
            arguments = await read_arguments(request)
        except Refusal as refusal:
            return JSONResponse(refusal.envelope())
        fault = slack.faults.strike(_STORMS, method)
        if fault and fault.kind == "cut_before":
            return cut(request)
        reply = stormy(fault) or answer(slack, method, request.headers, arguments, links)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        note(slack, Asked(request, method, arguments, began), reply)
        if fault and fault.kind == "cut_after":
            return cut(request)
        return Response(reply.body, reply.status, reply.headers, media_type="application/json; charset=utf-8")

    return routes


async def read_arguments(request: Request) -> Json:
    """The arguments of a call, from the query and from a form, a JSON or an empty body."""
    arguments: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return arguments | _json_object(await request.body())
    if "form" in kind:
        form = await request.form()
        return arguments | {key: value for key, value in form.items() if isinstance(value, str)}
    return arguments


def _json_object(body: bytes) -> Json:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(parsed, dict):
        raise Refusal("json_not_object")
    return parsed


def stormy(fault: Fault | None) -> Reply | None:
    """What a troubled Slack answers instead, without any effect; None where the call goes through."""
    if fault and fault.kind == "rate_limited":
        return _too_many(max(1, round(fault.seconds)))
    if fault and fault.kind == "server_error":
        return Reply('{"ok":false,"error":"internal_error"}', 500)
    if fault and fault.kind == "malformed":
        return Reply("<!DOCTYPE html><title>Server Error</title>")
    return None


def cut(request: Request) -> Response:
    """Nothing: the connection is cut; where the server offers no way to, status 502."""
    abort = request.scope.get("extensions", {}).get("sandbox.abort")
    if abort is not None:
        abort()
    return Response(status_code=502)


def answer(slack: Slack, name: str, headers: Any, arguments: Json, links: Links) -> Reply:
    """Slack's answer to a call, with its effect."""
    try:
        if name == "oauth.v2.access":
            known = arguments | _client(headers)
            return Reply(json.dumps({"ok": True, **oauth.access(slack, known)}))
        token = _token(headers, arguments)
        if name == "apps.connections.open":
            return _open_socket(slack, token, links)
        return _run(slack, name, token, arguments)
    except Refusal as refusal:
        return Reply(json.dumps(refusal.envelope()))


def _token(headers: Any, arguments: Json) -> str:
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    token = bearer if scheme.lower() == "bearer" else str(arguments.pop("token", ""))
    if not token:
        raise Refusal("not_authed")
    return token


def _client(headers: Any) -> Json:
    scheme, _, encoded = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    client_id, _, secret = b64decode(encoded).decode().partition(":")
    return {"client_id": client_id, "client_secret": secret}


def _open_socket(slack: Slack, token: str, links: Links) -> Reply:
    if token != slack.seed.app.app_token:
        raise Refusal("not_allowed_token_type" if token in slack.installations else "invalid_auth")
    if not slack.seed.app.socket_mode:
        raise Refusal("forbidden_team")
    wait = slack.pace.call(slack.seed.app.id, "apps.connections.open", slack.now())
    if wait:
        return _too_many(wait)
    return Reply(json.dumps({"ok": True, "url": links.issue(slack.origin)}))


def _run(slack: Slack, name: str, token: str, arguments: Json) -> Reply:
    method = METHODS.get(name)
    if method is None:
        raise Refusal("unknown_method", req_method=name)
    installation = _installation(slack, token)
    call = Call(slack, installation, arguments)
    call.need(*method.scopes)
    wait = _wait(call, name)
    if wait:
        return _too_many(wait)
    return _done(slack, method, call)


def _installation(slack: Slack, token: str) -> Installation:
    if token == slack.seed.app.app_token:
        raise Refusal("not_allowed_token_type")
    installation = slack.installations.get(token)
    if installation is None:
        known = any(token == each.bot_token for each in slack.seed.installations)
        raise Refusal("account_inactive" if known else "invalid_auth")
    return installation


def _wait(call: Call, name: str) -> int:
    pace, team, now = call.slack.pace, call.installation.team, call.slack.now()
    wait = pace.call(team, name, now)
    if not wait and name in _POSTS:
        # However it is called: by its id, its name, or the person at the other end.
        where = chat.target(call) if name == "chat.postMessage" else call.conversation()
        wait = pace.post(team, where.id, now)
    return wait


def _too_many(seconds: int) -> Reply:
    return Reply('{"ok":false,"error":"ratelimited"}', 429, {"Retry-After": str(seconds)})


def _done(slack: Slack, method: Method, call: Call) -> Reply:
    scopes = {"X-OAuth-Scopes": ",".join(sorted(slack.seed.app.scopes)), "X-Accepted-OAuth-Scopes": ""}
    return Reply(json.dumps({"ok": True, **method.run(call)}), headers=scopes)


@dataclass(frozen=True)
class Asked:
    """A request that came in; `began` is by the monotonic clock."""

    request: Request
    title: str
    arguments: Json
    began: float


def note(slack: Slack, asked: Asked, reply: Reply) -> None:
    """Put the exchange where the page shows it."""
    exchange = slack.traffic.note(
        at=slack.now().isoformat(),
        direction="from app",
        title=asked.title,
        method=asked.request.method,
        url=str(asked.request.url),
        headers=dict(asked.request.headers),
        body=json.dumps(asked.arguments, ensure_ascii=False),
        status=reply.status,
        answer_headers=reply.headers,
        answer=reply.body,
        took=round((time.monotonic() - asked.began) * 1000),
    )
    slack.feed.tell("traffic", exchange.as_json())
