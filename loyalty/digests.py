"""One way to write a value down, so that the same value has the same digest whatever wrote it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from storage.ledger import micros

_SCALARS = {str, int, bool}
_FLAT = {str, int, bool, float, type(None)}
_PLAIN = (str, int, bool, type(None))


def value_hash(value: Any) -> bytes:
    """Return the digest of a JSON value, 16 bytes: 1 and 1.0 are the same, 1 and "1" are not."""
    if type(value) in _SCALARS:
        return _scalar_hash(type(value).__name__, value)
    return _hash(_write(value))


@lru_cache(maxsize=4096)
def _scalar_hash(_kind: str, value: Any) -> bytes:
    # The kind is part of what is remembered by: True == 1.
    return _hash(_write(value))


def event_key(source: str, event_id: str) -> bytes:
    """Return the idempotency key of a usage event, 16 bytes."""
    return _hash(f"{len(source)}:{source}{event_id}")


def event_body(name: str, person: str, occurred_at: dt.datetime, properties: Mapping[str, Any]) -> bytes:
    """Return the digest of what a usage event says, 16 bytes: name, person, instant and properties, not bytes."""
    return _hash(f"{len(name)}:{name}{len(person)}:{person}{micros(occurred_at)}{_said(properties)}")


def _said(properties: Mapping[str, Any]) -> str:
    """Return properties in a canonical form: by name; flat ones, which most are, by a short way of their own."""
    parts = []
    for name in sorted(properties):
        value = properties[name]
        kind = type(value)
        if kind is float and value.is_integer():
            value = int(value)
        elif kind not in _FLAT:
            return _write(properties)
        parts.append(f"{name!r}={value!r}")
    return ",".join(parts)


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
