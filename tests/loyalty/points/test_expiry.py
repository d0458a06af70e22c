"""Points that run out, on both databases, two clients."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select, update

from loyalty.members.join import leave
from loyalty.points.corrections import NotReversibleError, PastTermError, adjust_points, reverse_transfers
from loyalty.points.expiry import due, expire_points, wants_expiry
from loyalty.points.expiry_notice import ExpiringPoints, ExpiryFacts, expiring, expiry_facts, notify_expiry
from loyalty.points.holds import capture_hold, hold_points, release_hold
from loyalty.points.post import NotEnoughPointsError
from loyalty.programme.versions import in_force
from loyalty.verify.ledger import verify
from storage.outbox import Drop, Later, as_claimed
from storage.tables import Member, Outgoing
from tests.support.usage import Earning, event

HEAD = """\
programme: {name: Orbit Champions, week_starts: monday, points_expire: TERM}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw}
  - {key: fulton, name: Fulton & Reed, timezone: America/New_York}
earn:
  - {key: report, event: Report Scheduled, points: 10}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
"""
BEGIN = dt.datetime(2025, 1, 15, 9, tzinfo=dt.UTC)
NOON = dt.time(12, tzinfo=dt.UTC)
AT_FAR_END = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


@dataclass
class Ageing:
    """Two clients whose points run out after a year; `now` is the moment at which everything happens."""

    earning: Earning
    now: dt.datetime = BEGIN
    serial: int = field(default=0)
    delivers: bool = True
    """Whether what is to be told reaches Slack at once."""

    def under(self, term: str) -> None:
        """Apply the programme with another term."""
        self.earning.under(HEAD.replace("TERM", term), now=self.now)

    def on(self, day: str) -> None:
        """Let it be noon, in London, of a day."""
        self.now = dt.datetime.combine(dt.date.fromisoformat(day), NOON)

    def earns(self, times: int = 1, by: str = "ania", key: str = "northwind", name: str = "Report Scheduled") -> None:
        """Let somebody earn 10 points so many times."""
        at = self.now.isoformat()
        self.earning.record([event(name, at, by=by, account=key) for _ in range(times)], now=self.now)

    def joins(self, who: str = "ania", key: str = "northwind") -> None:
        """Make somebody a member, now."""
        account_id, person = self.earning.account(key).id or 0, self.earning.person(who, key)
        member = Member(
            account_id=account_id, person_id=person, team_id="T1", user_id=f"U_{who}_{key}", terms="1",
            joined_at=self.now,
        )  # fmt: skip
        self.earning.database.write({account_id}, lambda session: session.merge(member))

    def corrects(self, points: int, by: str = "ania") -> int:
        """Give or take points by hand; return the transfer."""
        self.serial += 1
        posting, person, key = self.earning.posting(now=self.now), self.earning.person(by), str(self.serial)
        return self.earning.database.write(
            {posting.account_id},
            lambda session: adjust_points(
                session, posting, person_id=person, points=points, reason="so", local_day=self.now.date(), key=key
            ),
        )

    def reverses(self, transfer_id: int) -> int:
        """Take a transfer back."""
        posting = self.earning.posting(now=self.now)
        return self.earning.database.write(
            {posting.account_id},
            lambda session: reverse_transfers(session, posting, transfer_id=transfer_id, reason="so"),
        )

    def holds(self, points: int, by: str = "ania") -> int:
        """Set points aside; return the hold."""
        self.serial += 1
        posting, person, cause = self.earning.posting(now=self.now), self.earning.person(by), ("test", self.serial)
        return self.earning.database.write(
            {posting.account_id},
            lambda session: hold_points(
                session, posting, person_id=person, points=points, cause=cause, day=self.now.date()
            ),
        )

    def settles(self, hold_id: int, *, back: bool) -> None:
        """Give what was held back, or spend it."""
        posting, settle = self.earning.posting(now=self.now), release_hold if back else capture_hold
        self.earning.database.write(
            {posting.account_id}, lambda session: settle(session, posting, hold_id=hold_id, day=self.now.date())
        )

    def ticks(self, key: str = "northwind") -> int:
        """Do what is done by the hour; return how many were told."""
        account_id = self.earning.account(key).id or 0
        told = self.earning.database.write({account_id}, lambda s: notify_expiry(s, account_id, now=self.now))
        if self.delivers:
            said = update(Outgoing).where(col(Outgoing.state) == "waiting").values(state="sent", settled_at=self.now)
            self.earning.database.write({account_id}, lambda session: session.execute(said))
        while self.earning.database.write({account_id}, lambda s: expire_points(s, account_id, now=self.now)):
            pass
        return told

    def expired(self, key: str = "northwind") -> list[tuple[int, str]]:
        """What ran out: points and the local day."""
        return [(row.points, row.local_day.isoformat()) for row in self.earning.transfers(key) if row.kind == "expire"]

    def line(self, by: str = "ania", key: str = "northwind") -> ExpiringPoints | None:
        """What somebody sees of it beside their points."""
        account_id, person, today = self.earning.account(key).id or 0, self.earning.person(by, key), self.now.date()
        return self.earning.database.read(
            {account_id},
            lambda session: expiring(session, account_id, person, in_force(session).programme, today=today),
        )

    def words(self) -> list[Outgoing]:
        """What waits to be told."""
        wanted = select(Outgoing).where(col(Outgoing.kind) == "expiry").order_by(col(Outgoing.id))
        return self.earning.look(lambda session: list(session.exec(wanted)))

    def says(self, row: Outgoing) -> ExpiryFacts | Drop | Later:
        """What a message says as it leaves."""
        return self.earning.database.read({row.account_id or 0}, lambda s: expiry_facts(s, as_claimed(row), self.now))

    def balance(self, who: str = "ania", key: str = "northwind") -> int:
        """What somebody has to spend."""
        return self.earning.wallets(key)["person", who][0]

    def sound(self) -> bool:
        """Whether the ledger holds."""
        return self.earning.look(lambda session: verify(session, week_starts="monday")) == []


@pytest.fixture
def ageing(earning: Earning) -> Ageing:
    """Ania of both clients has joined and earned 30 points in January 2025; 10 more came in June."""
    world = Ageing(earning)
    world.under("12 months")
    for key in ("northwind", "fulton"):
        world.now = BEGIN
        world.earns(3, key=key)
        world.joins(key=key)
        world.on("2025-06-10")
        world.earns(1, key=key)
    return world


def test_what_is_unspent_runs_out_on_the_first_of_the_month_after_its_term(ageing: Ageing) -> None:
    ageing.on("2026-01-01")
    assert ageing.ticks() == 0
    assert ageing.line() is None
    ageing.on("2026-01-02")
    assert ageing.ticks() == 1
    assert ageing.ticks() == 0
    assert ageing.line() == ExpiringPoints(30, dt.date(2026, 2, 1))
    ageing.on("2026-01-31")
    ageing.ticks()
    assert ageing.expired() == []
    ageing.now = dt.datetime(2026, 1, 31, 22, 30, tzinfo=dt.UTC)
    ageing.ticks()
    assert ageing.expired() == []
    ageing.now = dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC)  # 00:30 on 1 February in Warsaw
    ageing.ticks()
    assert ageing.expired() == [(30, "2026-02-01")]
    assert (ageing.balance(), ageing.line(), ageing.earning.together()) == (10, None, 40)
    assert (ageing.expired("fulton"), ageing.balance(key="fulton")) == ([], 40)
    ageing.ticks()
    ageing.on("2026-02-20")
    ageing.ticks()
    assert ageing.expired() == [(30, "2026-02-01")]
    assert ageing.sound()


def test_it_is_told_once_in_a_direct_message_that_keeps_quiet_hours(ageing: Ageing) -> None:
    ageing.now = dt.datetime(2026, 1, 1, 23, 30, tzinfo=dt.UTC)
    assert ageing.ticks() == 1
    [row] = ageing.words()
    assert (row.user_id, row.category, row.due_at) == (
        "U_ania_northwind", "nudge", dt.datetime(2026, 1, 2, 7, tzinfo=dt.UTC),
    )  # fmt: skip
    assert ageing.says(row) == Later(row.due_at, "quiet hours")
    ageing.on("2026-01-02")
    said = ageing.says(row)
    assert isinstance(said, ExpiryFacts)
    assert said.expiring == ExpiringPoints(30, dt.date(2026, 2, 1))
    ageing.holds(30)
    assert ageing.says(row) == Drop("nothing runs out any more")
    assert ageing.line() is None


def test_what_was_held_back_until_too_late_does_not_run_out(ageing: Ageing) -> None:
    ageing.delivers = False
    ageing.on("2026-01-02")
    assert ageing.ticks() == 1
    [row] = ageing.words()
    assert row.good_until == dt.datetime(2026, 1, 23, 12, tzinfo=dt.UTC)
    ageing.on("2026-02-01")
    ageing.ticks()
    assert (ageing.expired(), ageing.balance()) == ([], 40)


def test_spending_takes_the_oldest_first(ageing: Ageing) -> None:
    ageing.on("2026-01-02")
    ageing.ticks()
    ageing.holds(25)
    ageing.on("2026-02-01")
    ageing.ticks()
    assert (ageing.expired(), ageing.balance()) == ([(5, "2026-02-01")], 10)


def test_nothing_runs_out_within_thirty_days_after_points_came_back(ageing: Ageing) -> None:
    held = ageing.holds(20)
    ageing.on("2026-01-02")
    assert ageing.ticks() == 1
    ageing.on("2026-01-10")
    ageing.settles(held, back=True)
    assert ageing.line() is None
    ageing.on("2026-02-01")
    assert ageing.ticks() == 1
    assert (ageing.expired(), ageing.balance()) == ([], 40)
    assert ageing.line() == ExpiringPoints(30, dt.date(2026, 3, 1))
    ageing.on("2026-03-01")
    ageing.ticks()
    assert ageing.expired() == [(30, "2026-03-01")]


def test_nothing_runs_out_within_thirty_days_after_the_term_was_shortened(earning: Earning) -> None:
    world = Ageing(earning)
    world.under("never")
    world.earns(3)
    world.joins()
    world.on("2026-01-10")
    assert world.ticks() == 0
    world.under("12 months")
    assert world.ticks() == 0
    world.on("2026-02-01")
    assert world.ticks() == 1
    assert world.expired() == []
    assert world.line() == ExpiringPoints(30, dt.date(2026, 3, 1))
    world.under("24 months")
    assert world.line() is None
    world.under("12 months")
    assert world.line() is None
    world.on("2026-03-01")
    world.ticks()
    assert (world.expired(), world.balance()) == ([], 30)
    world.under("never")
    world.on("2026-04-01")
    world.ticks()
    assert world.expired() == []


def test_points_of_the_unjoined_and_of_pools_stay_and_a_members_count_from_joining(ageing: Ageing) -> None:
    ageing.now = BEGIN
    ageing.earns(2, "marek")
    ageing.earns(2, "zoe")
    ageing.earns(5, name="Dashboard Shared")
    ageing.on("2025-05-05")
    ageing.joins("marek")
    ageing.on("2026-01-02")
    ageing.ticks()
    ageing.on("2026-02-01")
    ageing.ticks()
    assert ageing.expired() == [(30, "2026-02-01")]
    ageing.on("2026-05-02")
    assert ageing.ticks() == 1
    ageing.on("2026-06-01")
    ageing.ticks()
    assert ageing.expired()[1:] == [(20, "2026-06-01")]
    assert ageing.earning.wallets()["pool", None] == (50, 0)
    assert ageing.balance("zoe") == 20


def test_who_left_or_was_not_told_in_time_loses_nothing(ageing: Ageing) -> None:
    ageing.on("2026-01-26")  # the bot was away: too late for February
    assert ageing.ticks() == 0
    ageing.on("2026-02-03")
    ageing.ticks()
    assert ageing.expired() == []
    assert ageing.ticks() == 0
    assert [row.subject["day"] for row in ageing.words()] == ["2026-03-01"]
    northwind = ageing.earning.account("northwind").id or 0
    person = ageing.earning.person("ania")
    ageing.earning.database.write({northwind}, lambda session: leave(session, northwind, person))
    ageing.on("2026-03-01")
    ageing.ticks()
    assert (ageing.expired(), ageing.balance()) == ([], 40)


def test_points_past_their_term_cannot_be_taken_back_and_others_can(ageing: Ageing) -> None:
    first, latest = ageing.earning.transfers()[0], ageing.earning.transfers()[-1]
    taken = ageing.corrects(-5)
    ageing.on("2026-02-01")
    before = ageing.earning.wallets()
    with pytest.raises(PastTermError):
        ageing.reverses(first.id)
    assert ageing.earning.wallets() == before
    ageing.reverses(latest.id)
    ageing.reverses(taken)
    assert ageing.balance() == 30
    ageing.under("never")
    ageing.reverses(first.id)
    assert ageing.balance() == 20
    assert ageing.sound()


def test_a_programme_that_says_never_asks_for_nothing(ageing: Ageing) -> None:
    ageing.under("never")
    ageing.on("2026-02-01")
    northwind = ageing.earning.account("northwind").id or 0
    assert ageing.earning.database.read({northwind}, lambda s: wants_expiry(s, northwind, now=ageing.now)) is False
    assert (ageing.ticks(), ageing.expired(), ageing.line()) == (0, [], None)


Act = tuple[str, int]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["earn", "give", "take", "hold", "back", "spend", "reverse", "wait"]), st.integers(1, 60)
    ),
    min_size=5,
    max_size=16,
)


@dataclass
class Lots:
    """What somebody has by lots, counted the long way: each spending takes from the oldest that is left."""

    came: list[tuple[int, dt.datetime, int]] = field(default_factory=list)
    out: dict[int, int] = field(default_factory=dict)
    expired: int = 0

    def unspent_before(self, cutoff: dt.datetime) -> int:
        """Return what is left of the lots from before a moment."""
        spent, left = sum(self.out.values()) + self.expired, 0
        for _, at, points in sorted(self.came, key=lambda lot: lot[1]):
            taken = min(points, spent)
            spent -= taken
            left += points - taken if at < cutoff else 0
        return left


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_never_more_runs_out_than_was_earned_before_and_is_unspent(ageing: Ageing, acts: list[Act]) -> None:
    ageing.now = max(ageing.now, dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC))
    ageing.serial += 1
    who, lots = f"person-{ageing.now:%Y%m%d}-{ageing.serial}", Lots()
    held: list[int] = []
    ageing.earns(1, who)
    ageing.joins(who)
    lots.came.append((ageing.earning.transfers()[-1].id, ageing.now, 10))
    northwind, person = ageing.earning.account("northwind").id or 0, ageing.earning.person(who)
    joined = ageing.now

    def unspent(cutoff: dt.datetime) -> int:
        found = ageing.earning.look(
            lambda session: due(session, northwind, cutoff=cutoff, kept_since=AT_FAR_END, person_id=person)
        )
        return sum(each.points for each in found)

    for act, number in acts:
        ageing.now += dt.timedelta(days=number // 2, seconds=1)
        _do(ageing, who, lots, held, act, number)
        for months in (1, 6, 12):
            cutoff = ageing.now - dt.timedelta(days=30 * months)
            assert unspent(cutoff) == (lots.unspent_before(cutoff) if joined < cutoff else 0)
        had = ageing.balance(who)
        left = lots.unspent_before(_cutoff(ageing.now))
        ageing.ticks()
        ageing.ticks()
        lost = had - ageing.balance(who)
        assert 0 <= lost <= left
        lots.expired += lost
    assert ageing.sound()


def _cutoff(now: dt.datetime) -> dt.datetime:
    local = now.astimezone(dt.timezone(dt.timedelta(hours=1)))
    return dt.datetime(local.year - 1, local.month, 1, 23, tzinfo=dt.UTC)


def _do(ageing: Ageing, who: str, lots: Lots, held: list[int], act: str, number: int) -> None:
    match act:
        case "earn":
            ageing.earns(1, who)
            lots.came.append((ageing.earning.transfers()[-1].id, ageing.now, 10))
        case "give":
            lots.came.append((ageing.corrects(number, who), ageing.now, number))
        case "take":
            lots.out[ageing.corrects(-number, who)] = number
        case "hold":
            try:
                held.append(ageing.holds(number, who))
            except NotEnoughPointsError:
                return
            lots.out[held[-1]] = number
        case "back" | "spend" if held:
            one = held.pop(number % len(held))
            ageing.settles(one, back=act == "back")
            if act == "back":
                del lots.out[one]
        case "reverse" if lots.came:
            place = number % len(lots.came)
            try:
                ageing.reverses(lots.came[place][0])
            except NotReversibleError:
                return
            del lots.came[place]
        case _:
            ageing.now += dt.timedelta(days=20)
