"""The language and time zone that Slack has of people who are not on record here, so that they are answered in theirs.

Kept in memory only, for a day and of so many people: nothing is stored of somebody who has not joined.
"""

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from slack_sdk import WebClient

from handlers.slack.profiles import SlackProfiles
from loyalty.accounts.slack_profile import SlackUser

FRESH, FAILED = dt.timedelta(days=1), dt.timedelta(minutes=1)
"""How long an answer is believed, and how long Slack is not asked again where there was none."""
MAX_CACHED_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class Locale:
    """A language (like pl-PL) and a time zone, None where Slack does not say."""

    language: str | None = None
    timezone: str | None = None


class LocaleCache:
    """The locales that Slack gave lately, by person."""

    def __init__(self, *, most: int = MAX_CACHED_PEOPLE) -> None:
        self._most = most
        self._known: OrderedDict[SlackUser, tuple[dt.datetime, Locale]] = OrderedDict()
        self._lock = Lock()

    def get(self, profiles: SlackProfiles, slack: WebClient, user: SlackUser, *, now: dt.datetime) -> Locale:
        """Return somebody's locale, an empty one where Slack cannot be reached in time."""
        with self._lock:
            until, known = self._known.get(user, (now, Locale()))
        if until > now:
            return known
        profile = profiles.fetch_now(slack, user, now=now)
        locale = Locale(profile.language, profile.timezone) if profile else Locale()
        with self._lock:
            self._known[user] = (now + (FRESH if profile else FAILED), locale)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return locale
