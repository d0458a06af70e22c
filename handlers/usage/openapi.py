"""What the OpenAPI document says of the usage API's routes, beyond what their code says of itself."""

from importlib.metadata import version
from typing import Any

from handlers.usage.schemas import Explanations, Problem, UsageResponse

_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
_INSTANT = {"type": "string", "format": "date-time", "examples": ["2026-03-02T09:30:00+01:00"]}
_ANYTHING = {"type": "object", "maxProperties": 200}

_OWN: dict[str, Any] = {
    "title": "Usage event",
    "description": "Who did what, when. The same account, source and id is the same event, however often it comes.",
    "type": "object",
    "required": ["account", "person", "event", "at", "id"],
    "properties": {
        "account": _TEXT | {"description": "The account's key in the programme file."},
        "person": _TEXT | {"description": "The product's own user id."},
        "event": _TEXT | {"description": "The event's name, as the programme's rules say it."},
        "at": _INSTANT | {"description": "When, with its offset: at most 5 minutes ahead and 90 days back."},
        "id": _TEXT | {"description": "The event's own, in its source."},
        "source": {"type": "string", "maxLength": 200},
        "properties": _ANYTHING,
    },
    "additionalProperties": False,
}
_CLOUD: dict[str, Any] = {
    "title": "CloudEvent",
    "description": "CloudEvents 1.0 in structured JSON: type is the event's name, subject the person.",
    "type": "object",
    "required": ["specversion", "type", "source", "id", "time", "subject", "account"],
    "properties": {
        "specversion": {"const": "1.0"},
        "type": _TEXT,
        "source": _TEXT,
        "id": _TEXT,
        "time": _INSTANT,
        "subject": _TEXT,
        "account": _TEXT,
        "data": _ANYTHING,
    },
}
_TRACK: dict[str, Any] = {
    "title": "Segment track call",
    "description": "context.groupId is the account, userId the person. Calls of other types are refused, one by one.",
    "type": "object",
    "required": ["type", "event", "messageId", "userId", "timestamp", "context"],
    "properties": {
        "type": {"const": "track"},
        "event": _TEXT,
        "messageId": _TEXT,
        "userId": _TEXT,
        "timestamp": _INSTANT,
        "context": {"type": "object", "required": ["groupId"], "properties": {"groupId": _TEXT}},
        "properties": _ANYTHING,
    },
}


def _one_or_many(*kinds: dict[str, Any]) -> dict[str, Any]:
    one = {"anyOf": list(kinds)}
    return {"schema": {"anyOf": [*kinds, {"type": "array", "maxItems": 1_000, "items": one}]}}


def _header(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "description": description, "schema": {"type": "string"}}


_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "model": UsageResponse | Explanations,
        "description": "What became of each event, the refused ones too.",
    },
    400: {"model": Problem, "description": "No JSON, or no event and no list of them."},
    401: {"model": Problem, "description": "Signed wrongly, not at all, or more than five minutes ago."},
    413: {"model": Problem, "description": "More than 1,000,000 bytes, or more than 1,000 events."},
    503: {
        "model": Problem,
        "description": "The database is away: send the same again.",
        "headers": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}},
    },
}

USAGE: dict[str, Any] = {
    "responses": _RESPONSES,
    "openapi_extra": {
        "parameters": [
            _header("webhook-id", "Any id of the request: 1 to 200 characters of ASCII."),
            _header("webhook-timestamp", "When it was signed: whole seconds since 1970."),
            _header(
                "webhook-signature",
                "v1, and the base64 HMAC-SHA256 of id.timestamp.body.",
            ),
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": _one_or_many(_OWN, _CLOUD, _TRACK),
                "application/cloudevents+json": {"schema": _CLOUD},
                "application/cloudevents-batch+json": {"schema": {"type": "array", "maxItems": 1_000, "items": _CLOUD}},
            },
        },
    },
}
SEGMENT: dict[str, Any] = {
    "responses": _RESPONSES,
    "openapi_extra": {
        "parameters": [_header("x-signature", "The HMAC-SHA1 of the body in hexadecimal, by the secret's text.")],
        "requestBody": {"required": True, "content": {"application/json": _one_or_many(_TRACK)}},
    },
}
ABOUT: dict[str, Any] = {
    "title": "Laurels: usage",
    "version": version("laurels"),
    "description": "Usage of the product, signed by Standard Webhooks (standardwebhooks.com) or by Segment.",
}
