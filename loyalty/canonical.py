"""One way to write a value down, so that the same value has the same digest whatever wrote it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from storage.ledger import micros

_PLAIN = (str, int, bool, type(None))


def value_hash(value: Any) -> bytes:
    """Return the digest of a JSON value, 16 bytes: 1 and 1.0 are the same, 1 and "1" are not."""
    return _hash(_write(value))


def event_key(source: str, event_id: str) -> bytes:
    """Return the idempotency key of a usage event, 16 bytes."""
    return _hash(f"{len(source)}:{source}{event_id}")


def event_body(name: str, person: str, occurred_at: dt.datetime, properties: Mapping[str, Any]) -> bytes:
    """Return the digest of what a usage event says, 16 bytes: name, person, instant and properties, not bytes."""
    said = _write(properties) if properties else "{}"
    return _hash(f"{len(name)}:{name}{len(person)}:{person}{micros(occurred_at)}{said}")


def transfer_key(event: bytes, rule: str) -> bytes:
    """Return the idempotency key of what a rule gave for an event, by the event's key, 16 bytes."""
    return hashlib.blake2b(event + rule.encode(), digest_size=16).digest()


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


_write_plain = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def _write(value: Any) -> str:
    return _write_plain(_whole(value))


def _whole(value: Any) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        return {key: _whole(inner) for key, inner in value.items()}
    return [_whole(inner) for inner in value]
