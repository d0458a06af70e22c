"""Who is asking, and where, as Slack's payload says it."""

from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

from slack_bolt import BoltContext

from loyalty.accounts.requester import Origin
from loyalty.accounts.slack_profile import SlackUser

Json = Mapping[str, Any]

UNREACHED = (OSError, HTTPException)
"""How it shows that Slack is not there, or was cut off in the middle of its answer."""


def slack_user(body: Json, context: BoltContext) -> SlackUser:
    """Return who did this, by their home team, which in a shared channel is not the installation's."""
    user = body.get("user")
    if isinstance(user, dict):
        home = user.get("team_id") or context.team_id or ""
        enterprise = context.enterprise_id if home == context.team_id else None
        return SlackUser(enterprise or "", home, user["id"])
    return SlackUser(
        context.actor_enterprise_id or "", context.actor_team_id or context.team_id or "", context.actor_user_id or ""
    )


def origin(context: BoltContext) -> Origin:
    """Return where it was done."""
    return Origin(context.team_id or "", context.channel_id)
