"""Group commit: while one round of work is under way, what is asked for meanwhile gathers into the next round.

A commit costs about the same for one event as for a hundred. Nobody waits for others to come: what is asked for alone
is done at once.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from anyio import CapacityLimiter, to_thread

Item = TypeVar("Item")
Result = TypeVar("Result")

Work = Callable[[Sequence[Item]], Sequence[Result | Exception]]
"""Does several items' work, in a thread: for each its result, or the error that is raised to whoever asked for it."""


class Coalescer(Generic[Item, Result]):
    """A queue of items, worked on in rounds, in the order they came. `most`: a round's size, as `size` measures it.

    Where a round fails, each of its items is tried again alone, so that none fails for another's fault; but not after
    an error of `shared_errors`, which each of them would meet again.
    """

    def __init__(
        self,
        work: Work[Item, Result],
        *,
        limiter: CapacityLimiter,
        most: int,
        size: Callable[[Item], int] = lambda _: 1,
        shared_errors: tuple[type[Exception], ...] = (),
    ) -> None:
        self._work, self._limiter, self._most, self._size = work, limiter, most, size
        self._shared_errors = shared_errors
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def ask(self, item: Item) -> Result:
        """Return the item's result, of a round that begins after this call."""
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._run_round(self._next_round())
        finally:
            self._running = None

    async def _run_round(self, waiting: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        results = await self._results([item for item, _ in waiting])
        for (_, answer), result in zip(waiting, results, strict=True):
            if answer.done():
                continue  # whoever asked has gone
            if isinstance(result, Exception):
                answer.set_exception(result)
            else:
                answer.set_result(result)

    async def _results(self, items: Sequence[Item]) -> Sequence[Result | Exception]:
        try:
            return await to_thread.run_sync(self._work, items, limiter=self._limiter)
        except Exception as error:  # noqa: BLE001 - raised to whoever asked
            if len(items) == 1 or isinstance(error, self._shared_errors):
                return [error] * len(items)
            return [result for item in items for result in await self._results([item])]

    def _next_round(self) -> list[tuple[Item, asyncio.Future[Result]]]:
        taken = [self._waiting.popleft()]
        total = self._size(taken[0][0])
        while self._waiting and total + self._size(self._waiting[0][0]) <= self._most:
            taken.append(self._waiting.popleft())
            total += self._size(taken[-1][0])
        return taken
