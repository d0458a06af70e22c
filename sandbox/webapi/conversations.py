"""conversations.*: where people talk."""

from typing import Any

from sandbox import event_emitter
from sandbox.conversations import Conversation
from sandbox.errors import Refusal, invalid_arguments
from sandbox.webapi.call import Call, page

Json = dict[str, Any]
_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im"}
_FAMILIES = {"channel": "channels", "group": "groups", "im": "im"}


def info(call: Call) -> Json:
    """The conversation."""
    conversation = call.conversation()
    call.need_for(conversation, "read")
    return {"channel": _shown(call, conversation, counted=call.flag("include_num_members"))}


def _shown(call: Call, conversation: Conversation, *, counted: bool = False) -> Json:
    bot = call.installation.bot_user
    common: Json = {"id": conversation.id, "created": 0, "is_archived": False, "context_team_id": conversation.team}
    if conversation.is_im:
        other = next((member for member in conversation.members if member != bot), bot)
        return common | {"is_im": True, "user": other, "is_org_shared": False, "priority": 0}
    shown = common | {
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": not conversation.is_private,
        "is_group": conversation.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": conversation.is_private,
        "is_general": conversation.is_general,
        "is_member": bot in conversation.members,
        "is_shared": bool(conversation.shared_with),
        "is_ext_shared": bool(conversation.shared_with),
        "is_org_shared": False,
        "shared_team_ids": list(conversation.teams),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }
    return shown | {"num_members": len(conversation.members)} if counted else shown


def list_all(call: Call) -> Json:
    """The workspace's channels, and what else the app is in, by `types`."""
    wanted = [word.strip() for word in (call.optional("types") or "public_channel").split(",")]
    unknown = [word for word in wanted if word not in _TYPES]
    if unknown:
        raise Refusal("invalid_types")
    call.need(*(f"{_FAMILIES[_TYPES[word]]}:read" for word in wanted))
    found, more = page(call, [each for each in _visible(call) if each.kind in {_TYPES[word] for word in wanted}])
    return {"channels": [_shown(call, conversation, counted=True) for conversation in found]} | more


def _visible(call: Call) -> list[Conversation]:
    bot, team = call.installation.bot_user, call.installation.team
    everything = call.slack.conversations.everything()
    return [each for each in everything if bot in each.members or (each.kind == "channel" and team in each.teams)]


def members(call: Call) -> Json:
    """The ids of who is there."""
    conversation = call.conversation()
    call.need_for(conversation, "read")
    found, more = page(call, list(conversation.members))
    return {"members": found} | more


def join(call: Call) -> Json:
    """The channel, of which the app is a member now."""
    call.need("channels:join")
    conversation = call.conversation()
    if conversation.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if not call.slack.conversations.join(conversation.id, call.installation.bot_user):
        return {"channel": _shown(call, conversation), "warning": "already_in_channel"}
    bot = call.slack.person(call.installation.bot_user)
    event_emitter.member_moved(call.slack, call.slack.conversations.find(conversation.id), bot, joined=True)
    return {"channel": _shown(call, call.slack.conversations.find(conversation.id))}


def leave(call: Call) -> Json:
    """Nothing more: the app is no longer there."""
    conversation = call.conversation()
    call.need_for(conversation, "write")
    gone = call.slack.conversations.leave(conversation.id, call.installation.bot_user)
    return {} if gone else {"not_in_channel": True}


def open_direct(call: Call) -> Json:
    """The direct message with one person."""
    call.need("im:write")
    users = [user for user in (call.optional("users") or "").split(",") if user]
    if len(users) != 1:
        raise invalid_arguments("users: exactly one person; the local Slack has no group messages")
    person = call.slack.person(users[0])
    if person.deleted:
        raise Refusal("user_disabled")
    conversation = call.slack.direct(call.installation, person)
    shown = _shown(call, conversation) if call.flag("return_im") else {"id": conversation.id}
    return {"channel": shown}


def history(call: Call) -> Json:
    """The messages said there, newest first."""
    conversation = call.conversation()
    call.need_for(conversation, "history")
    if call.installation.bot_user not in conversation.members:
        raise Refusal("not_in_channel")
    said = [each for each in call.slack.conversations.seen_by("", conversation.id) if not each.only_for]
    oldest, latest = call.optional("oldest") or "", call.optional("latest") or "9"
    within = [each for each in reversed(said) if oldest <= each.ts <= latest and not each.thread_ts]
    found, more = page(call, within)
    shown = [message.as_slack() for message in found]
    if not call.flag("include_all_metadata"):
        shown = [{key: value for key, value in message.items() if key != "metadata"} for message in shown]
    return {"messages": shown, "has_more": bool(more["response_metadata"]["next_cursor"])} | more
