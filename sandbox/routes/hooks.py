"""Response URLs: `/commands/…` after a slash command, `/actions/…` after a press."""

import json
import time
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from sandbox.refusal import Refusal
from sandbox.responses import answer_interaction
from sandbox.routes.web_api import Asked, Reply, cut, note, read_arguments, stormy
from sandbox.slack import Slack

Json = dict[str, Any]
_STORMS = ("rate_limited", "server_error", "malformed", "cut_before", "cut_after")


def router(slack: Slack) -> APIRouter:
    """The response URLs over this state."""
    routes = APIRouter()

    @routes.post("/{kind}/{team}/{key}")
    async def respond(request: Request, kind: str, team: str, key: str) -> Response:
        began = time.monotonic()
        if kind not in {"commands", "actions"}:
            return PlainTextResponse("no_service", 404)
        body = await read_arguments(request)
        fault = slack.faults.strike(_STORMS, "response_url")
        if fault and fault.kind == "cut_before":
            return cut(request)
        reply = stormy(fault) or _answer(slack, team, key, body)
        note(slack, Asked(request, f"response_url ({kind})", body, began), reply)
        if fault and fault.kind == "cut_after":
            return cut(request)
        return PlainTextResponse(reply.body, reply.status, reply.headers)

    return routes


def _answer(slack: Slack, team: str, key: str, body: Json) -> Reply:
    if isinstance(body.get("payload"), str):
        body = json.loads(body["payload"])
    try:
        answer_interaction(slack, slack.passes.use_url(key, team=team, now=slack.now()), body)
    except Refusal as refusal:
        return Reply(json.dumps(refusal.envelope()), 404 if refusal.error.endswith("_url") else 400)
    return Reply("ok")
