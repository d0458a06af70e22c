"""Two clients with a channel each, in which what their people reach is announced."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from loyalty.programme import digest, read
from loyalty.recognition import shoutouts
from storage import account_lock
from storage.database import OPERATOR, Database
from storage.tables import Channel, Member, Outgoing, Person, ProgrammeVersion, Reached
from tests.support.two_clients import NOW, Client, TwoClients

PROGRAMME = """\
programme: {name: Orbit Champions, product: Orbit, week_starts: monday}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, language: pl}
  - {key: hanbit, name: Hanbit, timezone: Asia/Seoul, language: ko}
earn:
  - {key: report, event: Report Scheduled, points: 15}
milestones:
  - {key: first-report, when: {count: 1, of: Report Scheduled}, badge: Automator, says: "{name} scheduled a report"}
  - {key: first-hundred, when: {points: 100}, badge: Explorer, says: "{name} passed 100 points"}
  - {key: steady, when: {streak: 5}, badge: Steady}
  - {key: together, when: {team_points: 3000}, says: "{account} reached 3,000 together"}
shoutouts: {gather_at: "16:00"}
contact: {quiet: "18:00-08:00", weekends: quiet, unasked_per_week: 1}
"""
PERSONAL = ("first-report", "first-hundred", "steady")
TEAM = "T1"


@dataclass(frozen=True)
class Celebrating:
    """Two clients whose people may join, choose and reach milestones. Each client's channel is `C` and its key."""

    database: Database
    clients: TwoClients

    def join(self, client: Client, user: str, *, celebrated: bool = True) -> None:
        """Make a person a member."""
        self.database.write(
            {client.id},
            lambda session: session.merge(
                Member(
                    account_id=client.id,
                    person_id=client.people[user],
                    team_id=TEAM,
                    user_id=f"U{client.key}{user}",
                    terms="1",
                    joined_at=NOW,
                    celebrated=celebrated,
                )
            ),
        )

    def change(self, client: Client, user: str, **facts: Any) -> None:
        """Change what is known of a person, or what they chose."""

        def change(session: Session) -> None:
            key = (client.id, client.people[user])
            for name, value in facts.items():
                setattr(session.get_one(Member if name == "celebrated" else Person, key), name, value)

        self.database.write({client.id}, change)

    def reach(
        self, client: Client, *what: tuple[str | None, str], now: dt.datetime = NOW, announced: bool = True
    ) -> list[int]:
        """Let people (None: all together) reach milestones in one batch, and return what was reached by its ids."""

        def reach(session: Session) -> list[int]:
            first = account_lock.next_ids(session, client.id, len(what))
            rows = [
                Reached(
                    account_id=client.id,
                    id=first + place,
                    milestone=milestone,
                    person_id=None if user is None else client.people[user],
                    version=2,
                    occurred_at=now,
                    recorded_at=now,
                    announced=announced,
                )
                for place, (user, milestone) in enumerate(what)
            ]
            session.add_all(rows)
            session.flush()
            shoutouts.announce_shoutouts(session, client.id, read(PROGRAMME), rows, now)
            return [row.id for row in rows]

        return self.database.write({client.id}, reach)

    def outbox(self, client: Client) -> list[tuple[str, list[int], str]]:
        """Channel, reached ids and local due time (`03-10 10:00`) of what waits, the soonest first."""
        zone = {"northwind": dt.timezone(dt.timedelta(hours=1)), "hanbit": dt.timezone(dt.timedelta(hours=9))}
        waiting = select(Outgoing).where(col(Outgoing.state) == "waiting").order_by(col(Outgoing.due_at))
        rows: Sequence[Outgoing] = self.database.read({client.id}, lambda s: s.execute(waiting).scalars().all())
        return [
            (
                row.channel_id or "",
                row.subject["reached"],
                f"{row.due_at.astimezone(zone[client.key]):%m-%d %H:%M}",
            )
            for row in rows
        ]


def celebrating(database: Database, clients: TwoClients) -> Celebrating:
    """Return the two clients with a programme that has milestones in force, and a channel each."""

    def bind(session: Session) -> None:
        text = PROGRAMME
        session.add(ProgrammeVersion(number=2, text=text, digest=digest(text), author="operator", applied_at=NOW))
        for client in (clients.northwind, clients.hanbit):
            number = account_lock.next_ids(session, client.id)
            session.add(
                Channel(account_id=client.id, id=number, team_id=TEAM, channel_id=f"C{client.key}", created_at=NOW)
            )
        session.flush()

    database.write(OPERATOR, bind)
    return Celebrating(database, clients)
