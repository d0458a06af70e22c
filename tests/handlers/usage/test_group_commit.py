import asyncio
import threading
from collections.abc import Sequence

import pytest
from anyio import CapacityLimiter

from handlers.usage.group_commit import Coalescer


class Doubling:
    """Doubles numbers, a round at a time; the first round lasts until `go` is set."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def work(self, asked: Sequence[int]) -> list[int | Exception]:
        self.rounds.append(list(asked))
        self.begun.set()
        self.go.wait(5)
        if 13 in asked:
            raise RuntimeError("thirteen")
        return [ValueError("odd") if number % 2 else 2 * number for number in asked]


def _all(
    doubling: Doubling, *numbers: int, most: int = 100, shared_errors: tuple[type[Exception], ...] = ()
) -> list[int | BaseException]:
    async def ask() -> list[int | BaseException]:
        limiter = CapacityLimiter(1)
        rounds = Coalescer(
            doubling.work, limiter=limiter, most=most, size=lambda number: number, shared_errors=shared_errors
        )
        first = asyncio.create_task(rounds.ask(numbers[0]))
        await asyncio.to_thread(doubling.begun.wait, 5)
        others = [asyncio.create_task(rounds.ask(number)) for number in numbers[1:]]
        await asyncio.sleep(0)
        doubling.go.set()
        return await asyncio.gather(first, *others, return_exceptions=True)

    return asyncio.run(ask())


def test_what_comes_meanwhile_goes_together_and_each_gets_its_own_answer() -> None:
    doubling = Doubling()
    assert (_all(doubling, 2, 4, 6, 8), doubling.rounds) == ([4, 8, 12, 16], [[2], [4, 6, 8]])


def test_a_round_takes_no_more_than_it_may_but_always_one() -> None:
    doubling = Doubling()
    assert _all(doubling, 2, 6, 4, 400, 2, most=10) == [4, 12, 8, 800, 4]
    assert doubling.rounds == [[2], [6, 4], [400], [2]]


def test_an_error_of_one_is_raised_to_that_one() -> None:
    found = _all(Doubling(), 2, 3, 4)
    assert [found[0], str(found[1]), found[2]] == [4, "odd", 8]


def test_where_a_round_fails_each_in_it_is_tried_alone_and_the_next_one_goes_on() -> None:
    doubling = Doubling()
    found = _all(doubling, 2, 4, 13, 1, 6, most=18)
    assert [str(one) for one in found] == ["4", "8", "thirteen", "odd", "12"]
    assert doubling.rounds == [[2], [4, 13, 1], [4], [13], [1], [6]]


def test_what_would_meet_everybody_is_not_tried_again() -> None:
    doubling = Doubling()
    found = _all(doubling, 2, 4, 13, 6, most=18, shared_errors=(RuntimeError,))
    assert [str(one) for one in found] == ["4", "thirteen", "thirteen", "12"]
    assert doubling.rounds == [[2], [4, 13], [6]]


def test_whoever_goes_away_holds_nobody_up() -> None:
    doubling = Doubling()

    async def ask() -> int:
        rounds = Coalescer(doubling.work, limiter=CapacityLimiter(1), most=10)
        gone = asyncio.create_task(rounds.ask(2))
        await asyncio.to_thread(doubling.begun.wait, 5)
        gone.cancel()
        other = asyncio.create_task(rounds.ask(4))
        await asyncio.sleep(0)
        doubling.go.set()
        with pytest.raises(asyncio.CancelledError):
            await gone
        return await other

    assert asyncio.run(ask()) == 8
