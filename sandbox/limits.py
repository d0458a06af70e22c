"""Slack's strictness about blocks."""

from typing import Any

Json = dict[str, Any]


def check_message(blocks: list[Json]) -> None:
    """Refuses with invalid_blocks what Slack would not take in a message."""


def check_view(view: Json) -> None:
    """Refuses with invalid_arguments what Slack would not take as a view."""
