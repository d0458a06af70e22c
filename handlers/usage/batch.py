"""What one request brings: who signed it, its events account by account, and the answer as it fills up."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from handlers.usage import signatures
from handlers.usage.formats import FormatError, decode, read_item
from handlers.usage.formats.validation import id_or_none
from loyalty.usage.record import UsageEvent
from loyalty.usage.secrets import Secret

MAX_BATCH_EVENTS = 1_000
"""Events of one request."""

Signing = Literal["standard", "segment"]


class BatchError(Exception):
    """What was sent is no event and no list of them."""


class TooManyError(Exception):
    """More events than a request may have."""


class Sent(NamedTuple):
    """A request as it came: how it should be signed, its headers and its bytes."""

    signing: Signing
    headers: Mapping[str, str]
    body: bytes


class Placed(NamedTuple):
    """An event, and where it stands in the request."""

    place: int
    event: UsageEvent


class Unread(NamedTuple):
    """What is no event of an account that the secret speaks for, and why; its id where it has one."""

    place: int
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A request's events by account key, and those that could not be read or are not the sender's to send."""

    size: int
    unread: list[Unread] = field(default_factory=list)
    accounts: dict[str, list[Placed]] = field(default_factory=dict)


def admit(sent: Sent, secrets: Iterable[Secret], now: dt.datetime) -> Batch:
    """Return what a request brings.

    Errors: `SignatureError`; `FormatError` and `BatchError` where it is no JSON or no event; `TooManyError`.
    """
    secret = _who_signed(sent, secrets, now)
    given = _items(decode(sent.body))
    batch = Batch(len(given))
    for place, value in enumerate(given):
        try:
            event = _read(value, secret)
        except FormatError as error:
            batch.unread.append(Unread(place, _id(value), str(error)))
        else:
            batch.accounts.setdefault(event.account, []).append(Placed(place, event))
    return batch


def _who_signed(sent: Sent, secrets: Iterable[Secret], now: dt.datetime) -> Secret:
    if sent.signing == "segment":
        return signatures.segment(sent.headers, sent.body, secrets)
    return signatures.standard(sent.headers, sent.body, secrets, now)


def _items(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise BatchError("is no event: right is a JSON object, or a list of them")
    if len(value) > MAX_BATCH_EVENTS:
        raise TooManyError(f"has {len(value):,} events: right is {MAX_BATCH_EVENTS:,} at most")
    return value


def _read(value: Any, secret: Secret) -> UsageEvent:
    event = read_item(value)
    if not secret.speaks_for(event.account):
        # The same words whether there is such an account or not: that is nobody else's business.
        raise FormatError(f"this secret does not speak for the account {event.account!r}")
    return event


def _id(value: Any) -> str:
    """Return the id of what could not be read, where it has one that could be kept."""
    return id_or_none(value.get("id") or value.get("messageId")) if isinstance(value, dict) else ""
