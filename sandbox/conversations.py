"""Channels, direct messages and what has been said in them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sandbox.errors import Refusal
from sandbox.seed import Channel

Json = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """Something said in a conversation; `ts` is its identity there.

    `only_for` makes it ephemeral: one person sees it.
    """

    channel: str
    ts: str
    user: str
    team: str
    text: str
    blocks: tuple[Json, ...] = ()
    bot_id: str | None = None
    app_id: str | None = None
    thread_ts: str | None = None
    only_for: str | None = None
    edited_ts: str | None = None
    metadata: Json | None = None
    files: tuple[Json, ...] = ()
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def as_slack(self) -> Json:
        """The message as Slack's API and payloads carry it."""
        shown: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": self.team}
        if self.bot_id:
            shown |= {"bot_id": self.bot_id, "app_id": self.app_id}
        if self.blocks:
            shown["blocks"] = list(self.blocks)
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.edited_ts:
            shown["edited"] = {"user": self.user, "ts": self.edited_ts}
        if self.metadata:
            shown["metadata"] = self.metadata
        if self.files:
            shown["files"] = list(self.files)
        if self.reactions:
            shown["reactions"] = [{"name": n, "users": list(who), "count": len(who)} for n, who in self.reactions]
        return shown


@dataclass(frozen=True)
class Conversation:
    """A channel (`name` set) or a direct message between `members` (a person and the app's bot user)."""

    id: str
    name: str
    team: str
    members: tuple[str, ...]
    is_private: bool = False
    is_general: bool = False
    is_im: bool = False
    shared_with: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Slack's word for it: channel, group (private) or im."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces in which it stands, its own first."""
        return (self.team, *self.shared_with)


class Conversations:
    """All conversations and their messages, oldest first; changed by its verbs only."""

    def __init__(self, channels: Iterable[Channel]) -> None:
        self._all: dict[str, Conversation] = {}
        self._messages: dict[str, dict[str, Message]] = {}
        self._read: dict[tuple[str, str], str] = {}
        for channel in channels:
            flags = {"is_private": channel.is_private, "is_general": channel.is_general}
            members = tuple(dict.fromkeys(channel.members))
            self._add(
                Conversation(channel.id, channel.name, channel.team, members, shared_with=channel.shared_with, **flags)
            )

    def _add(self, conversation: Conversation) -> Conversation:
        self._all[conversation.id] = conversation
        self._messages[conversation.id] = {}
        return conversation

    def find(self, conversation_id: str) -> Conversation:
        """The conversation with this id; refuses with channel_not_found."""
        if conversation_id not in self._all:
            raise Refusal("channel_not_found")
        return self._all[conversation_id]

    def of(self, person: str) -> list[Conversation]:
        """The conversations this person is in, in the order they were made."""
        return [conversation for conversation in self._all.values() if person in conversation.members]

    def everything(self) -> list[Conversation]:
        """All conversations."""
        return list(self._all.values())

    def direct(self, bot_user: str, person: str, team: str) -> Conversation:
        """The direct message between the app and a person, made on first need."""
        members = (bot_user, person)
        for conversation in self._all.values():
            if conversation.is_im and conversation.members == members:
                return conversation
        new_id = "D" + f"{sum(1 for c in self._all.values() if c.is_im) + 1:08d}"
        return self._add(Conversation(new_id, "", team, members, is_im=True))

    def join(self, conversation_id: str, person: str) -> bool:
        """Whether the person is new there."""
        conversation = self.find(conversation_id)
        if person in conversation.members:
            return False
        self._all[conversation_id] = replace(conversation, members=(*conversation.members, person))
        return True

    def leave(self, conversation_id: str, person: str) -> bool:
        """Whether the person was there."""
        conversation = self.find(conversation_id)
        remaining = tuple(member for member in conversation.members if member != person)
        self._all[conversation_id] = replace(conversation, members=remaining)
        return remaining != conversation.members

    def post(self, message: Message) -> Message:
        """The message, now in its conversation."""
        self.find(message.channel)
        self._messages[message.channel][message.ts] = message
        return message

    def message(self, conversation_id: str, ts: str) -> Message:
        """The message said at `ts`; refuses with message_not_found."""
        self.find(conversation_id)
        found = self._messages[conversation_id].get(ts)
        if found is None:
            raise Refusal("message_not_found")
        return found

    def remove(self, conversation_id: str, ts: str) -> Message:
        """The message that was there until now; refuses with message_not_found."""
        gone = self.message(conversation_id, ts)
        del self._messages[conversation_id][ts]
        return gone

    def seen_by(self, person: str, conversation_id: str) -> list[Message]:
        """What this person sees there: all but other people's ephemeral messages."""
        said = self._messages[self.find(conversation_id).id].values()
        return [message for message in said if message.only_for in {None, person}]

    def mark_read(self, person: str, conversation_id: str, ts: str) -> None:
        """Remember how far this person has read."""
        self._read[person, conversation_id] = max(ts, self._read.get((person, conversation_id), ""))

    def unread(self, person: str, conversation_id: str) -> int:
        """How many messages of others this person has not read there."""
        since = self._read.get((person, conversation_id), "")
        seen = self.seen_by(person, conversation_id)
        return sum(1 for message in seen if message.ts > since and message.user != person and not message.thread_ts)
