"""Usage sent to a running bot: signed, in batches, again where it was away. Nothing counts twice there."""

import datetime as dt
import json
import urllib.request
from base64 import b64decode
from binascii import Error as NoBase64Error
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from handlers.usage.signatures import sign
from loyalty.usage.record import UsageEvent

MAX_BATCH_EVENTS = 1_000
MAX_BATCH_BYTES = 900_000
ATTEMPTS = 10
FIRST_PAUSE_SECONDS = 5.0
MAX_PAUSE_SECONDS = 60.0
TIMEOUT_SECONDS = 60.0

Post = Callable[[bytes, dict[str, str]], tuple[int, dict[str, str], bytes]]
"""Sends a body with headers, and returns the status, the headers in lower case, the body. Errors: OSError."""


class SendingError(Exception):
    """The bot refused a batch as a whole, or did not answer for too long; batches before it are done."""


@dataclass(slots=True)
class SendTotals:
    """What became of what was sent; `refusals` are ids and reasons."""

    sent: int = 0
    recorded: int = 0
    replayed: int = 0
    refused: int = 0
    points: int = 0
    pool: int = 0
    refusals: list[tuple[str, str]] = field(default_factory=list)

    def add(self, answer: dict[str, Any]) -> None:
        """Count one batch's answer in."""
        self.sent += len(answer["results"])
        self.recorded += answer["recorded"]
        self.replayed += answer["replayed"]
        self.refused += answer["refused"]
        self.points += sum(one["points"] for one in answer["results"])
        self.pool += sum(one["pool"] for one in answer["results"])
        self.refusals += [(one["id"], one["reason"]) for one in answer["results"] if one["outcome"] == "refused"]


def key_of(secret: str) -> bytes:
    """Return what is signed with, from a secret's text. Raises ValueError where it is none."""
    try:
        key = b64decode(secret.removeprefix("whsec_"), validate=True)
    except (NoBase64Error, ValueError):
        key = b""
    if not secret.startswith("whsec_") or not key:
        raise ValueError("the secret is none: right is whsec_… as `laurels usage secret create` showed it")
    return key


def batches(events: Iterable[UsageEvent]) -> Iterator[list[bytes]]:
    """Return the events as JSON, as many together as a request may have."""
    batch: list[bytes] = []
    size = 0
    for event in events:
        written = _written(event)
        if batch and (len(batch) == MAX_BATCH_EVENTS or size + len(written) > MAX_BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(written)
        size += len(written) + 1
    if batch:
        yield batch


def _written(event: UsageEvent) -> bytes:
    own: dict[str, Any] = {
        "account": event.account,
        "person": event.person,
        "event": event.name,
        "at": event.occurred_at.isoformat(),
        "id": event.id,
    }
    if event.source:
        own["source"] = event.source
    if event.properties:
        own["properties"] = dict(event.properties)
    return json.dumps(own, ensure_ascii=False, separators=(",", ":")).encode()


def send(
    batch: list[bytes], *, key: bytes, post: Post, clock: Callable[[], dt.datetime], sleep: Callable[[float], None]
) -> dict[str, Any]:
    """Return the answer to one batch; where the bot is away, wait as it asks, send again. Errors: `SendingError`."""
    body = b"[" + b",".join(batch) + b"]"
    for attempt in range(1, ATTEMPTS + 1):
        status, headers, answer = _tried(body, key, post, clock())
        if status == 200:
            found: dict[str, Any] = json.loads(answer)
            return found
        if status not in {0, 503}:
            raise SendingError(f"the bot answered {status}: {_words(answer)}")
        if attempt < ATTEMPTS:
            sleep(_pause(headers))
    raise SendingError(f"the bot is away: {_words(answer)}")


def _tried(body: bytes, key: bytes, post: Post, now: dt.datetime) -> tuple[int, dict[str, str], bytes]:
    """Sign and send; status 0 where there was no answer. Each attempt is signed anew: signatures age."""
    timestamp = str(int(now.timestamp()))
    message_id = f"send-{timestamp}"
    signature = sign(key, f"{message_id}.{timestamp}.".encode() + body)
    headers = {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{signature}",
    }
    try:
        return post(body, headers)
    except (OSError, HTTPException) as error:
        return 0, {}, str(error).encode()


def _pause(headers: dict[str, str]) -> float:
    asked = headers.get("retry-after", "")
    return min(float(asked), MAX_PAUSE_SECONDS) if asked.isascii() and asked.isdigit() else FIRST_PAUSE_SECONDS


def _words(answer: bytes) -> str:
    try:
        return str(json.loads(answer)["error"])
    except (ValueError, KeyError, TypeError):
        return answer[:200].decode(errors="replace") or "nothing"


def poster(url: str) -> Post:
    """Return what posts to an address."""

    def post(body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        request = urllib.request.Request(url, body, headers)  # noqa: S310 - http or https, the command has looked
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - the same
                return answer.status, _lower(answer.headers.items()), answer.read()
        except HTTPError as error:
            with error:
                return error.code, _lower(error.headers.items()), error.read()

    return post


def _lower(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}
