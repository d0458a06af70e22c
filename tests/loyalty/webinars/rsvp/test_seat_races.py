"""Ten seats, sixteen who press at once, some who leave and come back: never eleven, and the list keeps its order."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import col, select

from loyalty.webinars.details import Answer
from loyalty.webinars.outbox.kinds import SEAT_KIND
from loyalty.webinars.rsvp.rsvp import rsvp
from loyalty.webinars.rsvp.waitlist import promote_waitlist
from storage.database import OPERATOR
from storage.tables import Webinar, WebinarRsvp
from tests.loyalty.webinars.builders import Inviting
from tests.support.usage import NOW

WORKERS, SEATS, ROUNDS = 16, 10, 200
ACCOUNTS = ("northwind", "fulton")


def test_of_ten_seats_never_eleven_are_taken_however_many_leave_and_come_back(inviting: Inviting) -> None:
    for worker in range(WORKERS):
        inviting.member(f"u{worker}", ACCOUNTS[worker % 2], points=1)
    inviting.announce(seats=SEATS)
    accounts = [inviting.account_id(ACCOUNTS[worker % 2]) for worker in range(WORKERS)]
    people = [inviting.person(f"u{worker}", ACCOUNTS[worker % 2]) for worker in range(WORKERS)]
    together = threading.Barrier(WORKERS)
    retried: list[float] = []
    inviting.database.sleep = retried.append
    write = inviting.database.write

    def press(worker: int, answer: Answer) -> None:
        together.wait()
        state = write(
            {accounts[worker]},
            lambda session: rsvp(session, accounts[worker], "reports", people[worker], answer, now=NOW),
        )
        if state.frees_seat:
            write(OPERATOR, lambda session: promote_waitlist(session, "reports", now=NOW))

    dice, before = random.Random(7), [0]  # noqa: S311 - a test's own dice
    came: Counter[str] = Counter()
    with ThreadPoolExecutor(WORKERS) as threads:
        for _ in range(ROUNDS // WORKERS):
            answers: list[Answer] = [dice.choice(["going", "going", "declined", "maybe"]) for _ in range(WORKERS)]
            list(threads.map(press, range(WORKERS), answers))
            write(OPERATOR, lambda session: promote_waitlist(session, "reports", now=NOW))
            row, going, waiting = _standing(inviting)
            assert row.seats_taken == going <= SEATS
            assert row.waitlist == waiting == sorted(waiting)
            assert going == SEATS or not waiting
            assert row.last_ticket >= before[-1]
            before.append(row.last_ticket)
    for account in ACCOUNTS:
        came.update(message.key for message in inviting.sent(SEAT_KIND, account))
    assert set(came.values()) <= {1}
    assert retried == []


def _standing(inviting: Inviting) -> tuple[Webinar, int, list[int]]:
    wanted = select(WebinarRsvp).where(col(WebinarRsvp.webinar) == "reports").order_by(col(WebinarRsvp.ticket))
    rows = inviting.look(lambda session: session.exec(wanted).all())
    waiting = [row.ticket for row in rows if row.ticket is not None]
    return inviting.row(), sum(row.answer == "going" for row in rows), waiting
