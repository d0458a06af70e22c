"""A few are answered at a time, in their order; whoever only waits lets the next one begin."""

import asyncio
import threading
import time

import pytest

from bot.web.concurrency import RequestSlots


class Crowd:
    """Counts who is inside at the same time."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.came: list[int] = []
        self._lock = threading.Lock()

    def pass_through(self, number: int) -> int:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.came.append(number)
        time.sleep(0.005)
        with self._lock:
            self.inside -= 1
        return number


def test_so_many_are_answered_at_a_time_in_the_order_they_came() -> None:
    crowd = Crowd()

    async def everybody() -> list[int]:
        turns = RequestSlots(2, moment=60)
        return await asyncio.gather(*(turns.run(crowd.pass_through, number) for number in range(20)))

    assert asyncio.run(everybody()) == list(range(20))
    assert crowd.most == 2
    assert set(crowd.came[:2]) == {0, 1}


def test_whoever_waits_for_somebody_else_lets_the_next_begin() -> None:
    go_on = threading.Event()

    async def behind_the_slow() -> str:
        turns = RequestSlots(1, moment=0.01)
        slow = asyncio.create_task(turns.run(go_on.wait))
        quick = await asyncio.wait_for(turns.run(lambda: "answered"), timeout=20)
        go_on.set()
        assert await slow
        return quick

    assert asyncio.run(behind_the_slow()) == "answered"


def test_a_turn_that_was_passed_on_is_given_back_once() -> None:
    crowd = Crowd()

    async def after_the_slow() -> None:
        turns = RequestSlots(1, moment=0.3)
        await turns.run(time.sleep, 0.4)
        await asyncio.gather(*(turns.run(crowd.pass_through, number) for number in range(6)))

    asyncio.run(after_the_slow())
    assert crowd.most == 1


def test_where_it_fails_the_next_one_has_its_turn() -> None:
    def fail() -> None:
        raise ValueError("broken")

    async def both() -> str:
        turns = RequestSlots(1, moment=60)
        with pytest.raises(ValueError, match="broken"):
            await turns.run(fail)
        return await turns.run(lambda: "answered")

    assert asyncio.run(both()) == "answered"
