"""Every Web API method the local Slack has, with the scopes it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.webapi import basics, chat, conversations, files, users, views
from sandbox.webapi.call import Call

Json = dict[str, Any]


@dataclass(frozen=True)
class Method:
    """What a method does; `scopes`: any one of them will do, none are asked for if empty."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()


METHODS: dict[str, Method] = {
    "api.test": Method(basics.api_test),
    "auth.test": Method(basics.auth_test),
    "auth.revoke": Method(basics.auth_revoke),
    "bots.info": Method(basics.bots_info, ("users:read",)),
    "chat.delete": Method(chat.delete, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.postMessage": Method(chat.post_message, ("chat:write",)),
    "chat.update": Method(chat.update, ("chat:write",)),
    "conversations.history": Method(conversations.history),
    "conversations.info": Method(conversations.info),
    "conversations.join": Method(conversations.join),
    "conversations.leave": Method(conversations.leave),
    "conversations.list": Method(conversations.list_all),
    "conversations.members": Method(conversations.members),
    "conversations.open": Method(conversations.open_direct),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",)),
    "files.delete": Method(files.delete, ("files:write",)),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",)),
    "files.info": Method(files.info, ("files:read",)),
    "reactions.add": Method(chat.add_reaction, ("reactions:write",)),
    "reactions.remove": Method(chat.remove_reaction, ("reactions:write",)),
    "team.info": Method(basics.team_info, ("team:read",)),
    "users.info": Method(users.info, ("users:read",)),
    "users.list": Method(users.list_all, ("users:read",)),
    "users.lookupByEmail": Method(users.lookup_by_email, ("users:read.email",)),
    "views.open": Method(views.open_modal),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}
