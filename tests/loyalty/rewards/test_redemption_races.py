"""The last ones of a reward: however many press at once, in however many accounts, no one too many is promised."""

import datetime as dt
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from loyalty.rewards import redemptions
from loyalty.rewards.errors import AlreadyDecidedError, RanOutError
from loyalty.rewards.redemption_queries import RedemptionState
from tests.support.redemptions import TODAY, Redeeming
from tests.support.usage import NOW

WORKERS, SEATS, ROUNDS = 16, 10, 200
DECIDED = 10
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
    retried: list[float] = []
    racing.database.sleep = retried.append

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
    assert (racing.taken("course"), retried) == (ROUNDS * SEATS, [])
    racing.holds()


def test_managers_who_press_at_once_make_one_decision(redeeming: Redeeming) -> None:
    """Four of them, two for and two against, and the member who would rather have it back."""
    ania = redeeming.member(points=400 * DECIDED)
    redeeming.set_stock("course", total=None)
    managers = [redeeming.manager(f"m{number}") for number in range(4)]
    posting = redeeming.as_author("northwind", "person:1")
    together = threading.Barrier(len(managers) + 1)

    def press(who: int, number: int) -> str:
        def decide(session: Session) -> RedemptionState:
            if who == len(managers):
                return redemptions.cancel(session, posting, number, person_id=ania)
            if who % 2:
                return redemptions.decline(session, posting, number, by=managers[who], words="No")
            return redemptions.approve(session, posting, number, by=managers[who])

        together.wait()
        try:
            return redeeming.database.write({posting.account_id}, decide).state
        except AlreadyDecidedError as error:
            return f"already {error.state}"

    with ThreadPoolExecutor(together.parties) as threads:
        for _ in range(DECIDED):
            asked = redeeming.ask("course").id
            told = Counter(threads.map(press, range(together.parties), [asked] * together.parties))
            [state] = [each for each in told if not each.startswith("already")]
            assert told == {state: 1, f"already {state}": together.parties - 1}
    settled = Counter(redeeming.states())
    held = 400 * settled["approved"]
    assert redeeming.balances().get("ania held", 0) == held
    assert redeeming.balances().get("ania", 0) == 400 * DECIDED - held
    redeeming.holds()


def test_whatever_is_given_back_meets_the_stock_of_all_accounts_in_one_order(redeeming: Redeeming) -> None:
    """Two transactions that hold a row each and want the other's would wait in a ring: so rows are taken by key."""
    redeeming.member(points=10_000)
    redeeming.own_terms("swag", {"cost": 61})
    for reward in ("swag", "course"):
        redeeming.ask(reward)
    later, account_id = NOW + dt.timedelta(days=30), redeeming.account_id()
    stock: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("UPDATE reward_stock"):
            given = parameters.values() if isinstance(parameters, dict) else parameters
            stock.extend(value for value in given if value in {"swag", "course"})

    event.listen(redeeming.database.engine, "before_cursor_execute", note)
    redeeming.database.write({account_id}, lambda session: redemptions.expire_due(session, account_id, now=later))
    event.remove(redeeming.database.engine, "before_cursor_execute", note)
    assert stock == ["course", "swag"]
    redeeming.holds()
