"""Laurels' own JSON: the usage event as it is, for who sends it from code of their own."""

from typing import Any

from handlers.usage.formats.validation import FormatError, excerpt, instant, properties, text
from loyalty.usage.record import UsageEvent

NAME = "Laurels' own JSON"
ID = "id"
REQUIRED = ("account", "person", "event", "at", "id")
_KEYS = frozenset({*REQUIRED, "source", "properties"})


def fits(value: dict[str, Any]) -> bool:
    """Whether the object means to be one of ours: most of the required keys are there."""
    return sum(key in value for key in REQUIRED) >= 3


def read(value: dict[str, Any]) -> UsageEvent:
    """The usage event in an object of ours. Raises FormatError, also for a key that means nothing here."""
    unknown = next((key for key in value if key not in _KEYS), None)
    if unknown is not None:
        raise FormatError(f"has the unknown key {excerpt(unknown)}: what describes the event belongs in properties")
    return UsageEvent(
        account=text(value.get("account"), "account"),
        person=text(value.get("person"), "person"),
        name=text(value.get("event"), "event"),
        occurred_at=instant(value.get("at"), "at"),
        id=text(value.get("id"), "id"),
        source=source(value.get("source")),
        properties=properties(value.get("properties"), "properties"),
    )


def source(value: Any) -> str:
    """The event's source; none and empty mean the same."""
    return "" if value is None or value == "" else text(value, "source")


def write(event: UsageEvent) -> dict[str, Any]:
    """The object that `read` turns into this event again."""
    return {
        "account": event.account,
        "person": event.person,
        "event": event.name,
        "at": event.occurred_at.isoformat(),
        "id": event.id,
        **({"source": event.source} if event.source else {}),
        "properties": dict(event.properties),
    }
