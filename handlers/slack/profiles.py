"""A look at somebody in Slack: a member's language and clock after they spoke; whether they are still there."""

import datetime as dt
from threading import Lock

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.slack.identity import UNREACHED, fetch_profile
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.slack_sync import record_profile
from storage.database import OPERATOR, Database

PROFILE_TIMEOUT_SECONDS = 1
"""Seconds for Slack's answer, while a person waits for ours."""
log = structlog.get_logger()


class SlackProfiles:
    """Looks at each member once at a time, and at nobody while Slack asks to wait: there is another day."""

    def __init__(self) -> None:
        self._under_way: set[SlackUser] = set()
        self._not_before = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._lock = Lock()

    def fetch_now(self, slack: WebClient, user: SlackUser, *, now: dt.datetime) -> SlackProfile | None:
        """Return what Slack says of somebody who waits for us; None where it does not say so in time."""
        if now < self._not_before:
            return None
        try:
            hasty = WebClient(
                token=slack.token, base_url=slack.base_url, timeout=PROFILE_TIMEOUT_SECONDS, retry_handlers=[]
            )
            return fetch_profile(hasty, user)
        except (SlackClientError, *UNREACHED) as error:
            if not self._waits(error, now):
                log.warning("Slack was asked about somebody and did not answer in time", error=type(error).__name__)
            return None

    def reserve(self, user: SlackUser, *, now: dt.datetime) -> bool:
        """Return whether to look at somebody later: what returns true wants a `look`."""
        with self._lock:
            if now < self._not_before or user in self._under_way:
                return False
            self._under_way.add(user)
            return True

    def refresh(self, database: Database, slack: WebClient, user: SlackUser, *, now: dt.datetime) -> None:
        """Look at somebody and take over what Slack says of them."""
        try:
            found = fetch_profile(slack, user)
            database.write(OPERATOR, lambda session: record_profile(session, found, now=now))
        except SlackApiError as error:
            if not self._waits(error, now):
                raise
        finally:
            with self._lock:
                self._under_way.discard(user)

    def _waits(self, error: Exception, now: dt.datetime) -> bool:
        """Return whether Slack asked to be left alone; it is, then."""
        wait = _asked_to_wait(error) if isinstance(error, SlackApiError) else None
        if wait is None:
            return False
        log.info("Slack asks to wait before it is asked about members again", seconds=wait)
        self._not_before = now + dt.timedelta(seconds=wait)
        return True


def _asked_to_wait(error: SlackApiError) -> int | None:
    """Return for how many seconds Slack is to be left alone; None where it said something else."""
    if error.response.get("error") != "ratelimited":
        return None
    after = str(error.response.headers.get("Retry-After", ""))
    return int(after) if after.isdigit() else 60
