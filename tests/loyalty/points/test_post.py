"""The ledger's promises, whatever happens in whatever order: a state machine on both databases, two clients in each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from loyalty.points import corrections, holds
from loyalty.points.corrections import NotReversibleError
from loyalty.points.holds import HoldSettledError
from loyalty.points.post import LedgerContext, NotEnoughPointsError
from loyalty.usage.record import Recorded, Replayed, UsageEvent
from loyalty.verify.ledger import verify
from storage.database import OPERATOR, Database
from storage.tables import Score, Transfer, Wallet
from tests.support.state_machines import run_on_fresh_databases
from tests.support.usage import NOW, Earning, event

T = TypeVar("T")
PROGRAMME = """
earn:
  - {key: report, event: Report Scheduled, points: 15, limit: {points: 40, per: day}}
  - {key: rows, event: Report Scheduled, points: {each: 10, of: rows, worth: 1}}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
milestones: [{key: hundred, when: {points: 100}, badge: Hundred}]
"""
PEOPLE = st.sampled_from(["ania", "jan"])
CLIENTS = st.sampled_from(["northwind", "fulton"])
DAY = dt.date(2026, 3, 20)


class DeadlockError(Exception):
    """What the driver says of a deadlock."""

    sqlstate = "40P01"


class Ledger(RuleBasedStateMachine):
    """Random work on two clients' ledgers, beside a model that keeps one number a wallet."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.earning = Earning(self.database)
        self.earning.under(PROGRAMME)
        self.events: list[UsageEvent] = []
        self.net: dict[tuple[str, str], int] = defaultdict(int)
        self.held: dict[tuple[str, str], int] = defaultdict(int)
        self.keys = 0

    @rule(client=CLIENTS, person=PEOPLE, rows=st.integers(0, 300), shared=st.booleans(), hours=st.integers(0, 100))
    def earn(self, client: str, person: str, rows: int, hours: int, *, shared: bool) -> None:
        at = (NOW - dt.timedelta(hours=hours)).isoformat()
        used = event("Dashboard Shared" if shared else "Report Scheduled", at, by=person, account=client, rows=rows)
        [outcome] = self.earning.record([used])
        assert isinstance(outcome, Recorded)
        for award in outcome.awards:
            self.net[client, person if award.to == "person" else "pool"] += award.points
        self.events.append(used)

    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        if self.events:
            assert self.earning.record([data.draw(st.sampled_from(self.events))]) == [Replayed()]

    @rule(client=CLIENTS, person=PEOPLE, points=st.integers(-60, 60).filter(bool), twice=st.booleans())
    def adjust(self, client: str, person: str, points: int, *, twice: bool) -> None:
        if not self._known(client, person):
            return
        self.keys += 1
        person_id = self.earning.person(person, client)
        for _ in range(1 + twice):
            self._write(
                client,
                lambda session, posting: corrections.adjust_points(
                    session,
                    posting,
                    person_id=person_id,
                    points=points,
                    reason="a slip",
                    local_day=DAY,
                    key=str(self.keys),
                ),
            )
        self.net[client, person] += points

    @rule(client=CLIENTS, data=st.data())
    def reverse(self, client: str, data: st.DataObject) -> None:
        transfers = self.earning.transfers(client)
        if not transfers:
            return
        original = data.draw(st.sampled_from(transfers))
        reversed_already = {each.reverses_id for each in transfers}

        def reverse(session: Session, posting: LedgerContext) -> int:
            return corrections.reverse_transfers(session, posting, transfer_id=original.id, reason="counted twice")

        if original.kind in corrections.REVERSIBLE and original.id not in reversed_already:
            self._write(client, reverse)
            for wallet_id, sign in ((original.from_id, 1), (original.to_id, -1)):
                kind, who = self._wallet(client, wallet_id)
                if kind in {"person", "pool"}:
                    self.net[client, who or "pool"] += sign * original.points
        else:
            with pytest.raises(NotReversibleError):
                self._write(client, reverse)

    @rule(client=CLIENTS, person=PEOPLE, points=st.integers(1, 80))
    def hold(self, client: str, person: str, points: int) -> None:
        if not self._known(client, person):
            return
        self.keys += 1
        person_id = self.earning.person(person, client)

        def hold(session: Session, posting: LedgerContext) -> int:
            cause = ("trial", self.keys)
            return holds.hold_points(session, posting, person_id=person_id, points=points, cause=cause, day=DAY)

        if points <= self.net[client, person]:
            self._write(client, hold)
            self.net[client, person] -= points
            self.held[client, person] += points
        else:
            with pytest.raises(NotEnoughPointsError):
                self._write(client, hold)

    @rule(client=CLIENTS, capture=st.booleans(), data=st.data())
    def settle(self, client: str, data: st.DataObject, *, capture: bool) -> None:
        transfers = self.earning.transfers(client)
        held = [each for each in transfers if each.kind == "hold"]
        if not held:
            return
        one = data.draw(st.sampled_from(held))
        verb = holds.capture_hold if capture else holds.release_hold

        def settle(session: Session, posting: LedgerContext) -> int:
            return verb(session, posting, hold_id=one.id, day=DAY)

        if any(each.cause_id == one.id and each.kind in {"capture", "release"} for each in transfers):
            with pytest.raises(HoldSettledError):
                self._write(client, settle)
            return
        self._write(client, settle)
        _, person = self._wallet(client, one.from_id)
        self.held[client, person or ""] -= one.points
        if not capture:
            self.net[client, person or ""] += one.points

    @invariant()
    def wallets_are_as_the_model_says_and_the_audit_holds(self) -> None:
        for client in ("northwind", "fulton"):
            for (kind, who), (balance, owed) in self.earning.wallets(client).items():
                expected = self.held[client, who or ""] if kind == "person_held" else self.net[client, who or "pool"]
                if kind != "pool_held":
                    assert (balance - owed, balance * owed) == (expected, 0), (client, kind, who)
        assert self.database.read(OPERATOR, lambda session: verify(session, week_starts="monday")) == []

    def _known(self, client: str, person: str) -> bool:
        return ("person", person) in self.earning.wallets(client)

    def _wallet(self, client: str, wallet_id: int) -> tuple[str, str | None]:
        wanted = select(Wallet.kind, Wallet.person_id).where(
            col(Wallet.account_id) == self.earning.account(client).id, col(Wallet.id) == wallet_id
        )
        kind, person_id = self.earning.operate(lambda session: session.exec(wanted).one())
        names = {self.earning.person(name, client): name for name in ("ania", "jan") if self._known(client, name)}
        return kind, None if person_id is None else names[person_id]

    def _write(self, client: str, verb: Callable[[Session, LedgerContext], T]) -> T:
        """Do it as a server does: now and then the first attempt meets a deadlock, and everything runs again."""
        posting = self.earning.posting(client)
        attempts = iter([DeadlockError(), None] if self.keys % 3 == 0 else [None])

        def work(session: Session) -> T:
            result = verb(session, posting)
            if (error := next(attempts)) is not None:
                session.flush()
                raise OperationalError("COMMIT", None, error)
            return result

        return self.database.write({posting.account_id}, work)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_ledger_holds_whatever_happens(kind: str, request: pytest.FixtureRequest, tmp_path: Any) -> None:
    database: Database = request.getfixturevalue(f"{kind}_database")
    run_on_fresh_databases(Ledger, database, tmp_path, examples=12, steps=25)


