"""How often an app may speak: token buckets by Slack's own clock."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sandbox.limit_values import Rules


@dataclass
class Bucket:
    """Holds up to `size` tokens and gains `rate` a second."""

    rate: float
    size: float
    tokens: float
    seen: datetime

    def wait(self, now: datetime) -> float:
        """Seconds until there is a token; 0 if there is one."""
        self.tokens = min(self.size, self.tokens + max(0.0, (now - self.seen).total_seconds()) * self.rate)
        self.seen = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


class Pace:
    """The buckets of every workspace, channel and method."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._methods = dict(rules.calls_a_method_minute)
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def post(self, team: str, channel: str, now: datetime) -> int:
        """Seconds to wait before posting there, 0 if it may be now (and is counted)."""
        rules = self._rules
        minute = rules.posts_a_workspace_minute
        wanted = [
            self._bucket(("post", team, channel), rules.posts_a_channel_second, rules.posts_a_channel_burst, now),
            self._bucket(("post", team), minute / 60, minute, now),
        ]
        return _take(wanted, now)

    def call(self, team: str, method: str, now: datetime) -> int:
        """Seconds to wait before calling this method, 0 if it may be now (and is counted)."""
        minute = self._methods.get(method)
        if minute is None:
            return 0
        return _take([self._bucket(("call", team, method), minute / 60, minute, now)], now)

    def _bucket(self, key: tuple[str, ...], rate: float, size: float, now: datetime) -> Bucket:
        return self._buckets.setdefault(key, Bucket(rate, size, size, now))


def _take(buckets: list[Bucket], now: datetime) -> int:
    waits = [bucket.wait(now) for bucket in buckets]
    if max(waits) > 0:
        return ceil(max(waits))
    for bucket in buckets:
        bucket.tokens -= 1
    return 0
