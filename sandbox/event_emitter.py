"""What Slack tells the app by itself: events the manifest subscribes to."""

from datetime import timedelta
from typing import Any

from sandbox.conversations import Conversation, Message
from sandbox.errors import Refusal
from sandbox.payloads import Occasion, event_envelope
from sandbox.seed import Installation, Person
from sandbox.slack import Slack

Json = dict[str, Any]


def tell_app(
    slack: Slack, installation: Installation, event: Json, *, subscription: str = "", person: Person | None = None
) -> None:
    """Queue the event if the manifest asks for it; `subscription` is its name there, if not its type."""
    if (subscription or event["type"]) not in slack.seed.app.events:
        return
    channel = event.get("channel")
    shared = isinstance(channel, str) and bool(slack.conversations.find(channel).shared_with)
    now = slack.now()
    author_team = person.team if person else installation.team
    occasion = Occasion(slack.new_id("Ev"), int(now.timestamp()), author_team, shared)
    envelope = event_envelope(slack.seed, installation, event, occasion)
    held = slack.faults.strike(("hold_event",), event["type"])
    slack.events.add(envelope, now=now + timedelta(seconds=held.seconds if held else 0))
    if slack.faults.strike(("duplicate_event",), event["type"]):
        slack.events.add(envelope, now=now)


def message_said(slack: Slack, message: Message) -> None:
    """Tell every installation that listens in that conversation."""
    conversation = slack.conversations.find(message.channel)
    person = slack.person(message.user)
    kinds = {"im": "im", "group": "groups", "channel": "channels"}
    event = message.as_slack() | {
        "channel": conversation.id,
        "channel_type": conversation.kind,
        "event_ts": message.ts,
        "user_team": person.team,
    }
    for installation in _listening(slack, conversation):
        tell_app(slack, installation, event, subscription=f"message.{kinds[conversation.kind]}", person=person)
        if f"<@{installation.bot_user}>" in message.text and not conversation.is_im:
            tell_app(slack, installation, event | {"type": "app_mention"}, person=person)


def joins(slack: Slack, person: Person, channel: str) -> None:
    """Let the person into a public channel of their workspace; refuses with cant_invite elsewhere."""
    conversation = slack.conversations.find(channel)
    if conversation.kind != "channel" or person.team not in conversation.teams:
        raise Refusal("cant_invite")
    if slack.conversations.join(channel, person.id):
        slack.feed.tell("reload", {}, frozenset({person.id}))
        member_moved(slack, slack.conversations.find(channel), person, joined=True)


def leaves(slack: Slack, person: Person, channel: str) -> None:
    """Let the person out of a channel."""
    if slack.conversations.leave(channel, person.id):
        slack.feed.tell("reload", {}, frozenset({person.id}))
        member_moved(slack, slack.conversations.find(channel), person, joined=False)


def member_moved(slack: Slack, conversation: Conversation, person: Person, *, joined: bool) -> None:
    """Tell that somebody came into, or left, a channel."""
    event = {
        "type": "member_joined_channel" if joined else "member_left_channel",
        "user": person.id,
        "channel": conversation.id,
        "channel_type": "G" if conversation.is_private else "C",
        "team": person.team,
        "event_ts": slack.stamp(),
    }
    for installation in _listening(slack, conversation):
        tell_app(slack, installation, event, person=person)


def home_opened(slack: Slack, installation: Installation, person: Person, *, tab: str) -> None:
    """Tell that somebody looks at the app's Home (`tab` home) or at its messages (`tab` messages)."""
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": slack.direct(installation, person).id,
        "tab": tab,
        "event_ts": slack.stamp(),
    }
    view = slack.views.home(installation.team, person.id)
    if view is not None and tab == "home":
        event["view"] = slack.view_as_slack(view)
    tell_app(slack, installation, event, person=person)


def uninstalled(slack: Slack, installation: Installation) -> None:
    """Take the app out of the workspace: its token dies, and it is told so twice."""
    tell_app(slack, installation, {"type": "app_uninstalled", "event_ts": slack.stamp()})
    revoked = {"oauth": [], "bot": [installation.bot_user]}
    tell_app(slack, installation, {"type": "tokens_revoked", "tokens": revoked, "event_ts": slack.stamp()})
    del slack.installations[installation.bot_token]


def _listening(slack: Slack, conversation: Conversation) -> list[Installation]:
    return [each for each in slack.installations.values() if each.bot_user in conversation.members]
