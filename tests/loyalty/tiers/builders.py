"""Two clients with tiers and a channel each, and a short way to let their people earn and days pass."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from loyalty.accounts.managers import add_manager
from loyalty.points.corrections import adjust_points
from loyalty.programme.versions import in_force
from loyalty.recognition import shoutouts
from loyalty.recognition.shoutouts import ShoutoutFacts
from loyalty.tiers import notices, override
from loyalty.tiers.notices import TierFacts
from loyalty.tiers.progress import TierStanding, tier_standing
from loyalty.tiers.review import Reviewed, review_tiers
from storage.account_lock import next_ids
from storage.outbox import Drop, Later, as_claimed
from storage.tables import Channel, Manager, Member, Outgoing, Person, TierHeld
from tests.support.usage import NOW, Earning, event

PROGRAMME = """
earn:
  - {key: report, event: Report Scheduled, points: 10}
  - {key: shared, event: Dashboard Shared, points: 50, to: pool}
tiers:
  members:
    - {key: silver, name: Silver, points: 20, over: 3 months, grace: 14 days, benefits: [Early access]}
    - {key: gold, name: {en: Gold, pl: Złoto}, points: 40, over: 3 months, grace: 30 days}
  accounts:
    - {key: partner, name: Partner, points: 100, over: 3 months, grace: 30 days}
    - {key: strategic, name: Strategic, by: choice}
"""
BOTH = ("northwind", "fulton")
DAY = dt.timedelta(days=1)


@dataclass
class Climbing:
    """Two clients; `now` is the moment at which everything happens, and moves on by `pass_days`."""

    earning: Earning
    now: dt.datetime = NOW

    def id(self, key: str = "northwind") -> int:
        """An account's id."""
        return self.earning.account(key).id or 0

    def pass_days(self, days: int) -> None:
        """Let days pass."""
        self.now += days * DAY

    def earns(
        self, times: int, by: str = "ania", key: str = "northwind", *, name: str = "Report Scheduled", ago: int = 0
    ) -> None:
        """Let somebody earn 10 points so many times, `ago` days."""
        at = (self.now - ago * DAY - dt.timedelta(hours=1)).isoformat()
        self.earning.record([event(name, at, by=by, account=key) for _ in range(times)], now=self.now)

    def corrects(self, points: int, by: str = "ania") -> None:
        """Give or take points by hand."""
        posting = self.earning.posting(now=self.now)
        person = self.earning.person(by)
        self.earning.database.write(
            {posting.account_id},
            lambda session: adjust_points(
                session, posting, person_id=person, points=points, reason="a slip", local_day=self.now.date(),
                key=f"{self.now}/{points}",
            ),
        )  # fmt: skip

    def reviewed(self, key: str = "northwind") -> Reviewed:
        """Look at an account's tiers."""
        account_id = self.id(key)
        return self.earning.database.write(
            {account_id}, lambda session: review_tiers(session, account_id, now=self.now)
        )

    def holds(self, key: str = "northwind") -> dict[str | None, tuple[str | None, dt.date | None, str | None]]:
        """By person, None being the account: tier by points, since when below, tier by choice."""
        wanted = (
            select(TierHeld, Person.external_id)
            .outerjoin(Person, (col(Person.account_id) == TierHeld.account_id) & (col(Person.id) == TierHeld.person_id))
            .where(col(TierHeld.account_id) == self.id(key))
        )
        rows = self.earning.look(lambda session: session.exec(wanted).all())
        return {who: (row.tier, row.below_since, row.chosen) for row, who in rows}

    def chooses(
        self, tier: str | None, by: str | None = "ania", *, until: dt.date | None = None, reason: str = "as agreed"
    ) -> bool:
        """Let the account manager choose, for a person or (None) the account."""
        posting, person = self.earning.posting(now=self.now), self.earning.person(by) if by else None
        return self.earning.database.write(
            {posting.account_id},
            lambda session: override.override_tier(
                session, posting, person_id=person, tier=tier, until=until, reason=reason, today=self.now.date()
            ),
        )

    def releases(self, by: str | None = "ania") -> None:
        """Let the account manager take the choice back."""
        posting, person = self.earning.posting(now=self.now), self.earning.person(by) if by else None
        self.earning.database.write(
            {posting.account_id},
            lambda session: override.end_override(session, posting, person_id=person, today=self.now.date()),
        )

    def outbox(self, kind: str, key: str = "northwind") -> list[Outgoing]:
        """What waits of a kind in an account, the oldest first."""
        wanted = select(Outgoing).where(col(Outgoing.account_id) == self.id(key), col(Outgoing.kind) == kind)
        return self.earning.look(lambda session: list(session.exec(wanted.order_by(col(Outgoing.id)))))

    def private(self, key: str = "northwind") -> list[tuple[str, str, str | None]]:
        """What is said in private: the word, the tier, to whom."""
        return [(row.subject["word"], row.subject["tier"], row.user_id) for row in self.outbox("tier", key)]

    def said(self, *, which: int = -1, at: dt.datetime | None = None) -> TierFacts | Drop | Later:
        """What a private word says as it leaves, the latest one where none is named."""
        row, moment = self.outbox("tier")[which], at or self.now
        return self.earning.database.read(
            {row.account_id or 0}, lambda session: notices.tier_facts(session, as_claimed(row), moment)
        )

    def shouted(self, key: str = "northwind") -> list[tuple[str | None, str]]:
        """Who is told in the channel as it leaves, with their tier's key; None is the account."""
        found: list[tuple[str | None, str]] = []
        for row in self.outbox("shoutout", key):
            claimed, moment = as_claimed(row), max(self.now, row.due_at)
            facts: Any = self.earning.database.read(
                {row.account_id or 0},
                lambda s, c=claimed, m=moment: shoutouts.shoutout_facts(s, c, m),  # type: ignore[misc]
            )
            if isinstance(facts, ShoutoutFacts):
                found += [(one.name, one.key) for one in facts.raised]
        return found

    def standing(self, by: str = "ania") -> TierStanding | None:
        """What somebody sees of tiers."""
        account_id, person = self.id(), self.earning.person(by)
        return self.earning.database.read(
            {account_id},
            lambda session: tier_standing(
                session, account_id, person, in_force(session).programme, today=self.now.date()
            ),
        )

    def change(self, by: str, **facts: Any) -> None:
        """Change what a member chose."""
        key = (self.id(), self.earning.person(by))

        def run(session: Session) -> None:
            for name, value in facts.items():
                setattr(session.get_one(Member, key), name, value)

        self.earning.database.write({key[0]}, run)


