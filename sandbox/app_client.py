"""One HTTP request to the app, with Slack's patience and Slack's words for what goes wrong."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import h11


@dataclass(frozen=True)
class Answer:
    """What came back. `trouble` is empty, or Slack's reason why nothing did: http_timeout, connection_failed."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    trouble: str = ""

    @property
    def reason(self) -> str:
        """Why this is no acknowledgement: the trouble, http_error for a status but 2xx, empty if it is one."""
        if self.trouble:
            return self.trouble
        return "" if 200 <= self.status < 300 else "http_error"


async def post(url: str, *, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
    """The answer to a POST; never raises for what the other side does. `patience` is in seconds."""
    try:
        async with asyncio.timeout(patience):
            return await _exchange(url, headers, body)
    except TimeoutError:
        return Answer(trouble="http_timeout")
    except (OSError, h11.RemoteProtocolError):
        return Answer(trouble="connection_failed")


async def _exchange(url: str, headers: Mapping[str, str], body: bytes) -> Answer:
    parts = urlsplit(url)
    secure = ssl.create_default_context() if parts.scheme == "https" else None
    port = parts.port or (443 if secure else 80)
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=secure)
    connection = h11.Connection(h11.CLIENT)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = {"Host": parts.netloc, "Connection": "close", "Content-Length": str(len(body)), **headers}
    try:
        for event in (h11.Request(method="POST", target=target, headers=list(head.items())), h11.Data(body)):
            writer.write(connection.send(event) or b"")
        writer.write(connection.send(h11.EndOfMessage()) or b"")
        await writer.drain()
        return await _read(connection, reader)
    finally:
        writer.close()


async def _read(connection: h11.Connection, reader: asyncio.StreamReader) -> Answer:
    status, headers, body = 0, {}, bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Response):
            status = event.status_code
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers}
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage):
            return Answer(status, headers, bytes(body))
        elif isinstance(event, h11.ConnectionClosed):
            return Answer(trouble="connection_failed")
