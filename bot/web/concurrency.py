"""How many threads answer at a time: a few, as more would only contend for the interpreter."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi.concurrency import run_in_threadpool

T = TypeVar("T")

MAX_REQUESTS_AT_ONCE = 3
"""With more, presses were answered less evenly and no sooner: `make bench`, its line of commands."""
SLOT_SECONDS = 0.02
"""Seconds. Whoever takes longer waits for somebody else, Slack or the database, and the next one's turn begins."""


class RequestSlots:
    """Runs what is to be answered in threads, so many at a time, in the order it came."""

    def __init__(self, at_once: int = MAX_REQUESTS_AT_ONCE, moment: float = SLOT_SECONDS) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._moment = moment

    async def run(self, fn: Callable[..., T], *args: Any) -> T:
        """Return what `fn` returns, run in a thread once it is its turn."""
        await self._free.acquire()
        turn = _Turn(self._free)
        passed_on = asyncio.get_running_loop().call_later(self._moment, turn.end)
        try:
            return await run_in_threadpool(fn, *args)
        finally:
            passed_on.cancel()
            turn.end()


class _Turn:
    def __init__(self, free: asyncio.Semaphore) -> None:
        self._free = free
        self._lasts = True

    def end(self) -> None:
        """Let the next one begin, once."""
        if self._lasts:
            self._lasts = False
            self._free.release()
