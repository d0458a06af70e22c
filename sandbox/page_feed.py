"""News for the page: what changed, for whom, in order."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

Json = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One change; `audience` None means everybody."""

    number: int
    kind: str
    body: Json
    audience: frozenset[str] | None

    def concerns(self, person: str) -> bool:
        """Whether this person sees it."""
        return self.audience is None or person in self.audience


class Feed:
    """The recent changes, and everybody who listens to them. One event loop only."""

    def __init__(self, *, remembered: int = 2000) -> None:
        self.boot = uuid4().hex[:8]
        self.closing = False
        self._number = 0
        self._recent: deque[Change] = deque(maxlen=remembered)
        self._listeners: set[asyncio.Event] = set()

    @property
    def position(self) -> str:
        """Where the feed stands now, in the form of a Server-Sent Event's id."""
        return f"{self.boot}:{self._number}"

    def tell(self, kind: str, body: Json, audience: frozenset[str] | None = None) -> None:
        """Note a change and wake whoever listens."""
        self._number += 1
        self._recent.append(Change(self._number, kind, body, audience))
        self._wake()

    def close(self) -> None:
        """End every open stream."""
        self.closing = True
        self._wake()

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.set()

    async def stream(self, person: str, since: str) -> AsyncIterator[str]:
        """Server-Sent Events for one person after the position `since`; `reload` if that is not known any more."""
        boot, _, number = since.partition(":")
        seen = int(number) if number.isdecimal() else -1
        if boot != self.boot or not self._remembers(seen):
            yield f"id: {self.position}\nevent: reload\ndata: {{}}\n\n"
            seen = self._number
        listener = asyncio.Event()
        self._listeners.add(listener)
        try:
            yield ": here\n\n"
            while not self.closing:
                for change in [change for change in self._recent if change.number > seen]:
                    seen = change.number
                    if change.concerns(person):
                        yield self._event(change)
                listener.clear()
                if seen == self._number and not self.closing:
                    await listener.wait()
        finally:
            self._listeners.discard(listener)

    def _remembers(self, number: int) -> bool:
        oldest = self._recent[0].number if self._recent else self._number + 1
        return oldest - 1 <= number <= self._number

    def _event(self, change: Change) -> str:
        return f"id: {self.boot}:{change.number}\nevent: {change.kind}\ndata: {json.dumps(change.body)}\n\n"
