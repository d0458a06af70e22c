"""Looking at members in Slack who have not spoken for long: whether they are still there."""

import datetime as dt

from slack_sdk import WebClient

from handlers.slack.profiles import fetch_profile
from loyalty.members.slack_sync import members_to_refresh, record_profile
from storage.database import OPERATOR, Database

REFRESH_EVERY_SECONDS = 600
"""Seconds between two rounds."""
MAX_MEMBERS = 20
"""So many members a round: a fifth of what Slack allows in a minute."""


def refresh_members(database: Database, slack: WebClient, now: dt.datetime) -> int:
    """Look at the members who were not looked at for longest, and return how many."""
    users = database.read(OPERATOR, lambda session: members_to_refresh(session, now=now, most=MAX_MEMBERS))
    for user in users:
        profile = fetch_profile(slack, user)
        database.write(OPERATOR, lambda session: record_profile(session, profile, now=now))  # noqa: B023 - run at once
    return len(users)
