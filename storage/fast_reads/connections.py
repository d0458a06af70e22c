"""Connections kept at hand for what is asked at every press: a pool's ceremony takes as long as the question."""

import time
from collections import deque
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

T = TypeVar("T")

MAX_CONNECTIONS = 4
"""Threads that ask at the same time; more would only take the interpreter from each other."""
WAIT_SECONDS = 2.0
"""Seconds to wait for one of them: whoever presses waits three."""
TRUSTED_SECONDS = 1.0
"""Seconds that a connection may rest and be lent again unasked whether it is still there."""


class ReadConnections:
    """Lends connections of an engine that begins no transactions, the one given back last first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._places = BoundedSemaphore(MAX_CONNECTIONS)
        self._resting: deque[tuple[Connection, float]] = deque()

    def lend(self, fn: Callable[[Connection], T]) -> T:
        """Return what `fn` does with a connection. Raises NoConnectionLeftError where all of them are waited for."""
        if not self._places.acquire(timeout=WAIT_SECONDS):
            raise NoConnectionLeftError(f"{MAX_CONNECTIONS} questions were not answered for {WAIT_SECONDS} s")
        try:
            connection = self._take()
            try:
                done = fn(connection)
            except BaseException:
                connection.close()  # the pool knows what to do with one that broke
                raise
            self._resting.append((connection, time.monotonic()))
            return done
        finally:
            self._places.release()

    def close(self) -> None:
        """Give all connections back."""
        while self._resting:
            self._resting.pop()[0].close()

    def _take(self) -> Connection:
        try:
            connection, since = self._resting.pop()
        except IndexError:
            return self._engine.connect()
        if time.monotonic() - since <= TRUSTED_SECONDS:
            return connection
        connection.close()
        return self._engine.connect()  # the pool asks it first
