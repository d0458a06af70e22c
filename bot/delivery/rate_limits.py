"""How often each workspace and each channel may be posted to. Times are seconds of a clock that only goes forward."""

from dataclasses import dataclass, field

from storage.outbox import Workspace

SECONDS_BETWEEN_CHANNEL_POSTS = 1.0
"""Seconds between two posts to one channel."""
SHARE_OF_CEILING = 0.98
"""How much of Slack's ceiling is used."""
_LOWERED = 0.7
_RECOVERED = 0.01


@dataclass
class RateLimit:
    """One workspace's: `rate` messages a second, at most `top`, in even steps."""

    top: float
    rate: float
    next_at: float = 0.0
    paused_until: float = 0.0
    channels: dict[str, float] = field(default_factory=dict)
    """Until when each channel is left alone; infinity while a post to it is under way."""


class RateLimiter:
    """Every workspace's pace. `ceiling` is what Slack takes from one app in one workspace, in messages a second."""

    def __init__(self, ceiling: float) -> None:
        self._top = ceiling * SHARE_OF_CEILING
        self._paces: dict[Workspace, RateLimit] = {}

    def next_at(self, workspace: Workspace) -> float:
        """Return when the workspace may be posted to next; long ago for one that has not been for long."""
        pace = self._pace(workspace)
        return max(pace.next_at, pace.paused_until)

    def take(self, workspace: Workspace, now: float) -> None:
        """Use the workspace's turn. The next comes an even step later; being late by less than one costs nothing."""
        pace = self._pace(workspace)
        step = 1 / pace.rate
        pace.next_at = (pace.next_at if now - pace.next_at < step else now) + step

    def busy(self, workspace: Workspace, now: float) -> frozenset[str]:
        """Return the channels and users that must not be posted to yet."""
        pace = self._pace(workspace)
        pace.channels = {channel: until for channel, until in pace.channels.items() if until > now}
        return frozenset(pace.channels)

    def begin(self, workspace: Workspace, channel: str) -> None:
        """Keep a channel to oneself while a post to it is under way."""
        self._pace(workspace).channels[channel] = float("inf")

    def end(self, workspace: Workspace, channel: str, now: float) -> None:
        """Leave a channel alone for a while after a post."""
        self._pace(workspace).channels[channel] = now + SECONDS_BETWEEN_CHANNEL_POSTS

    def accepted(self, workspace: Workspace) -> None:
        """Slowly find back to the full rate."""
        pace = self._pace(workspace)
        pace.rate = min(pace.top, pace.rate + pace.top * _RECOVERED)

    def too_fast(self, workspace: Workspace, pause: float, now: float) -> None:
        """Be quiet for as long as Slack says, then go slower. What was already under way is not held against it."""
        pace = self._pace(workspace)
        if now >= pace.paused_until:
            pace.rate *= _LOWERED
        pace.paused_until = max(pace.paused_until, now + pause)

    def _pace(self, workspace: Workspace) -> RateLimit:
        return self._paces.setdefault(workspace, RateLimit(self._top, self._top))
