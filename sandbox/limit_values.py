"""Slack's figures, each with the strictest value found; a test or a demo may hand in others."""

from dataclasses import dataclass

_TIERS = {
    1: ("conversations.history",),  # of apps that are sold and not in Slack's Marketplace
    20: ("apps.connections.open", "conversations.list", "reactions.remove", "users.list"),
    50: (
        *("bots.info", "chat.delete", "chat.update", "conversations.info", "conversations.join", "conversations.leave"),
        *("conversations.open", "files.delete", "reactions.add", "team.info", "users.lookupByEmail"),
    ),
    100: (
        *("chat.postEphemeral", "conversations.members", "files.completeUploadExternal"),
        *("files.getUploadURLExternal", "files.info", "users.info"),
        *("views.open", "views.publish", "views.push", "views.update"),
    ),
}
CALLS_A_MINUTE = tuple((method, times) for times, methods in _TIERS.items() for method in methods)
"""How often a workspace takes each method in a minute; methods that are missing here have no tier of their own."""


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
    posts_a_channel_burst: int = 1
    posts_a_workspace_minute: int = 300
    calls_a_method_minute: tuple[tuple[str, int], ...] = CALLS_A_MINUTE
    event_retries_seconds: tuple[int, ...] = (0, 60, 300)
