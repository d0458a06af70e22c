"""Two clients whose members redeem rewards, and account managers who decide."""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from loyalty.apply_programme import Applied, apply_programme
from loyalty.points.post import LedgerContext
from loyalty.programme import read
from loyalty.programme.versions import in_force
from loyalty.rewards import redemptions
from loyalty.rewards.redemption_queries import RedemptionState
from loyalty.verify.ledger import verify
from storage import account_lock
from storage.tables import AuditEntry, Manager, Member, Outgoing, OwnTerms, Person, Redemption, RewardStock
from tests.support.usage import HEAD, NOW, Earning

TODAY = dt.date(2026, 3, 20)
"""The local day of `NOW` in both clients' zones."""
EARN = """
earn:
  - {key: worked, event: Worked, points: {each: 1, of: n, worth: 1}}
  - {key: shared, event: Shared, points: {each: 1, of: n, worth: 1}, to: pool}
"""
REWARDS = """
value_cap: 500
rewards:
  - {key: course, kind: course, name: {en: Analytics course, pl: Kurs analityki}, worth: Know more, cost: 400,
     value: 90, stock: 2}
  - {key: report, kind: research_report, name: Research report, worth: Know the market, cost: 100, value: 0,
     approval: {above: 100}, fulfilled: at_once, gives: Look into your library}
  - {key: swag, kind: swag, name: Notebook, worth: Write it down, cost: 50, value: 9, approval: {above: 60},
     limit: {times: 1, per: month}, wait: 3 days}
  - {key: workshop, kind: onboarding, name: Onboarding workshop, worth: Start together, cost: 300, value: 400,
     paid_by: pool}
"""
PROGRAMME = HEAD + EARN + REWARDS

T = TypeVar("T")


