"""People's profiles as Slack has them: name, e-mail, language, time zone, whether they are still there."""

import datetime as dt
from collections.abc import Mapping
from threading import Lock
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.slack.identity import UNREACHED
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.slack_sync import record_profile
from storage.database import OPERATOR, Database

PROFILE_TIMEOUT_SECONDS = 1
"""Seconds for Slack's answer, while a person waits for ours."""
log = structlog.get_logger()


class SlackProfiles:
    """Asks Slack about people: about each once at a time, and about nobody while Slack asks to wait."""

    def __init__(self) -> None:
        self._under_way: set[SlackUser] = set()
        self._not_before = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._lock = Lock()

    def fetch_now(self, slack: WebClient, user: SlackUser, *, now: dt.datetime) -> SlackProfile | None:
        """Return what Slack says of somebody who waits for us; None where it does not say so in time."""
        if now < self._not_before:
            return None
        try:
            impatient = WebClient(
                token=slack.token, base_url=slack.base_url, timeout=PROFILE_TIMEOUT_SECONDS, retry_handlers=[]
            )
            return fetch_profile(impatient, user)
        except (SlackClientError, *UNREACHED) as error:
            if not self._is_told_to_wait(error, now):
                log.warning("Slack was asked about somebody and did not answer in time", error=type(error).__name__)
            return None

    def reserve(self, user: SlackUser, *, now: dt.datetime) -> bool:
        """Return whether to ask about somebody later: whoever gets true has to call `refresh`."""
        with self._lock:
            if now < self._not_before or user in self._under_way:
                return False
            self._under_way.add(user)
            return True

    def refresh(self, database: Database, slack: WebClient, user: SlackUser, *, now: dt.datetime) -> None:
        """Ask Slack about somebody and record what it says."""
        try:
            profile = fetch_profile(slack, user)
            database.write(OPERATOR, lambda session: record_profile(session, profile, now=now))
        except SlackApiError as error:
            if not self._is_told_to_wait(error, now):
                raise
        finally:
            with self._lock:
                self._under_way.discard(user)

    def _is_told_to_wait(self, error: Exception, now: dt.datetime) -> bool:
        """Return whether Slack asked us to wait; if so, remember until when."""
        wait = _seconds_to_wait(error) if isinstance(error, SlackApiError) else None
        if wait is None:
            return False
        log.info("Slack asks to wait before it is asked about members again", seconds=wait)
        self._not_before = now + dt.timedelta(seconds=wait)
        return True


def _seconds_to_wait(error: SlackApiError) -> int | None:
    """Return for how many seconds Slack is to be left alone; None where it said something else."""
    if error.response.get("error") != "ratelimited":
        return None
    after = str(error.response.headers.get("Retry-After", ""))
    return int(after) if after.isdigit() else 60


def fetch_profile(slack: WebClient, user: SlackUser) -> SlackProfile:
    """Return what Slack says of somebody; without an e-mail where it does not know them or must not say."""
    try:
        response = slack.users_info(user=user.user_id, include_locale=True)
    except SlackApiError as error:
        if error.response.get("error") in {"user_not_found", "user_not_visible"}:
            return SlackProfile(user=user)
        raise
    return read_profile(user, response.get("user") or {})


OUTSIDE = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")


def read_profile(user: SlackUser, fields: Mapping[str, Any]) -> SlackProfile:
    """Return Slack's `user` object as a profile. An e-mail that Slack has not confirmed is none."""
    about = fields.get("profile") or {}
    email = about.get("email") if fields.get("is_email_confirmed", True) else None
    return SlackProfile(
        user=user,
        name=about.get("real_name") or fields.get("real_name") or None,
        email=email.strip().lower() if email else None,
        language=fields.get("locale") or None,
        timezone=fields.get("tz") or None,
        outsider=any(fields.get(mark) for mark in OUTSIDE),
        deleted=bool(fields.get("deleted")),
    )
