"""Slack's requests down a WebSocket, which the bot opens: no address of its own is wanted."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.websocket_client import SocketModeClient

from bot.workspace import REFUSALS, TokenRefusedError
from handlers.slack.identity import UNREACHED

RESTOP_SECONDS = 5.0
STOP_SECONDS = 5.0
CLOSE_SECONDS = 2.0
"""Seconds: between two tries to reach Slack; for what is under way when the bot stops; for the connection's end."""
log = structlog.get_logger()


class SocketMode:
    """The way in by Socket Mode: opened once, kept open, closed when nothing is under way."""

    def __init__(
        self, app: App, app_token: str, *, workers: int, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._handler = _Counting(app, app_token, concurrency=workers)
        self._sleep = sleep
        self._closing = threading.Event()
        self._opening: threading.Thread | None = None

    def open(self) -> None:
        """Connect; where Slack cannot be reached, go on trying in the background. Errors: `TokenRefusedError`."""
        if not self._connected():
            self._opening = threading.Thread(target=self._go_on_trying, name="socket-mode", daemon=True)
            self._opening.start()

    def close(self) -> None:
        """Return once what is under way was answered, at most 5 seconds, and the connection is closed."""
        self._closing.set()
        if self._opening is not None:
            self._opening.join()
        end = time.monotonic() + STOP_SECONDS
        while self._handler.under_way and time.monotonic() < end:
            self._sleep(0.02)
        # The library joins the thread that reads, which may wait for a farewell that does not come: nothing is in hand
        # by now, so it is not waited for long.
        farewell = threading.Thread(target=self._handler.close, name="socket-mode-close", daemon=True)
        farewell.start()
        farewell.join(CLOSE_SECONDS)

    def _connected(self) -> bool:
        try:
            self._handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt leaves it bare
        except SlackApiError as error:
            said = str(error.response.get("error"))
            if said in REFUSALS:
                raise TokenRefusedError(said) from None
            log.warning("Slack opens no socket", error=said)
        except UNREACHED as error:
            log.warning("Slack cannot be reached", error=str(error))
        else:
            return True
        return False

    def _go_on_trying(self) -> None:
        while not self._closing.wait(RESTOP_SECONDS):
            with suppress(TokenRefusedError):
                if self._connected():
                    return


class _Counting(SocketModeHandler):
    """Bolt's own, which knows how many requests it has in hand."""

    def __init__(self, app: App, app_token: str, *, concurrency: int) -> None:
        super().__init__(app, app_token, web_client=app.client, concurrency=concurrency)
        self._lock = threading.Lock()
        self.under_way = 0

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one request."""
        self._count(1)
        try:
            super().handle(client, req)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._lock:
            self.under_way += more
