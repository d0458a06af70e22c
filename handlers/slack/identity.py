"""Who is asking, as Slack says it."""

from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from loyalty.accounts.requester import Origin
from loyalty.accounts.slack_profile import SlackProfile, SlackUser

Json = Mapping[str, Any]

UNREACHED = (OSError, HTTPException)
"""How it shows that Slack is not there, or was cut off in the middle of its answer."""


def slack_user(body: Json, context: BoltContext) -> SlackUser:
    """Return who did this: by their home team, which in a shared channel is not the installation's."""
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


def fetch_profile(slack: WebClient, user: SlackUser) -> SlackProfile:
    """Return what Slack says of somebody; without an e-mail where it does not know them or must not say."""
    try:
        answer = slack.users_info(user=user.user_id, include_locale=True)
    except SlackApiError as error:
        if error.response.get("error") in {"user_not_found", "user_not_visible"}:
            return SlackProfile(user=user)
        raise
    return read_profile(user, answer.get("user") or {})


OUTSIDE = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")


def read_profile(user: SlackUser, found: Json) -> SlackProfile:
    """Return Slack's `user` object as a profile. An e-mail that Slack has not confirmed is none."""
    about = found.get("profile") or {}
    email = about.get("email") if found.get("is_email_confirmed", True) else None
    return SlackProfile(
        user=user,
        name=about.get("real_name") or found.get("real_name") or None,
        email=email.strip().lower() if email else None,
        language=found.get("locale") or None,
        timezone=found.get("tz") or None,
        outsider=any(found.get(mark) for mark in OUTSIDE),
        deleted=bool(found.get("deleted")),
    )
