"""A look at a member in Slack, after they spoke: their language, their clock, whether they are still there."""

import datetime as dt
from threading import Lock

import structlog
from slack_sdk.errors import SlackApiError

from handlers.access import profile
from handlers.asked import Asked
from loyalty.access import SlackUser
from loyalty.freshness import seen
from storage.session import OPERATOR

log = structlog.get_logger()


class Looks:
    """Looks at each member once at a time, and at nobody while Slack asks to wait: there is another day."""

    def __init__(self) -> None:
        self._under_way: set[SlackUser] = set()
        self._not_before = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._lock = Lock()

    def look(self, asked: Asked) -> None:
        """Look at whoever asks, once they have their answer."""
        user = asked.asker.user
        with self._lock:
            if asked.now < self._not_before or user in self._under_way:
                return
            self._under_way.add(user)
        asked.services.later(lambda: self._look(asked, user))

    def _look(self, asked: Asked, user: SlackUser) -> None:
        try:
            found = profile(asked.slack, user)
            asked.database.write(OPERATOR, lambda session: seen(session, found, now=asked.now))
        except SlackApiError as error:
            wait = _asked_to_wait(error)
            if wait is None:
                raise
            log.info("Slack asks to wait before it is asked about members again", seconds=wait)
            self._not_before = asked.now + dt.timedelta(seconds=wait)
        finally:
            with self._lock:
                self._under_way.discard(user)


def _asked_to_wait(error: SlackApiError) -> int | None:
    """Return for how many seconds Slack is to be left alone; None where it said something else."""
    if error.response.get("error") != "ratelimited":
        return None
    after = str(error.response.headers.get("Retry-After", ""))
    return int(after) if after.isdigit() else 60
