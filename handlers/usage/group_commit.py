"""Doing in one go what many ask for at a time: while one round is under way, the next one gathers.

A commit costs about the same for one event as for a hundred. So what comes singly goes in together, nobody waits for
company: whoever comes alone is served at once.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from anyio import CapacityLimiter, to_thread

Asked = TypeVar("Asked")
Done = TypeVar("Done")

Work = Callable[[Sequence[Asked]], Sequence[Done | Exception]]
"""Does what several asked for, in a thread: for each what came of it, or the error that is raised to who asked."""


class Coalescer(Generic[Asked, Done]):
    """One line of askers, served in the order they came. `most`: what a round takes on, as `size` measures it.

    Where a round fails, each in it is tried again alone, so that nobody suffers for another's; but not after an error
    of `shared_errors`, which would meet them one by one.
    """

    def __init__(
        self,
        work: Work[Asked, Done],
        *,
        limiter: CapacityLimiter,
        most: int,
        size: Callable[[Asked], int] = lambda _: 1,
        shared_errors: tuple[type[Exception], ...] = (),
    ) -> None:
        self._work, self._limiter, self._most, self._size = work, limiter, most, size
        self._shared_errors = shared_errors
        self._waiting: deque[tuple[Asked, asyncio.Future[Done]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Done:
        """Return what came of it, from the round that begins after this was asked."""
        answer: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._round(self._next())
        finally:
            self._running = None

    async def _round(self, asking: Sequence[tuple[Asked, asyncio.Future[Done]]]) -> None:
        results = await self._done([asked for asked, _ in asking])
        for (_, answer), result in zip(asking, results, strict=True):
            if answer.done():
                continue  # whoever asked has gone
            if isinstance(result, Exception):
                answer.set_exception(result)
            else:
                answer.set_result(result)

    async def _done(self, asked: Sequence[Asked]) -> Sequence[Done | Exception]:
        try:
            return await to_thread.run_sync(self._work, asked, limiter=self._limiter)
        except Exception as error:  # noqa: BLE001 - raised to whoever asked
            if len(asked) == 1 or isinstance(error, self._shared_errors):
                return [error] * len(asked)
            return [result for one in asked for result in await self._done([one])]

    def _next(self) -> list[tuple[Asked, asyncio.Future[Done]]]:
        taken = [self._waiting.popleft()]
        total = self._size(taken[0][0])
        while self._waiting and total + self._size(self._waiting[0][0]) <= self._most:
            taken.append(self._waiting.popleft())
            total += self._size(taken[-1][0])
        return taken
