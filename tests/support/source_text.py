"""A programme and usage as they stand in their files: values, dates, periods, for whoever counts by hand.

Shares no code with Laurels (tests/support/reference_model.py says why, and how open questions are read).
"""

import json
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class UnreadableError(Exception):
    """The line is no usage event of an account we know."""


@dataclass(frozen=True)
class Usage:
    message_id: str
    account: str
    person: str
    name: str
    occurred_at: datetime
    properties: dict[str, Any]

    def same_as(self, other: "Usage") -> bool:
        """Whether name, person, instant and properties are the same."""
        return (self.name, self.person, self.occurred_at, as_json(self.properties)) == (
            other.name,
            other.person,
            other.occurred_at,
            as_json(other.properties),
        )


def read_programme(path: Path) -> dict[str, Any]:
    programme: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    return programme


def read_usage(paths: Iterable[Path]) -> list[dict[str, Any]]:
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [json.loads(line, parse_float=Decimal) for line in lines]


def read_event(raw: dict[str, Any], accounts: Iterable[str]) -> Usage:
    context = raw.get("context") or {}
    texts = [raw.get("messageId"), raw.get("userId"), raw.get("event"), raw.get("timestamp"), context.get("groupId")]
    if raw.get("type") != "track" or not all(isinstance(text, str) and text for text in texts):
        raise UnreadableError("type, messageId, userId, event, timestamp and context.groupId are needed")
    message_id, person, name, timestamp, account = map(str, texts)
    try:
        occurred_at = datetime.fromisoformat(timestamp)
    except ValueError as error:
        raise UnreadableError(f"{timestamp} is no ISO time") from error
    if occurred_at.tzinfo is None or account not in accounts:
        raise UnreadableError(f"{timestamp} has no offset, or there is no account {account}")
    return Usage(message_id, account, person, name, occurred_at, raw.get("properties") or {})


def bounds(period: str, at: date, week_starts: str) -> tuple[date, date] | None:
    """The first day of the period that holds `at` and the first day after it; None for all time."""
    if period == "all":
        return None
    if period == "day":
        return at, at + timedelta(days=1)
    if period == "week":
        start = at - timedelta(days=(at.weekday() - DAYS.index(week_starts)) % 7)
        return start, start + timedelta(days=7)
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    first = (at.month - 1) // months * months
    after = first + months
    return date(at.year, first + 1, 1), date(at.year + after // 12, after % 12 + 1, 1)


def as_json(value: Any) -> Hashable:
    """Something equal for equal JSON values only: true is not 1, 1.0 is 1."""
    number = as_number(value)
    if number is not None:
        return ("number", number)
    if isinstance(value, dict):
        return ("object", frozenset((name, as_json(inner)) for name, inner in value.items()))
    if isinstance(value, list):
        return ("list", tuple(as_json(inner) for inner in value))
    return (type(value).__name__, value)


def as_number(value: Any) -> Fraction | None:
    """A JSON number exactly as it was written, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Fraction(str(value))


def as_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def as_duration(text: str) -> timedelta:
    match = re.fullmatch(r"(\d+) *(s|m|h|days?)", text)
    if match is None:
        raise ValueError(f"{text} is no cooldown; 90s, 10m, 1h or 14 days would be")
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[match[2][0]]
    return timedelta(**{unit: int(match[1])})
