"""Events waiting to be told to the app: at once, and again at once, after one minute and after five."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sandbox.limit_values import Rules

Json = dict[str, Any]


@dataclass(frozen=True)
class Parcel:
    """One event on its way: the envelope, when it is next due, how often and why it came back."""

    envelope: Json
    due: datetime
    attempt: int = 0
    reason: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What Slack adds from the second attempt on."""
        if not self.attempt:
            return {}
        return {"X-Slack-Retry-Num": str(self.attempt), "X-Slack-Retry-Reason": self.reason}


class EventQueue:
    """All events not yet acknowledged nor given up."""

    def __init__(self, rules: Rules) -> None:
        self._delays = rules.event_retries_seconds
        self._waiting: list[Parcel] = []
        self.wake = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, envelope: Json, *, now: datetime) -> None:
        """Let it be sent at once."""
        self._waiting.append(Parcel(envelope, now))
        self.wake.set()

    def take_due(self, now: datetime) -> list[Parcel]:
        """Those due by now, in order; they are no longer waiting."""
        due = [parcel for parcel in self._waiting if parcel.due <= now]
        self._waiting = [parcel for parcel in self._waiting if parcel.due > now]
        return due

    def again(self, parcel: Parcel, *, reason: str, now: datetime) -> bool:
        """Whether it will be tried once more; False when it has been tried often enough."""
        if parcel.attempt >= len(self._delays):
            return False
        due = now + timedelta(seconds=self._delays[parcel.attempt])
        self._waiting.append(replace(parcel, due=due, attempt=parcel.attempt + 1, reason=reason))
        self.wake.set()
        return True
