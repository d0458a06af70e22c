"""What a usage event is, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageEvent:
    """One thing that one person did in the product, whatever door it came through.

    `occurred_at` knows its offset. `source` is CloudEvents' source, else empty: never the door or the file's name,
    so that
    the same event by two doors is one event. Two events are the same one when account, source and id agree, and have
    the
    same body when person, name, instant and properties do.
    """

    account: str
    person: str
    name: str
    occurred_at: datetime
    id: str
    source: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)
