"""What somebody filled in in a window, and what was kept with it."""

import json
from typing import Any

from handlers.request import SlackRequest


def form_values(request: SlackRequest) -> dict[str, str]:
    """Return what stands in each field, by its name: words, or the value of what is chosen or ticked; else no text."""
    found: dict[str, str] = {}
    for fields in request.body["view"]["state"]["values"].values():
        for name, answer in fields.items():
            ticked = answer.get("selected_options") or [{}]
            value = answer.get("value") or (answer.get("selected_option") or ticked[0]).get("value")
            found[name] = (value or "").strip()
    return found


def private_metadata(request: SlackRequest) -> dict[str, Any]:
    """Return what was kept with the window."""
    found: dict[str, Any] = json.loads(request.body["view"]["private_metadata"] or "{}")
    return found


def idempotency_key(request: SlackRequest) -> str:
    """Return a key by which a window counts once, however often it is sent."""
    return f"window/{request.body['view']['id']}"