def test_scores_follow_what_was_earned_and_corrected_and_nothing_else(earning: Earning) -> None:
    earning.under(PROGRAMME)
    earning.use("Report Scheduled", "2026-03-02T12:00:00+01:00", rows=100)
    earning.use("Report Scheduled", account="fulton", rows=100)
    posting = earning.posting()
    person_id = earning.person("ania")

    def work(session: Session) -> None:
        facts: dict[str, Any] = {"reason": "late report", "local_day": DAY, "person_id": person_id}
        corrections.adjust_points(session, posting, points=10, key="1", **facts)
        corrections.adjust_points(session, posting, points=-4, key="2", **facts)
        held = holds.hold_points(session, posting, person_id=person_id, points=20, cause=("trial", 1), day=DAY)
        holds.capture_hold(session, posting, hold_id=held, day=DAY)

    earning.database.write({posting.account_id}, work)
    assert earning.scores("day") == {("2026-03-02", "ania"): 25, ("2026-03-20", "ania"): 6}
    first = earning.transfers()[0]
    earning.database.write(
        {posting.account_id},
        lambda session: corrections.reverse_transfers(session, posting, transfer_id=first.id, reason="counted twice"),
    )
    # The reversal bears the original's day; what the balance lacks after spending is owed.
    assert earning.scores("day") == {("2026-03-02", "ania"): 10, ("2026-03-20", "ania"): 6}
    assert earning.wallets()["person", "ania"] == (0, 4)
    assert earning.scores("all", "fulton") == {("1970-01-01", "ania"): 25}
    earning.use("Report Scheduled", rows=0)
    assert earning.wallets()["person", "ania"] == (11, 0)


