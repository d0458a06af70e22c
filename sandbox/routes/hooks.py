"""Response URLs: `/commands/…` after a slash command, `/actions/…` after a press."""

import asyncio
import json
import time
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from sandbox.errors import Refusal
from sandbox.responses import answer_interaction
from sandbox.routes.web_api import Asked, Reply, cut, note, read_arguments, stormy
from sandbox.slack import Slack

Json = dict[str, Any]
_STORMS = ("rate_limited", "server_error", "malformed", "slow", "cut_before", "cut_after")


def router(slack: Slack) -> APIRouter:
    """The response URLs over this state."""
    routes = APIRouter()

    @routes.post("/{kind}/{team}/{key}")
    async def respond(request: Request, kind: str, team: str, key: str) -> Response:
        began = time.monotonic()
        if kind not in {"commands", "actions"}:
            return PlainTextResponse("no_service", 404)
        try:
            body = _said(await read_arguments(request))
        except Refusal as refusal:
            return PlainTextResponse(refusal.error, 400)
        fault = slack.faults.strike(_STORMS, "response_url")
        if fault and fault.kind == "cut_before":
            return cut(request)
        reply = stormy(fault) or _answer(slack, team, key, body)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        note(slack, Asked(request, f"response_url ({kind})", body, began), reply)
        if fault and fault.kind == "cut_after":
            return cut(request)
        return PlainTextResponse(reply.body, reply.status, reply.headers)

    return routes


def _said(arguments: Json) -> Json:
    """What the app says, sent as JSON or, as of old, in a form's field `payload`; refuses with invalid_payload."""
    if not isinstance(arguments.get("payload"), str):
        return arguments
    try:
        said = json.loads(arguments["payload"])
    except ValueError:
        raise Refusal("invalid_payload") from None
    if not isinstance(said, dict):
        raise Refusal("invalid_payload")
    return said


def _answer(slack: Slack, team: str, key: str, body: Json) -> Reply:
    try:
        answer_interaction(slack, slack.passes.use_url(key, team=team, now=slack.now()), body)
    except Refusal as refusal:
        return Reply(json.dumps(refusal.envelope()), 404 if refusal.error.endswith("_url") else 400)
    return Reply("ok")
