"""Looking at members in Slack who have not spoken for long: whether they are still there."""

import datetime as dt

from slack_sdk import WebClient

from handlers.slack.identity import profile
from loyalty.members.slack_sync import seen, unseen
from storage.database import OPERATOR, Database

EVERY = 600
"""Seconds between two rounds."""
MOST = 20
"""So many members a round: a fifth of what Slack allows in a minute."""


def look_round(database: Database, slack: WebClient, now: dt.datetime) -> int:
    """Look at the members who were not looked at for longest, and return how many."""
    users = database.read(OPERATOR, lambda session: unseen(session, now=now, most=MOST))
    for user in users:
        found = profile(slack, user)
        database.write(OPERATOR, lambda session: seen(session, found, now=now))  # noqa: B023 - run at once
    return len(users)