def test_a_reversal_gives_room_back_to_what_arrives_later(earning: Earning) -> None:
    earning.under("""
earn:
  - {key: capped, event: A, points: 20, limit: {points: 20, per: day}}
  - {key: once, event: B, points: 5, once: {each: feature}}
  - {key: calm, event: C, points: 3, cooldown: 1h}
""")

    def twice() -> list[dict[str, int]]:
        return [earning.use("A"), earning.use("B", feature="x"), earning.use("C")]

    assert twice() == [{"capped": 20}, {"once": 5}, {"calm": 3}]
    assert twice() == [{}, {}, {}]
    posting = earning.posting()
    for transfer in earning.transfers():
        earning.database.write(
            {posting.account_id},
            lambda session, transfer=transfer: corrections.reverse_transfers(  # type: ignore[misc]
                session, posting, transfer_id=transfer.id, reason="a slip"
            ),
        )
    assert twice() == [{"capped": 20}, {"once": 5}, {"calm": 3}]
    assert twice() == [{}, {}, {}]


def test_another_clients_transfer_cannot_be_reversed(earning: Earning) -> None:
    earning.under("earn: [{key: a, event: A, points: 20}]")
    earning.use("A", account="fulton")
    earning.use("A")
    theirs = earning.transfers("fulton")[0].id + 10_000
    posting = earning.posting()
    with pytest.raises(corrections.NoSuchTransferError, match="there is no transfer"):
        earning.database.write(
            {posting.account_id},
            lambda session: corrections.reverse_transfers(session, posting, transfer_id=theirs, reason="a slip"),
        )
    assert len(earning.transfers("fulton")) == 1


def test_a_correction_wants_a_reason_and_a_bounded_number(earning: Earning) -> None:
    earning.under("earn: [{key: a, event: A, points: 20}]")
    earning.use("A")
    posting, person_id = earning.posting(), earning.person("ania")
    for points, reason in ((0, "a slip"), (5, "  "), (10**10, "a slip")):
        with pytest.raises(corrections.BadCorrectionError):
            earning.database.write(
                {posting.account_id},
                lambda session, points=points, reason=reason: corrections.adjust_points(  # type: ignore[misc]
                    session, posting, person_id=person_id, points=points, reason=reason, local_day=DAY, key="k"
                ),
            )
    assert earning.operate(lambda session: session.exec(select(Score.points)).all()) == [20] * 6
    assert len(earning.operate(lambda session: session.exec(select(Transfer.id)).all())) == 1
