"""How the app is told: by signed HTTP, or down an open socket."""

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any

from sandbox import app_client
from sandbox.app_client import Answer
from sandbox.event_queue import Parcel
from sandbox.payloads import as_form, as_payload
from sandbox.slack import Slack
from sandbox.socket_mode import Links

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"


class Delivery:
    """Brings commands, interactions and events to the app."""

    def __init__(self, slack: Slack, bot_url: str) -> None:
        self.slack = slack
        self.bot_url = bot_url
        self.links = Links()

    async def send(self, kind: str, payload: Json, *, title: str, retry: Parcel | None = None) -> Answer:
        """The app's answer within three seconds. `kind` is slash_commands, interactive or events_api."""
        patience = self.slack.rules.ack_seconds
        if self.slack.seed.app.socket_mode:
            return await self._send_down_socket(kind, payload, title, retry, patience)
        body, content_type = encoded(kind, payload)
        headers = {"Content-Type": content_type, "Accept": "*/*", "User-Agent": "Slackbot 1.0 (sandbox)"}
        headers |= signed(self.slack.seed.app.signing_secret, body, at=int(time.time()))
        headers |= retry.headers if retry else {}
        began = time.monotonic()
        answer = await app_client.post(self.bot_url, headers=headers, body=body, patience=patience)
        sent = {"method": "POST", "url": self.bot_url, "headers": headers, "body": body.decode()}
        self._note(answer, began, title=title, **sent)
        return answer

    async def _send_down_socket(
        self, kind: str, payload: Json, title: str, retry: Parcel | None, patience: float
    ) -> Answer:
        began = time.monotonic()
        answer = Answer(trouble="connection_failed")
        socket = self.links.next_socket()
        if socket is not None:
            answer = await socket.send(kind, payload, retry=retry, patience=patience)
        self._note(answer, began, title=title, method="SEND", url="socket", headers={}, body=json.dumps(payload))
        return answer

    def _note(self, answer: Answer, began: float, **sent: Any) -> None:
        exchange = self.slack.traffic.note(
            at=self.slack.now().isoformat(),
            direction="to app",
            status=answer.status,
            answer_headers=answer.headers,
            answer=answer.trouble or answer.body.decode("utf-8", "replace"),
            took=round((time.monotonic() - began) * 1000),
            **sent,
        )
        self.slack.feed.tell("traffic", exchange.as_json())

    async def carry_events(self) -> None:
        """Send what is due, for ever; each on its own, so that a slow answer holds up nothing else."""
        async with asyncio.TaskGroup() as group:
            while True:
                self.slack.events.wake.clear()
                for parcel in self.slack.events.take_due(self.slack.now()):
                    group.create_task(self._carry(parcel))
                try:
                    async with asyncio.timeout(0.1):
                        await self.slack.events.wake.wait()
                except TimeoutError:
                    continue

    async def _carry(self, parcel: Parcel) -> None:
        title = f"event {parcel.envelope['event']['type']}"
        began = self.slack.now()
        answer = await self.send("events_api", parcel.envelope, title=title, retry=parcel)
        if answer.reason and answer.headers.get("x-slack-no-retry") != "1":
            self.slack.events.again(parcel, reason=answer.reason, now=began)


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """The body and its content type, by what is told."""
    if kind == "slash_commands":
        return as_form(payload), FORM
    if kind == "interactive":
        return as_payload(payload), FORM
    return json.dumps(payload).encode(), "application/json"


def signed(secret: str, body: bytes, *, at: int) -> dict[str, str]:
    """Slack's signature headers (version v0) for a body sent at `at`, in seconds of the real clock."""
    digest = hmac.new(secret.encode(), b"v0:%d:%s" % (at, body), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}
