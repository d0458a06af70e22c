"""Two clients whose people have the same ids, so that a leak between them would show."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.programme import digest
from storage import account_lock
from storage.database import OPERATOR, Database
from storage.tables import Account, Person, ProgrammeVersion

NOW = dt.datetime(2026, 3, 10, 9, 0, tzinfo=dt.UTC)
"""A Tuesday: ten in the morning in Warsaw, six in the evening in Seoul."""

PROGRAMME = """\
programme: {name: Orbit Champions, product: Orbit, week_starts: monday}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, language: pl}
  - {key: hanbit, name: Hanbit, timezone: Asia/Seoul, language: ko}
earn:
  - {key: report, event: Report Scheduled, points: 15}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
"""


@dataclass(frozen=True, slots=True)
class Client:
    """An account and its people: surrogate ids by the product's user ids `u1`, `u2` and `u3`."""

    id: int
    key: str
    people: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TwoClients:
    """Northwind in Warsaw, Hanbit in Seoul; `version` is the programme's in force."""

    northwind: Client
    hanbit: Client
    version: int


def settle(database: Database) -> TwoClients:
    """Return the two clients, written."""
    return database.write(OPERATOR, _settle)


def _settle(session: Session) -> TwoClients:
    session.add(ProgrammeVersion(number=1, text=PROGRAMME, digest=digest(PROGRAMME), author="operator", applied_at=NOW))
    return TwoClients(
        northwind=_client(session, "northwind", "Europe/Warsaw", ["Ania Nowak", "Marek Lis", "Ewa Kot"]),
        hanbit=_client(session, "hanbit", "Asia/Seoul", ["Jun Park", "Mina Kim", "Soo Lee"]),
        version=1,
    )


def _client(session: Session, key: str, timezone: str, names: list[str]) -> Client:
    account = Account(key=key, name=key.title(), timezone=timezone, created_at=NOW)
    session.add(account)
    session.flush()
    assert account.id is not None
    first = account_lock.next_ids(session, account.id, len(names))
    people = {f"u{position}": first + position - 1 for position in range(1, len(names) + 1)}
    for (external_id, person_id), name in zip(people.items(), names, strict=True):
        session.add(Person(account_id=account.id, id=person_id, external_id=external_id, name=name, created_at=NOW))
    session.flush()
    return Client(account.id, key, people)
