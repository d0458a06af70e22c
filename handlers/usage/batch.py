"""One request of the usage API: who signed it, and its events account by account."""

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


class SignedBody(NamedTuple):
    """A request as it came: how it should be signed, its headers and its bytes."""

    signing: Signing
    headers: Mapping[str, str]
    body: bytes


class PlacedEvent(NamedTuple):
    """An event, and its place in the request."""

    place: int
    event: UsageEvent


class UnreadItem(NamedTuple):
    """What could not be taken as an event of the sender's, and why; its id where it has one."""

    place: int
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A request's events by account key, and those that could not be read or are not the sender's to send."""

    size: int
    unread: list[UnreadItem] = field(default_factory=list)
    accounts: dict[str, list[PlacedEvent]] = field(default_factory=dict)


def admit(signed: SignedBody, secrets: Iterable[Secret], now: dt.datetime) -> Batch:
    """Return a request's events, by account.

    Errors: `SignatureError`; `FormatError` and `BatchError` where it is no JSON or no event; `TooManyError`.
    """
    secret = _secret_of_signer(signed, secrets, now)
    values = _as_list(decode(signed.body))
    batch = Batch(len(values))
    for place, value in enumerate(values):
        try:
            event = _read_event(value, secret)
        except FormatError as error:
            batch.unread.append(UnreadItem(place, _readable_id(value), str(error)))
        else:
            batch.accounts.setdefault(event.account, []).append(PlacedEvent(place, event))
    return batch


def _secret_of_signer(signed: SignedBody, secrets: Iterable[Secret], now: dt.datetime) -> Secret:
    if signed.signing == "segment":
        return signatures.segment(signed.headers, signed.body, secrets)
    return signatures.standard(signed.headers, signed.body, secrets, now)


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise BatchError("is no event: right is a JSON object, or a list of them")
    if len(value) > MAX_BATCH_EVENTS:
        raise TooManyError(f"has {len(value):,} events: right is {MAX_BATCH_EVENTS:,} at most")
    return value


def _read_event(value: Any, secret: Secret) -> UsageEvent:
    event = read_item(value)
    if not secret.speaks_for(event.account):
        # The same sentence whether there is such an account or not: that is nobody else's business.
        raise FormatError(f"this secret does not speak for the account {event.account!r}")
    return event


def _readable_id(value: Any) -> str:
    """Return the id of what could not be read, where it has one that could be kept."""
    return id_or_none(value.get("id") or value.get("messageId")) if isinstance(value, dict) else ""
