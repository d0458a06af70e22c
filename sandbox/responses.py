"""What the app answers to an interaction: in the acknowledgement itself, or at a response URL."""

import json
from typing import Any

from sandbox.app_client import Answer
from sandbox.composed_message import message_parts
from sandbox.conversations import Message
from sandbox.errors import Refusal
from sandbox.interaction_tokens import ResponseUrl
from sandbox.slack import Slack

Json = dict[str, Any]


def acknowledged(answer: Answer) -> Json:
    """The body of an acknowledgement: {} if empty, {"text": …} if plain text; refuses JSON that is none."""
    body = answer.body.decode("utf-8", "replace").strip()
    if not body:
        return {}
    if "json" not in answer.headers.get("content-type", "") and not body.startswith("{"):
        return {"text": body}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise Refusal("invalid_payload") from None
    return parsed if isinstance(parsed, dict) else {"text": str(parsed)}


def answer_interaction(slack: Slack, url: ResponseUrl, body: Json) -> Message | None:
    """The message that `body` makes, changes or (None) removes; refuses what Slack would refuse.

    A press's answer takes the place of the message pressed, unless `replace_original` is false; a command's is new.
    """
    if _truth(body.get("delete_original")) and url.source_ts:
        slack.remove(url.channel, url.source_ts)
        return None
    text, blocks = message_parts(slack, str(body.get("text") or ""), list(body.get("blocks") or ()))
    if url.source_ts and _truth(body.get("replace_original", True)):
        source = slack.conversations.message(url.channel, url.source_ts)
        edited = None if source.only_for else slack.stamp()
        return slack.edit(source, text=text, blocks=blocks, edited_ts=edited)
    return slack.say(_new_message(slack, url, body, text=text, blocks=blocks))


def _new_message(slack: Slack, url: ResponseUrl, body: Json, *, text: str, blocks: tuple[Json, ...]) -> Message:
    installation = slack.installed_in(url.team)
    if installation is None:
        raise Refusal("expired_url")
    return Message(
        channel=url.channel,
        ts=slack.stamp(),
        user=installation.bot_user,
        team=installation.team,
        text=text,
        blocks=blocks,
        bot_id=installation.bot_id,
        app_id=slack.seed.app.id,
        thread_ts=body.get("thread_ts"),
        only_for=None if body.get("response_type") == "in_channel" else url.user,
    )


def _truth(value: Any) -> bool:
    return value is True or value == "true"
