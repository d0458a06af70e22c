"""`/rewards` against `/points`, over signed HTTP: 200 rewards, a client of 10,000 members, some requests behind."""

import asyncio
import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session, col, select

from loyalty.accounts.channels import bind_channel
from loyalty.apply_programme import apply_programme, unconfirmed
from loyalty.people.roster import RosterRow, import_roster
from loyalty.points.post import LedgerContext
from loyalty.programme.versions import in_force
from loyalty.rewards.redemptions import redeem
from loyalty.usage.record import UsageEvent, record_usage
from storage.database import OPERATOR, Database
from storage.migrate import upgrade
from storage.tables import Account, Member, Person
from tests.bench.command import MEMBERS as ASKING
from tests.bench.command import medians, request, server
from tests.bench.http_load import drive
from tests.bench.ingest import PROGRAMME, urls

REWARDS = 200
MEMBERS = 10_000
EVENTS = 2_000
REQUESTS = 500
ROUNDS = 3
AT_MOST = 3


def main() -> None:
    """Print the time of one beside that of the other."""
    with TemporaryDirectory() as folder:
        for name, url in urls(Path(folder)):
            _measure(name, url("rewards"))


def _measure(name: str, url: str) -> None:
    _prepare(url)
    rounds: dict[str, list[tuple[float, float]]] = {"/points": [], "/rewards": []}
    with server(url) as port:
        for _ in range(ROUNDS):
            for command, figures in rounds.items():
                figures.append(_driven(port, command))
    (points, _), (rewards, p99) = medians(rounds["/points"]), medians(rounds["/rewards"])
    print(
        f"rewards, {name}, {REWARDS} rewards, {MEMBERS} members: {rewards:.0f} requests/s, p99 {p99:.1f} ms;"
        f" /points {points:.0f}/s: {points / rewards:.2f} times as long (at most {AT_MOST})"
    )


def _driven(port: int, command: str) -> tuple[float, float]:
    requests = [request("/slack/events", number, command) for number in range(REQUESTS)]
    wanted = b"to spend" if command == "/points" else b"What you can have now"

    def check(head: bytes, body: bytes) -> None:
        assert b" 200 " in head.split(b"\r\n")[0], head
        assert wanted in body, body

    return asyncio.run(drive(port, requests, connections=8, check=check))


def programme() -> str:
    """Return the programme of the other benches, with rewards of every kind of audience and limit."""
    lines = [
        f"  - {{key: r{n}, kind: course, name: Reward {n}, worth: Four mornings, cost: {1 + n * 10}, value: 90,"
        f" stock: {n + 1000}, limit: {{times: 9, per: year}}, for: {{roles: [{'user' if n % 4 else 'manager'}]}}}}"
        for n in range(REWARDS)
    ]
    return "\n".join((PROGRAMME, "value_cap: 100", "rewards:", *lines))


def _prepare(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.write(OPERATOR, _fill)
    database.dispose()


def _fill(session: Session) -> None:
    now, text = dt.datetime.now(dt.UTC), programme()
    confirmed = [reward.key for reward in unconfirmed(session, text)]
    apply_programme(session, text, author="operator", now=now, confirmed=confirmed)
    account = session.exec(select(Account).where(col(Account.key) == "northwind")).one()
    assert account.id is not None
    bind_channel(session, account.id, team_id="T_ORBIT", channel_id="C_NORTHWIND", now=now)
    names = [f"u{number}" for number in range(MEMBERS)]
    rows = [RosterRow(line=line, external_id=name, email=f"{name}@example.com") for line, name in enumerate(names, 2)]
    import_roster(session, account.id, rows, now=now)
    people = session.exec(select(Person).where(col(Person.account_id) == account.id)).all()
    session.add_all(
        Member(
            account_id=account.id,
            person_id=person.id,
            enterprise_id="",
            team_id="T_ORBIT",
            user_id=str(person.external_id).upper(),
            terms="1",
            joined_at=now,
            looked_at=now,
        )
        for person in people
    )
    session.flush()
    events = [_event(number, names[number % ASKING], now) for number in range(EVENTS)]
    record_usage(session, account, events, in_force=in_force(session), now=now, door="command")
    for person in people[:ASKING]:
        for times in range(4):
            posting = LedgerContext(
                account_id=account.id, account_key="northwind", week_starts="monday", now=now, author="person:1"
            )
            redeem(session, posting, person_id=person.id, reward="r1", key=str(times), today=now.date())


def _event(number: int, who: str, now: dt.datetime) -> UsageEvent:
    return UsageEvent(
        account="northwind",
        person=who,
        name="Report Scheduled",
        occurred_at=now - dt.timedelta(minutes=17 * number),
        id=f"event-{number}",
        properties={"rows": number * 37 % 5_000},
    )


if __name__ == "__main__":
    main()
