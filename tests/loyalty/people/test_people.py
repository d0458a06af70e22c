import datetime as dt
from datetime import UTC

import pytest
from sqlmodel import Session, select

from loyalty.people.people import known_people, open_people, person_hash, refused
from storage.database import OPERATOR, Database
from storage.tables import Account, Person, Refusal, Wallet

NOW = dt.datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def accounts(database: Database) -> tuple[int, int]:
    def make(session: Session) -> tuple[int, int]:
        northwind = Account(key="northwind", name="Northwind", timezone="Europe/Warsaw", created_at=NOW)
        tailspin = Account(key="tailspin", name="Tailspin", timezone="Asia/Seoul", created_at=NOW)
        session.add_all([northwind, tailspin])
        session.flush()
        assert northwind.id is not None
        assert tailspin.id is not None
        return northwind.id, tailspin.id

    return database.write(OPERATOR, make)


def test_new_people_get_an_id_and_an_empty_wallet_and_keep_them(database: Database, accounts: tuple[int, int]) -> None:
    northwind, tailspin = accounts

    def robots(external_id: str) -> bool:
        return external_id.startswith("robot-")

    def opened(account_id: int, *external_ids: str) -> dict[str, int]:
        return database.write(
            {account_id}, lambda s: open_people(s, account_id, external_ids, excluded=robots, now=NOW)
        )

    first = opened(northwind, "ania", "robot-1", "ania")
    elsewhere = opened(tailspin, "ania")
    second = opened(northwind, "jun", "ania")

    assert first == {"ania": 1, "robot-1": 2}
    assert elsewhere == {"ania": 1}
    assert second == {"ania": 1, "jun": 5}
    assert database.read({northwind}, lambda s: known_people(s, northwind, ["jun", "nobody"])) == {"jun": 5}
    people = database.read({northwind}, lambda s: s.exec(select(Person.id, Person.external_id, Person.excluded)).all())
    assert sorted(people) == [(1, "ania", False), (2, "robot-1", True), (5, "jun", False)]
    wallets = database.read({northwind}, lambda s: s.exec(select(Wallet)).all())
    assert sorted((w.id, w.kind, w.person_id, w.balance, w.owed) for w in wallets) == [
        (3, "person", 1, 0, 0),
        (4, "person", 2, 0, 0),
        (6, "person", 5, 0, 0),
    ]


def test_only_the_accounts_own_refusals_count(database: Database, accounts: tuple[int, int]) -> None:
    northwind, tailspin = accounts

    def refuse(session: Session) -> None:
        for account_id, key, who in ((northwind, "northwind", "ania"), (tailspin, "tailspin", "jun")):
            session.add(Refusal(account_id=account_id, person_hash=person_hash(key, who), reason="declined", at=NOW))

    database.write(OPERATOR, refuse)

    assert database.read({northwind}, lambda s: refused(s, northwind, ["ania", "jun", "marek"])) == {"ania"}
    assert database.read({tailspin}, lambda s: refused(s, tailspin, ["ania", "jun", "marek"])) == {"jun"}
    assert database.read({tailspin}, lambda s: refused(s, tailspin, [])) == set()
