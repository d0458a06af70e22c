"""Socket Mode: envelopes down a WebSocket, acknowledgements back up."""

import asyncio
import json
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.app_client import Answer
from sandbox.event_queue import Parcel

Json = dict[str, Any]
_HOST = "applink-local"


class Socket:
    """One open connection of the app."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    async def greet(self, app_id: str, connections: int) -> None:
        """Say hello, as Slack does on every new connection."""
        debug = {"host": _HOST, "build_number": 1, "approximate_connection_time": 18060}
        hello = {"type": "hello", "num_connections": connections, "debug_info": debug}
        await self._socket.send_json(hello | {"connection_info": {"app_id": app_id}})

    async def listen(self) -> None:
        """Take acknowledgements until the app hangs up."""
        while True:
            try:
                message = json.loads(await self._socket.receive_text())
            except WebSocketDisconnect:
                return
            except ValueError:
                continue
            waiting = self._waiting.pop(str(message.get("envelope_id")), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(message)

    async def send(self, kind: str, payload: Json, *, retry: Parcel | None, patience: float) -> Answer:
        """The acknowledgement, its payload as a JSON body; or the trouble: http_timeout, connection_failed."""
        envelope: Json = {
            "envelope_id": str(uuid4()),
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            "payload": payload,
        }
        if kind == "events_api" and retry is not None:
            envelope |= {"retry_attempt": retry.attempt, "retry_reason": retry.reason}
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        try:
            async with asyncio.timeout(patience):
                await self._socket.send_json(envelope)
                return _answer(await waiting)
        except TimeoutError:
            return Answer(trouble="http_timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Answer(trouble="connection_failed")
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def disconnect(self, reason: str) -> None:
        """Ask the app to come back by another connection (refresh_requested, warning), then close this one."""
        await self._socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}})
        if reason != "warning":
            await self._socket.close()


def _answer(acknowledgement: Json) -> Answer:
    payload = acknowledgement.get("payload")
    body = json.dumps(payload).encode() if payload else b""
    return Answer(200, {"content-type": "application/json"}, body)


class Links:
    """The tickets handed out by apps.connections.open, and the connections made with them."""

    def __init__(self) -> None:
        self.sockets: list[Socket] = []
        self._tickets: set[str] = set()

    def issue(self, origin: str) -> str:
        """An address to connect to, once."""
        ticket = str(uuid4())
        self._tickets.add(ticket)
        return f"{origin.replace('http', 'ws', 1)}/link/?ticket={ticket}"

    def redeem(self, ticket: str) -> bool:
        """Whether the ticket is good; it is not a second time."""
        good = ticket in self._tickets
        self._tickets.discard(ticket)
        return good

    def next_socket(self) -> Socket | None:
        """The connections in turn; None if there is none."""
        if not self.sockets:
            return None
        self.sockets.append(self.sockets.pop(0))
        return self.sockets[-1]
