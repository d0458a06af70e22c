"""Two clients under a programme of the test's own, and a short way to let their people use the product."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from loyalty.apply_programme import Applied, apply_programme, unconfirmed
from loyalty.points.post import LedgerContext
from loyalty.programme.versions import in_force
from loyalty.usage import record as usage
from loyalty.usage.record import Outcome, Recorded, UsageEvent
from storage.database import OPERATOR, Database
from storage.tables import Account, Person, Reached, Score, TeamScore, Transfer, Wallet

NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
"""A Friday morning: 10:00 in Warsaw, 05:00 in New York."""

HEAD = """\
programme: {name: Orbit Champions, week_starts: monday}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, cohort: pilot}
  - {key: fulton, name: Fulton & Reed, timezone: America/New_York}
"""

T = TypeVar("T")


@dataclass
class Earning:
    """A database with two clients. `use` records one event and returns the points that each rule gave."""

    database: Database

    def under(self, programme: str, *, now: dt.datetime = NOW) -> Applied:
        """Apply a programme, its rewards confirmed; without a head of its own it is one for the two clients."""
        text = programme if "programme:" in programme else HEAD + programme

        def work(session: Session) -> Applied:
            confirmed = {reward.key for reward in unconfirmed(session, text)}
            return apply_programme(session, text, author="operator", now=now, confirmed=confirmed)

        return self.operate(work)

    def use(self, name: str, at: str = "2026-03-20T08:00:00+01:00", **given: Any) -> dict[str, int]:
        """Record one event and return the points that each rule gave for it."""
        [outcome] = self.record([event(name, at, **given)], now=given.get("now", NOW))
        assert isinstance(outcome, Recorded), outcome
        return {award.rule: award.points for award in outcome.awards if award.points}

    def record(
        self, events: Sequence[UsageEvent], *, now: dt.datetime = NOW, door: usage.Door = "command"
    ) -> list[Outcome]:
        """Record events of one account in one transaction."""
        account = self.account(events[0].account)
        assert account.id is not None
        return self.database.write(
            {account.id},
            lambda session: usage.record_usage(
                session, account, events, in_force=in_force(session), now=now, door=door
            ),
        )

    def account(self, key: str) -> Account:
        """The account of that key."""
        return self.look(lambda session: session.exec(select(Account).where(col(Account.key) == key)).one())

    def look(self, find: Callable[[Session], T]) -> T:
        """Find something in the operator's scope."""
        return self.database.read(OPERATOR, find)

    def operate(self, work: Callable[[Session], T]) -> T:
        """Do something in the operator's scope, committed."""
        return self.database.write(OPERATOR, work)

    def posting(self, key: str = "northwind", now: dt.datetime = NOW) -> LedgerContext:
        """What a correction in this account needs to know."""
        account_id = self.account(key).id or 0
        return LedgerContext(account_id=account_id, account_key=key, week_starts="monday", now=now, author="operator")

    def person(self, external_id: str, key: str = "northwind") -> int:
        """A person's surrogate id."""
        wanted = select(Person.id).where(
            col(Person.account_id) == self.account(key).id, col(Person.external_id) == external_id
        )
        return self.look(lambda session: session.exec(wanted).one())

    def wallets(self, key: str = "northwind") -> dict[tuple[str, str | None], tuple[int, int]]:
        """What lies in each wallet that keeps a balance, and what is owed, by kind and person."""
        wanted = (
            select(Wallet.kind, Person.external_id, Wallet.balance, Wallet.owed)
            .outerjoin(Person, (col(Person.account_id) == Wallet.account_id) & (col(Person.id) == Wallet.person_id))
            .where(col(Wallet.account_id) == self.account(key).id, col(Wallet.balance).is_not(None))
        )
        found = self.look(lambda session: session.exec(wanted).all())
        return {(kind, who): (balance or 0, owed or 0) for kind, who, balance, owed in found}

    def scores(self, period: str, key: str = "northwind") -> dict[tuple[str, str | None], int]:
        """Scores of one kind of period, by its start and person."""
        wanted = (
            select(col(Score.start), col(Person.external_id), col(Score.points))
            .join(Person, (col(Person.account_id) == Score.account_id) & (col(Person.id) == Score.person_id))
            .where(col(Score.account_id) == self.account(key).id, col(Score.period) == period)
        )
        found = self.look(lambda session: session.exec(wanted).all())
        return {(start.isoformat(), who): points for start, who, points in found}

    def together(self, key: str = "northwind") -> int:
        """All that the account's people earned, and its pool was given."""
        wanted = select(TeamScore.points).where(
            col(TeamScore.account_id) == self.account(key).id, col(TeamScore.period) == "all"
        )
        return self.look(lambda session: session.exec(wanted).first()) or 0

    def reached(self, key: str = "northwind") -> set[tuple[str, str | None, bool]]:
        """Milestones reached: key, person, whether it was news."""
        wanted = (
            select(Reached.milestone, Person.external_id, Reached.announced)
            .outerjoin(Person, (col(Person.account_id) == Reached.account_id) & (col(Person.id) == Reached.person_id))
            .where(col(Reached.account_id) == self.account(key).id)
        )
        return {(milestone, who, news) for milestone, who, news in self.look(lambda s: s.exec(wanted).all())}

    def transfers(self, key: str = "northwind") -> list[Transfer]:
        """Every transfer of the account, in order of arrival."""
        wanted = select(Transfer).where(col(Transfer.account_id) == self.account(key).id).order_by(col(Transfer.id))
        return self.look(lambda session: list(session.exec(wanted).all()))


_numbers = iter(range(1_000_000))


def event(
    name: str,
    at: str = "2026-03-20T08:00:00+01:00",
    *,
    by: str = "ania",
    account: str = "northwind",
    id: str | None = None,  # noqa: A002 - the field's name
    source: str = "",
    **properties: Any,
) -> UsageEvent:
    """An event, with an id of its own where none is given."""
    return UsageEvent(
        account=account,
        person=by,
        name=name,
        occurred_at=dt.datetime.fromisoformat(at),
        id=id or f"event-{next(_numbers)}",
        source=source,
        properties={key: value for key, value in properties.items() if key != "now"},
    )
