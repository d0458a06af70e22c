"""One call of a Web API method: who calls, with what arguments."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.conversations import Conversation
from sandbox.errors import Refusal, invalid_arguments
from sandbox.seed import Installation
from sandbox.slack import Slack

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """Arguments come as strings (form, query) or as JSON values; both read alike here."""

    slack: Slack
    installation: Installation
    arguments: Json

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.optional(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def optional(self, name: str) -> str | None:
        """A text, None where it is missing."""
        value = self.arguments.get(name)
        return None if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A yes or no; no where it is missing."""
        return self.arguments.get(name) in {True, "true", "True", "1"}

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.arguments.get(name) or default)
        except ValueError:
            raise invalid_arguments(f"must be an integer: {name}") from None

    def structure(self, name: str) -> Any:
        """A list or an object, given as such or as JSON text; None where it is missing."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise invalid_arguments(f"not valid JSON: {name}") from None

    def objects(self, name: str) -> list[Json]:
        """A list of objects; empty where it is missing."""
        value = self.structure(name) or []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise invalid_arguments(f"must be a list of objects: {name}")
        return value

    def need(self, *any_of: str) -> None:
        """Refuses with missing_scope unless the app has one of these scopes."""
        scopes = self.slack.seed.app.scopes
        if any_of and not scopes.intersection(any_of):
            raise Refusal("missing_scope", needed=",".join(any_of), provided=",".join(sorted(scopes)))

    def conversation(self, name: str = "channel") -> Conversation:
        """The conversation that an argument names, if the app can see it."""
        conversation = self.slack.conversations.find(self.text(name))
        member = self.installation.bot_user in conversation.members
        if not member and (conversation.kind != "channel" or self.installation.team not in conversation.teams):
            raise Refusal("channel_not_found")
        return conversation

    def need_for(self, conversation: Conversation, verb: str) -> None:
        """Refuses unless the app may do this (read, history, write) in conversations of its kind."""
        family = {"channel": "channels", "group": "groups", "im": "im"}[conversation.kind]
        self.need(f"{family}:{verb}")


def page(call: Call, items: list[Any], *, default: int = 100) -> tuple[list[Any], Json]:
    """One page of a list, by `limit` and `cursor`, and the metadata that leads to the next."""
    limit = call.number("limit", default)
    start = _position(call.optional("cursor") or "")
    following = f"next:{start + limit}" if start + limit < len(items) else ""
    return items[start : start + limit], {"response_metadata": {"next_cursor": following}}


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    word, _, number = cursor.partition(":")
    if word != "next" or not number.isdecimal():
        raise Refusal("invalid_cursor")
    return int(number)
