import datetime as dt

from sqlmodel import Session, col, select

from loyalty.members.erasure import erase
from loyalty.people.people import person_hash
from loyalty.points.corrections import adjust_points
from loyalty.points.post import LedgerContext
from loyalty.programme.versions import in_force
from loyalty.usage.record import UsageEvent, record_usage
from storage import outbox
from storage.database import OPERATOR, Database
from storage.outbox import OutboxMessage, Workspace
from storage.tables import (
    Account,
    AuditEntry,
    DistinctValue,
    Member,
    Outgoing,
    Person,
    Refusal,
    Transfer,
    TransferNote,
    Usage,
    Wallet,
)
from tests.loyalty.people.builders import ANIA, open_wallets, press_join, row, take_in
from tests.support.two_clients import NOW, Client, TwoClients


def busy(database: Database, client: Client) -> None:
    """Give the client's u1 one of everything that could tell of a person."""
    open_wallets(database, client)
    take_in(database, client, row(2, "u1", "ania@example.com"))
    press_join(database, client, ANIA, "ania@example.com")
    person = client.people["u1"]

    def run(session: Session) -> None:
        account = session.get_one(Account, client.id)
        used = UsageEvent(
            account=client.key,
            person="u1",
            name="Report Scheduled",
            occurred_at=NOW,
            id="1",
            properties={"plan": "pro"},
        )
        record_usage(session, account, [used], in_force=in_force(session), now=NOW, door="command")
        posting = LedgerContext(
            account_id=client.id, account_key=client.key, week_starts="monday", now=NOW, author="operator"
        )
        adjust_points(
            session, posting, person_id=person, points=5, reason="Ania helped", local_day=dt.date(2026, 3, 10), key="1"
        )
        session.add(
            DistinctValue(account_id=client.id, person_id=person, event="e", property="p", value_hash=b"\x01" * 16)
        )
        hello = OutboxMessage(
            key="hello",
            kind="hello",
            category="answer",
            workspace=Workspace("", "T1"),
            subject={},
            due_at=NOW,
            good_until=NOW + dt.timedelta(days=1),
            user_id="U_ANIA",
            person_id=person,
        )
        outbox.put_message(session, client.id, [hello], now=NOW)

    database.write({client.id}, run)


def told_of(database: Database, client: Client) -> dict[str, object]:
    """Return everything that tells of the client's u1."""
    person_id = client.people["u1"]

    def find(session: Session) -> dict[str, object]:
        person = session.get_one(Person, (client.id, person_id))
        audited = select(AuditEntry).where(
            col(AuditEntry.account_id) == client.id, col(AuditEntry.action) == "person.erased"
        )
        return {
            "person": (person.external_id, person.name, person.email, person.erased_at),
            "members": [m.user_id for m in session.exec(select(Member))],
            "usage": [(u.person_id, u.name, u.properties) for u in session.exec(select(Usage))],
            "values": len(session.exec(select(DistinctValue)).all()),
            "notes": [n.text for n in session.exec(select(TransferNote))],
            "outbox": sorted({(o.state, o.reason, o.user_id) for o in session.exec(select(Outgoing))}),
            "ledger": sorted((t.points, t.person_id) for t in session.exec(select(Transfer))),
            "balance": [w.balance for w in session.exec(select(Wallet)) if w.person_id == person_id],
            "refusals": [(bytes(r.person_hash), r.reason) for r in session.exec(select(Refusal))],
            "audit": [(a.action, a.author, a.details) for a in session.exec(audited)],
        }

    return database.read({client.id}, find)


def test_what_is_said_of_a_person_goes_and_what_was_counted_stays(database: Database, two_clients: TwoClients) -> None:
    northwind, hanbit = two_clients.northwind, two_clients.hanbit
    for client in (northwind, hanbit):
        busy(database, client)
    before = told_of(database, hanbit)
    person = northwind.people["u1"]
    at = NOW + dt.timedelta(hours=2)
    database.write({northwind.id}, lambda s: erase(s, northwind.id, person, reason="erased", author="person:1", now=at))
    assert told_of(database, northwind) == {
        "person": (None, None, None, at),
        "members": [],
        "usage": [(None, None, None)],
        "values": 0,
        "notes": [],
        "outbox": [("dropped", "erased", "")],
        "ledger": [(5, person), (15, person)],
        "balance": [20],
        "refusals": [(person_hash("northwind", "u1"), "erased")],
        "audit": [("person.erased", "person:1", {"person": person, "reason": "erased"})],
    }
    assert told_of(database, hanbit) == before
    assert before["members"] == ["U_ANIA"]


def test_a_replay_of_erased_usage_is_still_a_replay(database: Database, two_clients: TwoClients) -> None:
    northwind = two_clients.northwind
    busy(database, northwind)
    person = northwind.people["u1"]
    database.write(
        {northwind.id}, lambda s: erase(s, northwind.id, person, reason="declined", author="person:1", now=NOW)
    )
    busy_again = UsageEvent(
        account="northwind", person="u1", name="Report Scheduled", occurred_at=NOW, id="1", properties={"plan": "pro"}
    )

    def run(session: Session) -> list[str]:
        account = session.get_one(Account, northwind.id)
        outcomes = record_usage(session, account, [busy_again], in_force=in_force(session), now=NOW, door="command")
        return [type(outcome).__name__ for outcome in outcomes]

    assert database.write({northwind.id}, run) == ["Replayed"]
    everything = database.read(OPERATOR, lambda s: s.exec(select(Person.name)).all())
    assert "Ania Nowak" not in everything
