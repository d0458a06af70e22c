"""What Slack says of people who were never met here: their language and clock, so that they are answered in theirs.

It is kept in memory only, for a day and of so many people: somebody who has not joined is not written down.
"""

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from handlers.access import UNREACHED, hasty, profile
from loyalty.access import SlackUser

FRESH, FAILED = dt.timedelta(days=1), dt.timedelta(minutes=1)
"""How long an answer is believed, and how long Slack is not asked again where there was none."""
MOST = 10_000
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Locale:
    """A language (like pl-PL) and a time zone, None where Slack does not say."""

    language: str | None = None
    timezone: str | None = None


class Locales:
    """The people whom Slack was asked about lately."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[SlackUser, tuple[dt.datetime, Locale]] = OrderedDict()
        self._lock = Lock()

    def of(self, slack: WebClient, user: SlackUser, *, now: dt.datetime) -> Locale:
        """Return somebody's locale, an empty one where Slack cannot be reached in time."""
        with self._lock:
            until, known = self._known.get(user, (now, Locale()))
        if until > now:
            return known
        found = _ask(slack, user)
        with self._lock:
            self._known[user] = (now + (FRESH if found else FAILED), found or Locale())
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return found or Locale()


def _ask(slack: WebClient, user: SlackUser) -> Locale | None:
    try:
        found = profile(hasty(slack), user)
    except (SlackClientError, *UNREACHED):
        log.warning("Slack was asked for a locale and did not answer")
        return None
    return Locale(found.language, found.timezone)
