"""The outbox's way to Slack: a few workers, each with one message in hand at a time.

A message is claimed only when its workspace's turn has come and its channel is free, so that whatever stops this
process leaves no more messages in doubt than there are workers.
"""

import datetime as dt
import threading
from collections.abc import Callable

import structlog

from bot.delivery.outcomes import Outcome, Retry, Sent
from bot.delivery.rate_limits import RateLimiter
from bot.delivery.sender import Sender, destination
from storage import outbox
from storage.database import OPERATOR, Database
from storage.outbox import Claimed, Workspace

WORKERS = 8
TICK_SECONDS = 0.25
"""Seconds between two looks for what is due."""
LEASE_DURATION = dt.timedelta(minutes=2)
"""Far longer than a post may take, the time-out and the database's own retries included."""
_AFTER_AN_ERROR = 1.0

log = structlog.get_logger()


class Delivery:
    """Sends what is due in all workspaces, none at another's cost.

    `now` is the time of day; `monotonic` a clock that only goes forward, in seconds; `sleep` waits, and is cut short by
    `stop` where none is handed in.
    """

    def __init__(
        self,
        database: Database,
        sender: Sender,
        paces: RateLimiter,
        *,
        now: Callable[[], dt.datetime],
        monotonic: Callable[[], float],
        sleep: Callable[[float], object] | None = None,
        workers: int = WORKERS,
    ) -> None:
        self._database, self._sender, self._paces = database, sender, paces
        self._now, self._monotonic = now, monotonic
        self._stopping = threading.Event()
        self._sleep = sleep or self._stopping.wait
        self._lock = threading.Lock()
        self._due: list[Workspace] = []
        self._looked_at = float("-inf")
        self._threads = [threading.Thread(target=self._work, name=f"delivery-{number}") for number in range(workers)]

    def start(self) -> None:
        """Begin to send."""
        for thread in self._threads:
            thread.start()

    def halt(self) -> None:
        """Begin to stop: take nothing more in hand."""
        self._stopping.set()

    def stop(self) -> None:
        """Send nothing more, and return once what is under way has been written down."""
        self.halt()
        for thread in self._threads:
            thread.join()

    def step(self) -> float:
        """Send one message if one may go; return the seconds until it is worth asking again, 0 for at once."""
        with self._lock:
            turn = self._turn()
            if not isinstance(turn, Claimed):
                return turn
        workspace, to = turn.message.workspace, destination(turn)
        outcome: Outcome | None = None
        try:
            outcome = self._sender.deliver(turn)
        finally:
            with self._lock:
                self._over(workspace, to, outcome)
        return 0.0

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                wait = self.step()
            except Exception:
                # The database is away, for instance. What was in hand becomes unknown; the others are still to be sent.
                log.exception("delivery")
                wait = _AFTER_AN_ERROR
            if wait:
                self._sleep(wait)

    def _turn(self) -> Claimed | float:
        """Return the message to send now, or the seconds to wait."""
        now = self._monotonic()
        if now >= self._looked_at + TICK_SECONDS:
            self._looked_at = now
            self._due = self._database.read(OPERATOR, lambda session: outbox.workspaces(session, now=self._now()))
        # Whoever has waited longest for a turn is next: a workspace with a thousand messages delays nobody else's one.
        while self._due:
            workspace = min(self._due, key=self._paces.next_at)
            wait = self._paces.next_at(workspace) - now
            if wait > 0:
                return min(wait, TICK_SECONDS)
            claimed = self._claim(workspace, now)
            if claimed is not None:
                return claimed
            self._due.remove(workspace)
        return self._looked_at + TICK_SECONDS - now

    def _claim(self, workspace: Workspace, now: float) -> Claimed | None:
        busy = self._paces.busy(workspace, now)
        claimed = self._database.write(
            OPERATOR, lambda session: outbox.claim(session, workspace, now=self._now(), lease=LEASE_DURATION, busy=busy)
        )
        if claimed is not None:
            self._paces.take(workspace, now)
            self._paces.begin(workspace, destination(claimed))
        return claimed

    def _over(self, workspace: Workspace, to: str, outcome: Outcome | None) -> None:
        now = self._monotonic()
        self._paces.end(workspace, to, now)
        match outcome:
            case Sent():
                self._paces.accepted(workspace)
            case Retry(too_fast=True, after=dt.timedelta() as after):
                self._paces.too_fast(workspace, after.total_seconds(), now)
            case _:
                pass
