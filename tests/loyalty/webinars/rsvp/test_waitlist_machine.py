"""Whatever the order of answers, promotions and changes of seats: a model in plain lists says the same."""

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from loyalty.webinars.changes import WebinarEdit, edit_webinar
from loyalty.webinars.outbox.kinds import SEAT_KIND
from storage.database import Database
from tests.loyalty.webinars.builders import AUTHOR, Inviting
from tests.support.state_machines import run_on_fresh_databases
from tests.support.usage import NOW

PEOPLE = [("northwind", "ania"), ("northwind", "jan"), ("fulton", "tom"), ("fulton", "sue")]
WHO = st.sampled_from(PEOPLE)


class Answers(RuleBasedStateMachine):
    """Random answers in two clients beside a model: who has a seat, who waits in which order."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.world = Inviting(self.database)
        self.world.under()
        self.ids = {who: self.world.member(who[1], who[0], points=1) for who in PEOPLE}
        self.world.announce(seats=2)
        self.seats, self.going, self.waiting, self.promoted = 2, set[Any](), list[Any](), 0

    @rule(who=WHO)
    def come(self, who: tuple[str, str]) -> None:
        state = self.world.answer(who[1], "going", who[0])
        if who not in self.going and who not in self.waiting:
            if len(self.going) < self.seats and not self.waiting:
                self.going.add(who)
            else:
                self.waiting.append(who)
        assert state.answer == ("going" if who in self.going else "waitlisted")
        assert state.is_next == (self.waiting[:1] == [who])

    @rule(who=WHO, answer=st.sampled_from(["declined", "maybe"]))
    def leave(self, who: tuple[str, str], answer: Any) -> None:
        state = self.world.answer(who[1], answer, who[0])
        self.going.discard(who)
        self.waiting = [each for each in self.waiting if each != who]
        assert state.answer == answer
        assert state.frees_seat == (bool(self.waiting) and len(self.going) < self.seats)

    @rule()
    def promote(self) -> None:
        free = max(0, self.seats - len(self.going))
        first, self.waiting = self.waiting[:free], self.waiting[free:]
        self.going |= set(first)
        self.promoted += len(first)
        assert self.world.promote() == [self.ids[who] for who in first]

    @rule(seats=st.integers(1, 4))
    def change_seats(self, seats: int) -> None:
        edit = WebinarEdit(seats=seats)
        self.world.operate(lambda session: edit_webinar(session, "reports", edit, author=AUTHOR, now=NOW))
        self.seats = seats

    @invariant()
    def rows_are_as_the_model_says(self) -> None:
        row = self.world.row()
        assert (row.seats_taken, len(row.waitlist)) == (len(self.going), len(self.waiting))
        assert row.waitlist == sorted(row.waitlist)
        told = [message.key for account in ("northwind", "fulton") for message in self.world.sent(SEAT_KIND, account)]
        assert len(told) == len(set(told)) == self.promoted


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_seats_and_the_list_hold_whatever_happens(kind: str, request: pytest.FixtureRequest, tmp_path: Any) -> None:
    database: Database = request.getfixturevalue(f"{kind}_database")
    run_on_fresh_databases(Answers, database, tmp_path, examples=6, steps=20)
