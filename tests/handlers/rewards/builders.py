"""Rewards in the town: a programme that has some, somebody with points, and the messages that come of it delivered."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from bot.delivery.clients import Clients
from bot.delivery.kinds import KINDS
from bot.delivery.rate_limits import RateLimiter
from bot.delivery.sender import Sender
from bot.delivery.workers import Delivery
from loyalty.accounts.managers import add_manager
from loyalty.apply_programme import apply_programme
from loyalty.people.people import find_person
from loyalty.points.post import LedgerContext
from loyalty.rewards.redemption_queries import RedemptionState
from loyalty.rewards.redemptions import redeem
from sandbox.driver import Shown
from storage.database import OPERATOR
from storage.tables import Manager, Person, Redemption, RewardStock, Wallet
from tests.support.workspace import NOW, PROGRAMME, Town

KEYS = ("report", "hour", "seat", "advanced", "council", "workshop", *(f"r{n}" for n in range(1, 13)))
REWARDS = """\
value_cap: 200
rewards:
  - {key: report, kind: research_report, name: {en: Benchmark report, pl: Raport porównawczy, ko: 벤치마크 보고서},
     worth: How others do it, cost: 30, value: 0, approval: {above: 50}, fulfilled: at_once,
     gives: "It lies in your library, under Benchmarks."}
  - {key: hour, kind: consulting, name: Hour with an expert, worth: Bring your hardest report, cost: 45, value: 90,
     limit: {times: 1, per: quarter}, wait: 7 days, gives: "Choose an hour that suits you."}
  - {key: seat, kind: seminar_seat, name: Seat at Reporting Day, worth: A day among colleagues, cost: 15, value: 140,
     stock: 1, limit: {times: 2, per: year}}
  - {key: advanced, kind: course, name: {en: Advanced reporting, pl: Kurs dla zaawansowanych}, worth: Four mornings,
     cost: 400, value: 120}
  - {key: council, kind: rnd_partnership, name: Seat on the council, worth: Your say, cost: 20, value: 0,
     for: {roles: [executive]}}
  - {key: workshop, kind: onboarding, name: Workshop for your team, worth: Two hours with your data, cost: 20,
     value: 150, paid_by: pool}
"""
WITH_REWARDS = PROGRAMME + REWARDS
R = TypeVar("R")


def bring(town: Town, text: str = WITH_REWARDS) -> None:
    """Apply a programme that has rewards."""
    town.database.write(
        OPERATOR, lambda session: apply_programme(session, text, author="operator", now=NOW, confirmed=KEYS)
    )


def in_account(town: Town, account: str, fn: Callable[[Session, int], R]) -> R:
    """Do something in an account."""
    key = town.accounts[account]
    return town.database.write({key}, lambda session: fn(session, key))


def role(town: Town, account: str, person: str, role: str) -> None:
    """Let somebody have a role."""

    def run(session: Session, key: int) -> None:
        session.get_one(Person, (key, find_person(session, key, person)[0])).role = role

    in_account(town, account, run)


def withdraw(town: Town, reward: str) -> None:
    """Take a reward out of the programme for a while."""

    def run(session: Session) -> None:
        session.get_one(RewardStock, reward).withdrawn = True

    town.database.write(OPERATOR, run)


def decide(town: Town, verb: Callable[..., RedemptionState], *, account: str = "northwind", **more: Any) -> None:
    """Let Ewa, an account manager, decide the latest request."""

    def run(session: Session, key: int) -> None:
        add_manager(session, key, "ewa@orbit.example", now=NOW)
        ewa = session.exec(select(Manager).where(col(Manager.account_id) == key)).first()
        assert ewa is not None
        ewa.name = "Ewa Kowal"
        latest = select(Redemption.id).where(col(Redemption.account_id) == key).order_by(col(Redemption.id).desc())
        by = f"manager:{ewa.id}"
        posting = LedgerContext(account_id=key, account_key=account, week_starts="monday", now=NOW, author=by)
        verb(session, posting, session.exec(latest).first(), by=by, **more)

    in_account(town, account, run)


def asks(town: Town, account: str, person: str, reward: str) -> None:
    """Let somebody ask for a reward elsewhere."""

    def run(session: Session, key: int) -> None:
        who = find_person(session, key, person)[0]
        posting = LedgerContext(
            account_id=key, account_key=account, week_starts="monday", now=NOW, author=f"person:{who}"
        )
        redeem(session, posting, person_id=who, reward=reward, key="elsewhere", today=NOW.date())

    in_account(town, account, run)


def states(town: Town) -> list[tuple[str, str, int]]:
    """Return every redemption: reward, state, points."""
    rows = town.database.read(OPERATOR, lambda session: session.exec(select(Redemption)).all())
    return [(row.reward, row.state, row.points) for row in rows]


def wallets(town: Town, account: str, person: str) -> dict[str, int | None]:
    """Return what lies in somebody's wallets and their company's pools."""

    def run(session: Session, key: int) -> dict[str, int | None]:
        who = find_person(session, key, person)[0]
        found = session.exec(select(Wallet).where(col(Wallet.account_id) == key)).all()
        return {
            wallet.kind: wallet.balance
            for wallet in found
            if wallet.person_id == who or wallet.kind in {"pool", "pool_held"}
        }

    return in_account(town, account, run)


def deliver(town: Town) -> None:
    """Send what lies in the outbox."""
    clients = Clients(lambda _: "xoxb-laurels", base_url=f"{town.driver.url}/api/")
    sender = Sender(town.database, clients, KINDS, now=lambda: NOW, sleep=lambda _: None)
    delivery = Delivery(town.database, sender, RateLimiter(1000), now=lambda: NOW, monotonic=time.monotonic)
    while delivery.step() == 0:
        pass


def opens(town: Town, who: str, words: str, *, channel: str = "C_NORTHWIND") -> Shown:
    """Return the window that a command opens."""
    assert town.driver.types(who, channel, words) is None
    return view(town, who)


def view(town: Town, who: str) -> Shown:
    """Return the window on top of somebody's screen."""
    found = town.driver.view(who)
    assert found is not None
    return found


def sends(town: Town, window: Shown) -> Shown:
    """Send a window, and return what is shown in its place."""
    assert town.driver.submits(window) == {}
    return view(town, window.seen_by)