class Redeeming(Earning):
    """A database with two clients. People are told by the product's user id, accounts by their key."""

    def under(self, programme: str = PROGRAMME, *, now: dt.datetime = NOW) -> Applied:
        """Apply a programme; somebody said of each reward that it is not money."""
        text = programme if "programme:" in programme else HEAD + EARN + programme
        said = {reward.key for reward in read(text).rewards}
        return self.operate(lambda session: apply_programme(session, text, author="operator", now=now, confirmed=said))

    def member(self, who: str = "ania", key: str = "northwind", *, points: int = 0, **facts: Any) -> int:
        """Make somebody a member who has so many points, and return their id; `facts` are the person's."""
        self.use("Worked", by=who, account=key, n=points)
        person_id = self.person(who, key)

        def join(session: Session) -> None:
            account_id = self.account_id(key)
            session.get_one(Person, (account_id, person_id)).sqlmodel_update(facts)
            session.merge(
                Member(
                    account_id=account_id,
                    person_id=person_id,
                    team_id="T1",
                    user_id=f"U_{who}".upper(),
                    terms="1",
                    joined_at=NOW,
                )
            )

        self.operate(join)
        return person_id

    def pool(self, points: int, key: str = "northwind", by: str = "ania") -> None:
        """Give the account's pool so many points."""
        self.use("Shared", by=by, account=key, n=points)

    def manager(self, name: str = "ewa", key: str = "northwind", *, user_id: str | None = "", **facts: Any) -> str:
        """Let somebody look after an account, and return how the ledger names them."""
        account_id = self.account_id(key)

        def add(session: Session) -> int:
            number = account_lock.next_ids(session, account_id)
            shown = f"U_{name}".upper() if user_id == "" else user_id
            row = {"email": f"{name}@orbit.example", "name": name.title(), "team_id": "T1", **facts}
            session.add(Manager(account_id=account_id, id=number, user_id=shown, created_at=NOW, **row))
            return number

        return f"manager:{self.operate(add)}"

    def account_id(self, key: str = "northwind") -> int:
        """The account's surrogate id."""
        return self.account(key).id or 0

    def ask(
        self, reward: str, who: str = "ania", account: str = "northwind", *, now: dt.datetime = NOW, **given: Any
    ) -> RedemptionState:
        """Redeem a reward, by a press of its own where no `key` is given."""
        person_id = self.person(who, account)
        facts = {"key": f"press-{next(_presses)}", "today": now.date(), **given}
        return self.verb(account, redemptions.redeem, now=now, person_id=person_id, reward=reward, **facts)

    def give(self, reward: str, who: str, by: str, account: str = "northwind", **given: Any) -> RedemptionState:
        """Give somebody a reward."""
        facts = {"key": f"gift-{next(_presses)}", "today": TODAY, "words": None, **given}
        person_id = self.person(who, account)
        return self.verb(account, redemptions.give, author=by, person_id=person_id, reward=reward, **facts)

    def decide(
        self,
        verb: Callable[..., RedemptionState],
        redemption_id: int,
        account: str = "northwind",
        *,
        now: dt.datetime = NOW,
        **given: Any,
    ) -> RedemptionState:
        """Approve, decline, fulfil or cancel."""
        return self.verb(account, lambda *args, **rest: verb(*args, redemption_id, **rest), now=now, **given)

    def verb(
        self, account: str, verb: Callable[..., T], *, now: dt.datetime = NOW, author: str = "", **given: Any
    ) -> T:
        """Do one thing in an account's scope, committed."""
        posting = self.as_author(account, author or "person:0", now)
        return self.database.write({posting.account_id}, lambda session: verb(session, posting, **given))

    def as_author(self, account: str, author: str, now: dt.datetime = NOW) -> LedgerContext:
        """What a verb needs to know beside its values."""
        return LedgerContext(
            account_id=self.account_id(account), account_key=account, week_starts="monday", now=now, author=author
        )

    def within(self, find: Callable[..., T], account: str = "northwind", **given: Any) -> T:
        """Find something in an account's scope."""
        account_id = self.account_id(account)
        return self.database.read({account_id}, lambda session: find(session, account_id, **given))

    def own_terms(self, reward: str, says: dict[str, Any], key: str = "northwind", **facts: Any) -> None:
        """Give an account terms of its own."""
        row: dict[str, Any] = {"own": "kind" in says, "author": "operator", "at": NOW, **facts}
        account_id = self.account_id(key)
        self.operate(lambda session: session.add(OwnTerms(account_id=account_id, reward=reward, says=says, **row)))

    def taken(self, reward: str) -> int:
        """How many of a reward's stock were promised or given."""
        wanted = select(RewardStock.taken).where(col(RewardStock.reward) == reward)
        return self.look(lambda session: session.exec(wanted).one())

    def balances(self, key: str = "northwind") -> dict[str, int]:
        """What lies in each wallet that has something: `ania`, `ania held`, `pool held`, `somebody` who was erased."""
        found: dict[str, int] = {}
        for (kind, who), (balance, _) in self.wallets(key).items():
            owner = who or ("pool" if kind.startswith("pool") else "somebody")
            found[f"{owner} held" if kind.endswith("held") else owner] = balance
        return {name: balance for name, balance in found.items() if balance}

    def states(self, key: str = "northwind") -> list[str]:
        """The states of the account's redemptions, in their order."""
        wanted = select(Redemption.state).where(col(Redemption.account_id) == self.account_id(key))
        return self.look(lambda session: list(session.exec(wanted.order_by(col(Redemption.id)))))

    def audited(self, key: str = "northwind") -> list[tuple[str, str, dict[str, Any]]]:
        """Who decided what about redemptions: author, action, details."""
        own = (col(AuditEntry.account_id) == self.account_id(key), col(AuditEntry.action).startswith("redemption."))
        rows = self.look(
            lambda session: session.exec(select(AuditEntry).where(*own).order_by(col(AuditEntry.id))).all()
        )
        return [(row.author, row.action, row.details) for row in rows]

    def said(self, key: str = "northwind") -> list[Outgoing]:
        """Messages of redemptions in the outbox, in their order."""
        own = (col(Outgoing.account_id) == self.account_id(key), col(Outgoing.kind).startswith("redemption"))
        return self.look(lambda session: list(session.exec(select(Outgoing).where(*own).order_by(col(Outgoing.id)))))

    def holds(self) -> None:
        """Assert that the audit finds nothing."""
        weeks = self.look(in_force).week_starts
        assert self.look(lambda session: verify(session, week_starts=weeks)) == []

    def set_stock(self, reward: str, **values: Any) -> None:
        """Change a reward's total, or withdraw it."""
        self.operate(lambda session: session.get_one(RewardStock, reward).sqlmodel_update(values))


_presses = iter(range(1_000_000))
