"""Whatever the order of what happens to requests: balances recompute, and what was held goes one way, once."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlmodel import col, select

from loyalty.rewards import redemptions
from loyalty.rewards.errors import CannotPayError, LimitReachedError, RanOutError, RewardError, WithdrawnError
from loyalty.rewards.redemptions import approve, cancel, decline, fulfil
from storage.database import Database
from storage.tables import Redemption
from tests.support.redemptions import EARN, Redeeming
from tests.support.state_machines import run_on_fresh_databases
from tests.support.usage import HEAD, NOW

PROGRAMME = (
    HEAD
    + EARN
    + """
value_cap: 100
rewards:
  - {key: course, kind: course, name: Course, worth: Know more, cost: 40, value: 9, stock: 2}
  - {key: swag, kind: swag, name: Notebook, worth: Write it down, cost: 15, value: 9, approval: {above: 15},
     limit: {times: 2, per: week}, wait: 1 days}
  - {key: report, kind: research_report, name: Report, worth: Know the market, cost: 10, value: 0, stock: 3,
     approval: {above: 20}, fulfilled: at_once}
  - {key: workshop, kind: onboarding, name: Workshop, worth: Start together, cost: 30, value: 9, paid_by: pool,
     stock: 2, wait: 2 days}
"""
)
REWARDS = {"course": 40, "swag": 15, "report": 10, "workshop": 30}
PAYS = {"course": "person", "swag": "person", "report": "person", "workshop": "pool"}
CLIENTS = st.sampled_from(["northwind", "fulton"])
PEOPLE = st.sampled_from(["ania", "jan"])
REWARD = st.sampled_from(list(REWARDS))
ENDS = {"requested": 1, "approved": 1, "fulfilled": 1, "declined": 0, "cancelled": 0, "expired": 0}
"""Whether a state counts for the stock."""


class Requests(RuleBasedStateMachine):
    """Random requests and decisions in two clients, beside a model of what each may do and what it moves."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.world = Redeeming(self.database)
        self.world.under(PROGRAMME)
        self.ids = {}
        self.managers = {}
        self.have: dict[tuple[str, str], int] = {}
        for client in ("northwind", "fulton"):
            for who in ("ania", "jan"):
                self.ids[client, who] = self.world.member(who, client, points=100, role="champion")
                self.have[client, who] = 100
            self.world.pool(70, client)
            self.have[client, "pool"] = 70
            self.managers[client] = self.world.manager("ewa", client)
        self.stock: dict[str, int | None] = {"course": 2, "swag": None, "report": 3, "workshop": 2}
        self.withdrawn: set[str] = set()
        self.model: dict[tuple[str, int], dict[str, Any]] = {}
        self.now = NOW

    @rule(client=CLIENTS, who=PEOPLE, reward=REWARD, twice=st.booleans())
    def ask(self, client: str, who: str, reward: str, *, twice: bool) -> None:
        key = f"press-{len(self.model)}"
        given: dict[str, Any] = {"key": key, "now": self.now, "today": self.now.date()}
        refusal = self._refusal(client, who, reward)
        if refusal is not None:
            with pytest.raises(RewardError) as refused:
                self.world.ask(reward, who, client, **given)
            assert type(refused.value) is refusal
            return
        asked = self.world.ask(reward, who, client, **given)
        state = {"swag": "approved", "report": "fulfilled"}.get(reward, "requested")
        self.model[client, asked.id] = {"who": who, "reward": reward, "state": state, "day": self.now.date()}
        self.have[client, self._payer(who, reward)] -= REWARDS[reward]
        if twice:
            assert self.world.ask(reward, who, client, **given) == asked

    @rule(data=st.data(), verb=st.sampled_from([approve, decline, fulfil, cancel]), again=st.booleans())
    def decide(self, data: st.DataObject, verb: Any, *, again: bool) -> None:
        if not self.model:
            return
        client, number = data.draw(st.sampled_from(list(self.model)))
        one = self.model[client, number]
        wanted = {"approve": "requested", "decline": "requested", "cancel": "requested", "fulfil": "approved"}
        became = {"approve": "approved", "decline": "declined", "cancel": "cancelled", "fulfil": "fulfilled"}
        name = verb.__name__
        by: dict[str, Any] = {"by": self.managers[client], **({"words": "No"} if name == "decline" else {})}
        by = {"person_id": self.ids[client, one["who"]]} if name == "cancel" else by
        for _ in range(1 + again):
            before = one["state"]
            try:
                state = self.world.decide(verb, number, client, now=self.now, **by).state
            except RewardError:
                assert before != wanted[name]
                assert self._state(client, number) == before
                continue
            if before == wanted[name]:
                one["state"] = became[name]
                if name in {"decline", "cancel"}:
                    self._give_back(client, one)
            # Where it was no change, it was that decision already.
            assert state == one["state"]

    @rule(days=st.integers(0, 9), client=CLIENTS)
    def wait(self, days: int, client: str) -> None:
        self.now += dt.timedelta(days=days)
        waits = {"course": 14, "workshop": 2}
        account_id, due = self.world.account_id(client), 0
        for (where, number), one in self.model.items():
            if where == client and one["state"] == "requested":
                asked_at = self._asked_at(client, number)
                if asked_at + dt.timedelta(days=waits[one["reward"]]) <= self.now:
                    one["state"] = "expired"
                    self._give_back(client, one)
                    due += 1
        run = self.database.write
        assert run({account_id}, lambda s: redemptions.expire_due(s, account_id, now=self.now)) == due

    @rule(reward=REWARD, total=st.none() | st.integers(0, 4), withdrawn=st.booleans())
    def change_stock(self, reward: str, total: int | None, *, withdrawn: bool) -> None:
        self.world.set_stock(reward, total=total, withdrawn=withdrawn)
        self.stock[reward] = total
        (self.withdrawn.add if withdrawn else self.withdrawn.discard)(reward)

    @rule(client=CLIENTS, who=PEOPLE, points=st.integers(1, 30), pool=st.booleans())
    def earn(self, client: str, who: str, points: int, *, pool: bool) -> None:
        if pool:
            self.world.pool(points, client, by=who)
        else:
            self.world.use("Worked", by=who, account=client, n=points)
        self.have[client, "pool" if pool else who] += points

    @invariant()
    def wallets_states_and_stock_are_as_the_model_says(self) -> None:
        for client in ("northwind", "fulton"):
            expected = {name: have for (where, name), have in self.have.items() if where == client}
            for (where, _), one in self.model.items():
                if where == client and one["state"] in {"requested", "approved"}:
                    held = f"{self._payer(one['who'], one['reward'])} held"
                    expected[held] = expected.get(held, 0) + REWARDS[one["reward"]]
            assert self.world.balances(client) == {name: points for name, points in expected.items() if points}
            states = [one["state"] for (where, _), one in self.model.items() if where == client]
            assert self.world.states(client) == states
        for reward in REWARDS:
            assert self.world.taken(reward) == self._taken(reward)
        self.world.holds()

    def _refusal(self, client: str, who: str, reward: str) -> type[RewardError] | None:
        """Return why a request is refused now, by the model; None where it is granted."""
        stock = self.stock[reward]
        if reward in self.withdrawn:
            return WithdrawnError
        if reward == "swag" and self._had(client, who) >= 2:
            return LimitReachedError
        if stock is not None and self._taken(reward) >= stock:
            return RanOutError
        return CannotPayError if self.have[client, self._payer(who, reward)] < REWARDS[reward] else None

    def _had(self, client: str, who: str) -> int:
        monday = self.now.date() - dt.timedelta(days=self.now.weekday())
        return sum(
            where == client and one["who"] == who and one["reward"] == "swag" and one["day"] >= monday
            for (where, _), one in self.model.items()
            if ENDS[one["state"]]
        )

    def _taken(self, reward: str) -> int:
        return sum(ENDS[one["state"]] for one in self.model.values() if one["reward"] == reward)

    def _give_back(self, client: str, one: dict[str, Any]) -> None:
        self.have[client, self._payer(one["who"], one["reward"])] += REWARDS[one["reward"]]

    def _payer(self, who: str, reward: str) -> str:
        return "pool" if PAYS[reward] == "pool" else who

    def _state(self, client: str, number: int) -> str:
        return self._row(client, number).state

    def _asked_at(self, client: str, number: int) -> dt.datetime:
        return self._row(client, number).requested_at

    def _row(self, client: str, number: int) -> Redemption:
        own = (col(Redemption.account_id) == self.world.account_id(client), col(Redemption.id) == number)
        return self.world.look(lambda session: session.exec(select(Redemption).where(*own)).one())


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_requests_hold_whatever_happens(kind: str, request: pytest.FixtureRequest, tmp_path: Any) -> None:
    database: Database = request.getfixturevalue(f"{kind}_database")
    run_on_fresh_databases(Requests, database, tmp_path, examples=8, steps=25)
