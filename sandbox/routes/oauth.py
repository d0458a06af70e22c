"""`/oauth/v2/authorize`: where a workspace's admin lets the app in."""

from html import escape
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox.errors import Refusal
from sandbox.interaction_tokens import Consent
from sandbox.slack import Slack

Json = dict[str, Any]
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Allow {app}?</title>
<link rel="stylesheet" href="/style.css"><link rel="stylesheet" href="/blocks.css">
<main class="consent"><h1>Allow {app} into a workspace?</h1><p>It asks for: {scopes}.</p>{choices}</main></html>"""


def router(slack: Slack) -> APIRouter:
    """The page that asks, and the way back to the app. With `team` in the query nobody is asked."""
    routes = APIRouter()

    @routes.get("/oauth/v2/authorize")
    async def authorize(request: Request) -> Response:
        asked = dict(request.query_params)
        _check(slack, asked)
        team = asked.get("team")
        if not team:
            return HTMLResponse(_question(slack, asked))
        back = {"code": _code(slack, team, asked.get("redirect_uri", "")), "state": asked.get("state", "")}
        target = asked.get("redirect_uri") or slack.seed.app.redirect_urls[0]
        return RedirectResponse(f"{target}{'&' if '?' in target else '?'}{urlencode(back)}", 302)

    return routes


def _check(slack: Slack, asked: Json) -> None:
    app = slack.seed.app
    if not app.client_id or asked.get("client_id") != app.client_id:
        raise Refusal("invalid_client_id")
    wanted = asked.get("redirect_uri", "")
    if not any(wanted.startswith(url) for url in app.redirect_urls) and (wanted or not app.redirect_urls):
        raise Refusal("bad_redirect_uri")
    unknown = {scope for scope in asked.get("scope", "").split(",") if scope} - app.scopes
    if unknown:
        raise Refusal("invalid_scope", invalid_scopes=sorted(unknown))


def _code(slack: Slack, team: str, redirect_uri: str) -> str:
    admins = [person for person in slack.seed.people if person.team == team and person.is_admin]
    if not admins:
        raise Refusal("access_denied")
    consent = Consent(team, admins[0].id, redirect_uri, slack.now())
    return slack.passes.issue_code(slack.new_id("code."), consent)


def _question(slack: Slack, asked: Json) -> str:
    choices = "".join(
        f'<p><a class="button primary" href="?{escape(urlencode(asked | {"team": workspace.id}))}">'
        f"Allow in {escape(workspace.name)}</a></p>"
        for workspace in slack.seed.workspaces
    )
    return _PAGE.format(app=escape(slack.seed.app.name), scopes=escape(asked.get("scope", "")), choices=choices)
