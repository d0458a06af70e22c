"""Slack's figures, each with the strictest value found; a test or a demo may hand in others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """How long Slack waits, how often it lets an app speak, how often it tries again."""

    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    response_url_uses: int = 5
    response_url_minutes: int = 30
    upload_minutes: int = 10
    file_processing_seconds: float = 0.2
    modals_in_a_stack: int = 3
    posts_a_channel_second: float = 1.0
    posts_a_channel_burst: int = 4
    posts_a_workspace_minute: int = 300
    calls_a_method_minute: tuple[tuple[str, int], ...] = (
        ("users.list", 20),
        ("conversations.list", 20),
        ("conversations.history", 1),
        ("apps.connections.open", 20),
    )
    event_retries_seconds: tuple[int, ...] = (0, 60, 300)
