"""Who may come in: this machine's own pages and the app, nobody's foreign page."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.slack import Slack

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Door:
    """Refuses a foreign host name or a foreign page's request, and learns under which address this Slack is reached."""

    def __init__(self, app: ASGIApp, *, slack: Slack, hosts: frozenset[str]) -> None:
        self.app = app
        self.slack = slack
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or answer 403."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if request.url.hostname not in self.hosts or not self._own_page(request):
            await PlainTextResponse("This local Slack talks to its own machine only.", 403)(scope, receive, send)
            return
        self.slack.origin = self.slack.origin or str(request.base_url).rstrip("/")
        await self.app(scope, receive, send)

    def _own_page(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        return origin is None or urlsplit(origin).hostname in self.hosts
