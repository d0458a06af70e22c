"""What went over the wire between Slack and the app, for whoever wants to look."""

from collections import deque
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

Json = dict[str, Any]
_SECRET = ("authorization",)


@dataclass(frozen=True)
class Exchange:
    """One request and its answer; `direction` is "to app" or "from app", `took` is in milliseconds."""

    number: int
    at: str
    direction: str
    title: str
    method: str
    url: str
    headers: dict[str, str]
    body: str
    status: int
    answer_headers: dict[str, str]
    answer: str
    took: int

    def as_json(self) -> Json:
        """Plain data for the page."""
        return asdict(self)


class Traffic:
    """The last exchanges, oldest first."""

    def __init__(self, *, remembered: int = 300) -> None:
        self._numbers = count(1)
        self._recent: deque[Exchange] = deque(maxlen=remembered)

    def note(self, **fields: Any) -> Exchange:
        """The exchange, remembered; tokens are shortened."""
        fields["headers"] = {name: _veiled(name, value) for name, value in fields["headers"].items()}
        exchange = Exchange(number=next(self._numbers), **fields)
        self._recent.append(exchange)
        return exchange

    def recent(self) -> list[Exchange]:
        """What is remembered, oldest first."""
        return list(self._recent)


def _veiled(name: str, value: str) -> str:
    return value[:12] + "…" if name.lower() in _SECRET else value
