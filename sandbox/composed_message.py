"""From what somebody wants to say to what is said."""

import re
from typing import Any

from sandbox import limits
from sandbox.blocks import with_ids
from sandbox.errors import Refusal
from sandbox.seed import Seed
from sandbox.slack import Slack

Json = dict[str, Any]
_MAX_TEXT = 40_000
_BROADCASTS = ("channel", "here", "everyone")


def message_parts(slack: Slack, text: str, blocks: list[Json]) -> tuple[str, tuple[Json, ...]]:
    """Text and blocks of an app's message as Slack keeps them; refuses what is empty, too long or malformed."""
    if not text and not blocks:
        raise Refusal("no_text")
    if len(text) > _MAX_TEXT:
        raise Refusal("msg_too_long")
    limits.check_message(blocks)
    check_pictures(slack, blocks)
    return text, with_ids(blocks, lambda: slack.new_id("b"))


def check_pictures(slack: Slack, blocks: list[Json]) -> None:
    """Refuses with invalid_blocks an image block whose file is not there (yet)."""
    for index, block in enumerate(blocks):
        wanted = (block.get("slack_file") or {}).get("id")
        if wanted and not slack.files.is_ready(wanted, now=slack.now()):
            words = f"invalid slack file [json-pointer:/blocks/{index}/slack_file]"
            raise Refusal("invalid_blocks", errors=[words], response_metadata={"messages": [f"[ERROR] {words}"]})


def escaped(text: str) -> str:
    """Text in which nothing is markup any more."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(seed: Seed, text: str) -> str:
    """What a person typed, as Slack sends it on: escaped, with `@handle`, `@channel` and `#channel` made into links."""

    def mention(match: re.Match[str]) -> str:
        word = match[1]
        if word in _BROADCASTS:
            return f"<!{word}>"
        person = next((person for person in seed.everybody() if person.name == word), None)
        return f"<@{person.id}>" if person else match[0]

    def channel(match: re.Match[str]) -> str:
        found = next((channel for channel in seed.channels if channel.name == match[1]), None)
        return f"<#{found.id}|{found.name}>" if found else match[0]

    linked = re.sub(r"(?<!\S)@([\w.-]*\w)", mention, escaped(text))
    return re.sub(r"(?<!\S)#([\w-]+)", channel, linked)
