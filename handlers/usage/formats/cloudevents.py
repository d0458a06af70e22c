"""CloudEvents 1.0 in structured JSON.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md: `type` is the event's name,
`subject` the person, `data` the properties; the account is the extension attribute `account`. `time` is optional in
the specification and required here: points belong to a day.
"""

import re
from typing import Any

from handlers.usage.formats.validation import FormatError, instant, properties, shown, text
from loyalty.usage.record import UsageEvent

NAME = "CloudEvents"
ID = "id"
_JSON = re.compile(r"\s*[\w.+-]+/(?:[\w.+-]+\+)?json\s*(?:;.*)?", re.IGNORECASE | re.DOTALL)


def fits(value: dict[str, Any]) -> bool:
    """Whether the object means to be a CloudEvent."""
    return "specversion" in value


def read(value: dict[str, Any]) -> UsageEvent:
    """The usage event in a CloudEvent. Raises FormatError."""
    _check_envelope(value)
    return UsageEvent(
        account=text(value.get("account"), "account"),
        person=text(value.get("subject"), "subject"),
        name=text(value.get("type"), "type"),
        occurred_at=instant(value.get("time"), "time"),
        id=text(value.get("id"), "id"),
        source=text(value.get("source"), "source"),
        properties=properties(value.get("data"), "data"),
    )


def _check_envelope(value: dict[str, Any]) -> None:
    version = value.get("specversion")
    if version != "1.0":
        raise FormatError(f'specversion is {shown(version)}: right is "1.0"')
    if value.get("data_base64") is not None:
        raise FormatError("has data_base64: right is data, a JSON object")
    content = value.get("datacontenttype")
    if content is not None and not (isinstance(content, str) and _JSON.fullmatch(content)):
        raise FormatError(f"datacontenttype is {shown(content)}: right is application/json, or none")