def climbing(earning: Earning) -> Climbing:
    """Two clients with tiers and a channel each; Ania and Marek of each have joined and are celebrated."""
    earning.under(PROGRAMME)
    for key in BOTH:
        earning.record([event("Nothing", by=who, account=key) for who in ("ania", "marek", "zoe")])
        account_id = earning.account(key).id or 0
        people = {who: earning.person(who, key) for who in ("ania", "marek")}

        def settle(session: Session, key: str = key, account_id: int = account_id, people: Any = people) -> None:
            channel = Channel(
                account_id=account_id,
                id=next_ids(session, account_id),
                team_id="T1",
                channel_id=f"C{key}",
                created_at=NOW,
            )
            session.add(channel)
            for who, person in people.items():
                session.add(
                    Member(
                        account_id=account_id, person_id=person, team_id="T1", user_id=f"U_{who}_{key}", terms="1",
                        joined_at=NOW, celebrated=True,
                    )
                )  # fmt: skip

        earning.database.write({account_id}, settle)
    climb = Climbing(earning)
    for key in BOTH:
        climb.reviewed(key)
    return climb


def meet_manager(climb: Climbing) -> None:
    """Let an account manager of Northwind be seen in Slack, and let Ania own the account."""

    def run(session: Session) -> None:
        add_manager(session, climb.id(), "ewa@orbit.example", now=NOW)
        ewa = session.exec(select(Manager).where(col(Manager.account_id) == climb.id())).one()
        ewa.team_id, ewa.user_id, ewa.name = "T1", "U_EWA", "Ewa Kowal"
        session.get_one(Person, (climb.id(), climb.earning.person("ania"))).owner = True

    climb.earning.operate(run)
