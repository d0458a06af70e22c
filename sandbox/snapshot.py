"""Everything the page needs to draw itself: once for all, and once for each person."""

from dataclasses import asdict
from typing import Any

from sandbox.conversations import Conversation
from sandbox.seed import Person
from sandbox.slack import Slack

Json = dict[str, Any]


def of_seed(slack: Slack) -> Json:
    """People, workspaces, the app and its commands: what never changes."""
    app = slack.seed.app
    return {
        "workspaces": [asdict(workspace) for workspace in slack.seed.workspaces],
        "people": [asdict(person) for person in slack.seed.everybody()],
        "channels": [{"id": channel.id, "name": channel.name} for channel in slack.seed.channels],
        "app": {"id": app.id, "name": app.name, "has_home": app.has_home},
        "commands": [asdict(command) for command in app.commands],
    }


def of_person(slack: Slack, person: Person) -> Json:
    """What this person sees now, and where the feed goes on from here."""
    installation = slack.installed_in(person.team)
    if installation is not None and not person.is_bot:
        slack.direct(installation, person)
    home = slack.views.home(installation.team, person.id) if installation else None
    return {
        "since": slack.feed.position,
        "now": slack.now().timestamp(),
        "installed": installation is not None,
        "bot_user": installation.bot_user if installation else None,
        "conversations": [_conversation(slack, person, each) for each in slack.conversations.of(person.id)],
        "views": [slack.view_as_slack(view) for view in slack.views.stack(person.id)],
        "home": slack.view_as_slack(home) if home else None,
    }


def _conversation(slack: Slack, person: Person, conversation: Conversation) -> Json:
    seen = slack.conversations.seen_by(person.id, conversation.id)
    return {
        "id": conversation.id,
        "name": conversation.name,
        "kind": conversation.kind,
        "members": list(conversation.members),
        "team": conversation.team,
        "shared_with": list(conversation.shared_with),
        "unread": slack.conversations.unread(person.id, conversation.id),
        "messages": [slack.message_for_page(message) for message in seen],
    }
