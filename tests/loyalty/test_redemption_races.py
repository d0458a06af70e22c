"""The last ones of a reward: however many press at once, in however many accounts, no one too many is promised."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session

from loyalty import redemptions
from loyalty.redeemed import RedemptionState
from loyalty.reward_refusals import RanOutError
from tests.redeeming import TODAY, Redeeming

WORKERS, SEATS, ROUNDS = 16, 10, 200
ACCOUNTS = ("northwind", "fulton")


@pytest.fixture
def racing(redeeming: Redeeming) -> Redeeming:
    """Eight members in each account, each with points for all the rounds."""
    for worker in range(WORKERS):
        redeeming.member(f"u{worker}", ACCOUNTS[worker % 2], points=ROUNDS * 400)
    return redeeming


def test_of_the_last_ten_exactly_ten_are_granted_two_hundred_times(racing: Redeeming) -> None:
    """Sixteen workers in two accounts press at once; the others are told that none is left, and nothing else."""
    postings = [racing.as_author(ACCOUNTS[worker % 2], f"person:{worker}") for worker in range(WORKERS)]
    people = [racing.person(f"u{worker}", ACCOUNTS[worker % 2]) for worker in range(WORKERS)]
    together = threading.Barrier(WORKERS)

    def press(worker: int, turn: int) -> str:
        def ask(session: Session) -> RedemptionState:
            return redemptions.redeem(
                session, postings[worker], person_id=people[worker], reward="course", key=str(turn), today=TODAY
            )

        together.wait()
        try:
            return racing.database.write({postings[worker].account_id}, ask).state
        except RanOutError:
            return "ran out"

    granted = []
    with ThreadPoolExecutor(WORKERS) as threads:
        for turn in range(ROUNDS):
            racing.set_stock("course", total=turn * SEATS + SEATS)
            granted.append(Counter(threads.map(press, range(WORKERS), [turn] * WORKERS)))
    assert granted == [{"requested": SEATS, "ran out": WORKERS - SEATS}] * ROUNDS
    assert racing.taken("course") == ROUNDS * SEATS
    racing.holds()
