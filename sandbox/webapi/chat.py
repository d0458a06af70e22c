"""chat.*: posting, changing and deleting messages."""

from typing import Any

from sandbox import event_emitter
from sandbox.composed_message import message_parts
from sandbox.conversations import Conversation, Message
from sandbox.errors import Refusal
from sandbox.webapi.call import Call

Json = dict[str, Any]


def post_message(call: Call) -> Json:
    """The message, posted to a channel or (by the id of a user) as a direct message."""
    conversation = target(call)
    _may_speak(call, conversation)
    said = call.slack.say(_composed(call, conversation))
    event_emitter.message_said(call.slack, said)
    return {"channel": conversation.id, "ts": said.ts, "message": said.as_slack()}


def target(call: Call) -> Conversation:
    """Where a message goes: to a channel, by id or `#name`, or to a person, by theirs."""
    wanted = call.text("channel")
    if wanted[0] in "UW":
        person = call.slack.seed.person(wanted)
        if person is None or not call.slack.reaches(call.installation, person):
            raise Refusal("channel_not_found")
        if person.deleted:
            raise Refusal("user_is_inactive" if person.is_bot else "account_inactive")
        return call.slack.direct(call.installation, person)
    by_name = [each for each in call.slack.conversations.everything() if f"#{each.name}" == wanted]
    return by_name[0] if by_name else call.conversation()


def _may_speak(call: Call, conversation: Conversation) -> None:
    if call.installation.bot_user not in conversation.members:
        public = conversation.kind == "channel" and "chat:write.public" in call.slack.seed.app.scopes
        if not public:
            raise Refusal("not_in_channel")


def _composed(call: Call, conversation: Conversation, **more: Any) -> Message:
    text, blocks = message_parts(call.slack, call.optional("text") or "", call.objects("blocks"))
    thread = call.optional("thread_ts")
    if thread and not more.get("only_for"):
        call.slack.conversations.message(conversation.id, thread)
    return Message(
        channel=conversation.id,
        ts=call.slack.stamp(),
        user=call.installation.bot_user,
        team=call.installation.team,
        text=text,
        blocks=blocks,
        bot_id=call.installation.bot_id,
        app_id=call.slack.seed.app.id,
        thread_ts=thread,
        metadata=_metadata(call),
        **more,
    )


def _metadata(call: Call) -> Json | None:
    metadata = call.structure("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise Refusal("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_schema")
    return metadata


def post_ephemeral(call: Call) -> Json:
    """The moment of a message that one person in the channel sees."""
    conversation, person = call.conversation(), call.text("user")
    _may_speak(call, conversation)
    if person not in conversation.members:
        raise Refusal("user_not_in_channel")
    said = call.slack.say(_composed(call, conversation, only_for=person))
    return {"message_ts": said.ts}


def _own(call: Call) -> Message:
    message = call.slack.conversations.message(call.conversation().id, call.text("ts"))
    if message.only_for:
        raise Refusal("message_not_found")
    return message


def update(call: Call) -> Json:
    """The message with other words; its blocks stay unless other blocks, or an empty list, are sent."""
    message = _own(call)
    if message.user != call.installation.bot_user:
        raise Refusal("cant_update_message")
    wanted = call.optional("text")
    text, blocks = message_parts(call.slack, wanted or "", call.objects("blocks"))
    if call.structure("blocks") is None:
        blocks = message.blocks
    metadata = _metadata(call) or message.metadata
    kept = message.text if wanted is None else text
    edited = call.slack.edit(message, text=kept, blocks=blocks, edited_ts=call.slack.stamp(), metadata=metadata)
    return {"channel": edited.channel, "ts": edited.ts, "text": edited.text, "message": edited.as_slack()}


def delete(call: Call) -> Json:
    """The message that is gone."""
    message = _own(call)
    if message.user != call.installation.bot_user:
        raise Refusal("cant_delete_message")
    call.slack.remove(message.channel, message.ts)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """A link to the message."""
    message = call.slack.conversations.message(call.conversation().id, call.text("message_ts"))
    domain = call.slack.seed.workspace(call.installation.team).domain
    link = f"https://{domain}.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    return {"channel": message.channel, "permalink": link}


def add_reaction(call: Call) -> Json:
    """Nothing more: the reaction stands on the message."""
    return _react(call, add=True)


def remove_reaction(call: Call) -> Json:
    """Nothing more: the reaction is taken from the message."""
    return _react(call, add=False)


def _react(call: Call, *, add: bool) -> Json:
    name, bot = call.text("name").strip(":"), call.installation.bot_user
    message = call.slack.conversations.message(call.conversation().id, call.text("timestamp"))
    reactions = dict(message.reactions)
    present = bot in reactions.get(name, ())
    if present == add:
        raise Refusal("already_reacted" if add else "no_reaction")
    who = (*reactions.get(name, ()), bot) if add else tuple(each for each in reactions[name] if each != bot)
    changed = {key: value for key, value in (reactions | {name: who}).items() if value}
    call.slack.edit(message, reactions=tuple(changed.items()))
    return {}
