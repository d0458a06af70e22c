"""The page itself, allowed to load from this machine only and to be framed by this machine's pages only."""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

FOLDER = Path(__file__).parent.parent / "page"
_LOOPBACK = "http://127.0.0.1:* http://localhost:*"
_POLICY = f"default-src 'self'; img-src 'self' data: {_LOOPBACK}; frame-ancestors 'self' {_LOOPBACK}; base-uri 'none'"


class Page(StaticFiles):
    """The files of `sandbox/page`; browsers ask again each time whether they have changed."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER, html=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file and the page's policy."""

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY
                headers["Cache-Control"] = "no-cache"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await super().__call__(scope, receive, send_with_policy)
