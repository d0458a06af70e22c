"""The shapes in which Slack tells an app what people did."""

import json
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from sandbox.conversations import Conversation, Message
from sandbox.seed import Installation, Person, Seed, Workspace

Json = dict[str, Any]
TOKEN = "verification-token-of-old"  # noqa: S105 - deprecated by Slack and checked by nobody, yet always there


@dataclass(frozen=True)
class CommandLine:
    """A slash command as typed, and what the app may answer it with."""

    command: str
    text: str
    trigger_id: str
    response_url: str


def command_form(seed: Seed, person: Person, conversation: Conversation, line: CommandLine) -> Json:
    """A slash command, to be sent as a form."""
    workspace = seed.workspace(person.team)
    form = {
        "token": TOKEN,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": conversation.id,
        "channel_name": conversation_name(conversation),
        "user_id": person.id,
        "user_name": person.name,
        "api_app_id": seed.app.id,
        "is_enterprise_install": "false",
        **asdict(line),
    }
    if workspace.enterprise_id:
        form |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.name}
    return form


def conversation_name(conversation: Conversation) -> str:
    """The name Slack gives in payloads: a channel's own, "directmessage", "privategroup"."""
    if conversation.is_im:
        return "directmessage"
    return "privategroup" if conversation.is_private else conversation.name


def interaction(seed: Seed, kind: str, person: Person, team: str) -> Json:
    """What every interaction begins with; `team` is the workspace of the installation it goes to."""
    workspace = seed.workspace(team)
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team},
        "api_app_id": seed.app.id,
        "token": TOKEN,
        "team": _team(workspace),
        "enterprise": {"id": workspace.enterprise_id, "name": workspace.name} if workspace.enterprise_id else None,
        "is_enterprise_install": False,
    }


def _team(workspace: Workspace) -> Json:
    team: Json = {"id": workspace.id, "domain": workspace.domain}
    if workspace.enterprise_id:
        team |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.name}
    return team


def message_source(conversation: Conversation, message: Message) -> Json:
    """Where a press happened: container, channel, and the message unless it is ephemeral."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": bool(message.only_for),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    source: Json = {
        "container": container,
        "channel": {"id": conversation.id, "name": conversation_name(conversation)},
    }
    return source if message.only_for else source | {"message": message.as_slack()}


@dataclass(frozen=True)
class Occasion:
    """When an event happened (seconds), by whose workspace's member, and whether in a shared channel."""

    event_id: str
    at: int
    author_team: str
    shared: bool


def event_envelope(seed: Seed, installation: Installation, event: Json, occasion: Occasion) -> Json:
    """An event as the Events API wraps it."""
    enterprise = seed.workspace(installation.team).enterprise_id
    return {
        "token": TOKEN,
        "team_id": installation.team,
        "enterprise_id": enterprise,
        "context_team_id": occasion.author_team,
        "context_enterprise_id": seed.workspace(occasion.author_team).enterprise_id,
        "api_app_id": seed.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": occasion.event_id,
        "event_time": occasion.at,
        "authorizations": [
            {
                "enterprise_id": enterprise,
                "team_id": installation.team,
                "user_id": installation.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": occasion.shared,
        "event_context": f"4-{occasion.event_id}",
    }


def as_form(fields: Json) -> bytes:
    """Fields as a form body."""
    return urlencode(fields).encode()


def as_payload(interaction_: Json) -> bytes:
    """An interaction as the form body `payload=…`."""
    return urlencode({"payload": json.dumps(interaction_)}).encode()
