"""Slack's strictness about what an app sends to be shown; where sources differ, the lower figure."""

import json
from typing import Any

from sandbox.errors import Refusal
from sandbox.limits import blocks
from sandbox.limits.objects import OPTION
from sandbox.limits.schema import Complaint, items

Json = dict[str, Any]
_MOST_IN_MESSAGE = 50
_MOST_IN_VIEW = 100
_VIEW_BYTES = 250_000
OPTIONS_LOADED = items(OPTION, most=100, least=0)
"""What an app may answer with while a person types in an external select."""


def check_message(content: list[Json]) -> None:
    """Refuses with invalid_blocks what Slack would not take in a message, naming each place."""
    complaints = list(blocks.complaints(content, "/blocks", surface="message", most=_MOST_IN_MESSAGE))
    if complaints:
        errors = [str(complaint) for complaint in complaints]
        raise Refusal("invalid_blocks", errors=errors, response_metadata=_metadata(complaints))


def check_view(view: Any) -> None:
    """Refuses with invalid_arguments (or view_too_large) what Slack would not take as a view, naming each place."""
    if len(json.dumps(view)) > _VIEW_BYTES:
        raise Refusal("view_too_large")
    complaints = list(_view_complaints(view))
    if complaints:
        raise Refusal("invalid_arguments", response_metadata=_metadata(complaints))


def _view_complaints(view: Any) -> list[Complaint]:
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        return [Complaint("unsupported type", "/view/type")]
    surface = view["type"]
    found = list(blocks.VIEWS[surface](view, "/view"))
    content = view.get("blocks")
    if isinstance(content, list):
        found += blocks.complaints(content, "/view/blocks", surface=surface, most=_MOST_IN_VIEW)
        asks = any(isinstance(block, dict) and block.get("type") == "input" for block in content)
        if surface == "modal" and asks and not view.get("submit"):
            found.append(Complaint("missing required field: submit", "/view"))
    return found


def _metadata(complaints: list[Complaint]) -> Json:
    return {"messages": [f"[ERROR] {complaint}" for complaint in complaints]}
