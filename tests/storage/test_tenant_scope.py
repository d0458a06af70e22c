"""A scope is held whatever the statement: each way to read and write, with the same ids in both clients."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    bindparam,
    delete,
    distinct,
    exists,
    func,
    insert,
    literal,
    select,
    table,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.database import OPERATOR, Database, ScopeError
from storage.tables import Account, AuditEntry, Person, ProgrammeVersion, UsageSecret, core
from tests.support.two_clients import NOW, TwoClients

OWN, OTHER = 1, 2
"""Northwind's id and Hanbit's."""

NORTHWIND, HANBIT = ["Ania Nowak", "Ewa Kot", "Marek Lis"], ["Jun Park", "Mina Kim", "Soo Lee"]
PEOPLE = {*((OWN, name) for name in NORTHWIND), *((OTHER, name) for name in HANBIT)}

# Any: each statement is odd in its own way, and SQLAlchemy's overloads are no help with that.
_P: Any = Person
_A: Any = Account
_PERSON: Any = _P.__table__
_OTHER: Any = aliased(Person)
_AUDIT: Any = aliased(AuditEntry)
AUDIT_ENTRY = core(AuditEntry)
_NAMES = select(_P.name)
_JUN = _NAMES.where(_P.name == "Jun Park")

NARROWED: dict[str, tuple[Any, Any]] = {
    "a class": (select(_P).with_only_columns(_P.name), NORTHWIND),
    "columns": (_NAMES, NORTHWIND),
    "a count": (select(func.count()).select_from(Person), [3]),
    "distinct": (select(func.count(distinct(_P.name))), [3]),
    "an aggregate": (select(func.max(_P.name)), ["Marek Lis"]),
    "an alias": (select(_OTHER.name), NORTHWIND),
    "a join by id alone": (select(_OTHER.name).join(Person, _P.id == _OTHER.id), NORTHWIND),
    "an outer join": (select(_OTHER.name).outerjoin(Person, _P.id == _OTHER.id), NORTHWIND),
    "a subquery": (select(_NAMES.subquery()), NORTHWIND),
    "a column of a subquery": (select(_NAMES.subquery().c.name), NORTHWIND),
    "a class over a subquery": (select(aliased(_P, select(Person).subquery()).name), NORTHWIND),
    "a CTE": (select(_NAMES.cte()), NORTHWIND),
    "a union": (union_all(_JUN, _NAMES), NORTHWIND),
    "a union inside": (select(union_all(_JUN, _NAMES).subquery()), NORTHWIND),
    "exists": (select(_A.key).where(exists(_JUN)), []),
    "exists, the short way": (select(_A.key).where(exists().where(_P.name == "Jun Park")), []),
    "exists as a column": (select(exists(_JUN)).where(literal(value=True)), [False]),
    "in": (_NAMES.where(_P.name.in_(_JUN)), []),
    "a scalar subquery": (select(select(func.count(_P.id)).scalar_subquery()), [3]),
    "accounts": (select(_A.key), ["northwind"]),
    "the audit": (select(col(AuditEntry.action)), ["of northwind"]),
    "the audit by a class": (select(AuditEntry).with_only_columns(col(AuditEntry.action)), ["of northwind"]),
    "the audit by an alias": (select(_AUDIT.action), ["of northwind"]),
    "the audit counted": (select(func.count()).select_from(AuditEntry), [1]),
    "the audit beside people": (
        select(_AUDIT.action).join(Person, _P.id == _AUDIT.id).where(_P.name == "Ania Nowak"),
        ["of northwind"],
    ),
    "the audit in a subquery": (select(select(_AUDIT.action).subquery().c.action), ["of northwind"]),
    "what belongs to no client": (select(col(ProgrammeVersion.number)), [1]),
    "what is the operator's alone": (select(col(UsageSecret.fingerprint)), []),
}
"""Statements, and what they find in Northwind's scope."""

REFUSED: dict[str, Callable[[Session], object]] = {
    "Core": lambda session: session.execute(select(_PERSON.c.name)),
    "Core with a parameter it does not use": lambda session: session.execute(select(_PERSON), {"account_id": OWN}),
    "Core beside a class": lambda session: session.execute(select(_A.key, _PERSON.c.name)),
    "Core's alias beside a class": lambda session: session.execute(select(_A.key, _PERSON.alias().c.name)),
    "Core inside a class's exists": lambda session: session.execute(
        select(_A.key).where(exists().where(_PERSON.c.name == "Jun Park"))
    ),
    "Core inside a subquery": lambda session: session.execute(select(_A.key, select(_PERSON.c.name).subquery().c.name)),
    "Core for another account": lambda session: session.execute(
        select(_PERSON.c.name).where(_PERSON.c.account_id == bindparam("account_id")), {"account_id": OTHER}
    ),
    "Core for none": lambda session: session.execute(
        select(_PERSON.c.name).where(_PERSON.c.account_id == bindparam("account_id")), {"account_id": None}
    ),
    "text": lambda session: session.execute(text("SELECT name FROM person")),
    "text for another account": lambda session: session.execute(
        text("SELECT name FROM person WHERE account_id = :account_id"), {"account_id": OTHER}
    ),
    "a class from text": lambda session: session.execute(select(Person).from_statement(text("SELECT * FROM person"))),
    "a class from Core": lambda session: session.execute(select(Person).from_statement(select(_PERSON))),
    "a light table": lambda session: session.execute(select(table("person"))),
    "a row inserted": lambda session: session.execute(insert(Person), [_row(account_id=OTHER)]),
    "one of several rows": lambda session: session.execute(
        insert(_PERSON), [_row(account_id=OWN), _row(account_id=OTHER)]
    ),
    "a row in the statement": lambda session: session.execute(insert(Person).values(**_row(account_id=OTHER))),
    "rows from a query": lambda session: session.execute(
        insert(Person).from_select(["account_id", "id"], select(_PERSON.c.account_id, _PERSON.c.id + 9))
    ),
    "an update by rows": lambda session: session.execute(update(Person), [{"account_id": OTHER, "id": 1, "name": ""}]),
    "an update by rows without accounts": lambda session: session.execute(update(Person), [{"id": 1, "name": ""}]),
    "Core's update": lambda session: session.execute(update(_PERSON).values(name="")),
    "Core's update that would set it": lambda session: session.execute(
        update(_PERSON).values(name=""), {"account_id": OWN}
    ),
    "Core's delete": lambda session: session.execute(delete(_PERSON)),
    "an update that looks elsewhere": lambda session: session.execute(
        update(Account).values(name=select(func.max(_PERSON.c.name)).scalar_subquery())
    ),
    "a row added": lambda session: session.add(Person(**_row(account_id=OTHER))),
    "a row merged": lambda session: session.merge(Person(**_row(account_id=OTHER))),
    "an account added": lambda session: session.add(Account(key="x", name="X", timezone="UTC", created_at=NOW)),
    "an audit entry of nobody's": lambda session: session.add(AuditEntry(at=NOW, author="x", action="x", details={})),
    "an audit entry of another's": lambda session: session.add(
        AuditEntry(account_id=OTHER, at=NOW, author="x", action="x", details={})
    ),
    "another's audit entry inserted": lambda session: session.execute(
        insert(AuditEntry), [{"account_id": OTHER, "at": NOW, "author": "x", "action": "x", "details": {}}]
    ),
    "Core on the audit": lambda session: session.execute(select(AUDIT_ENTRY.c.action)),
    "Core on the audit of another": lambda session: session.execute(
        select(AUDIT_ENTRY.c.action).where(AUDIT_ENTRY.c.account_id == bindparam("account_id")), {"account_id": OTHER}
    ),
    "a programme": lambda session: session.add(
        ProgrammeVersion(number=2, text="", digest="", author="x", applied_at=NOW)
    ),
    "a bare connection": lambda session: session.connection(),
    "rows in bulk": lambda session: session.bulk_insert_mappings(Person, [_row(account_id=OWN)]),
}


@pytest.fixture(autouse=True)
def audited(database: Database, two_clients: TwoClients) -> None:
    assert (two_clients.northwind.id, two_clients.hanbit.id) == (OWN, OTHER)

    def enter(session: Session) -> None:
        session.add(UsageSecret(seed=b"seed", fingerprint="of the operator", created_at=NOW))
        for client in (two_clients.northwind, two_clients.hanbit):
            action = f"of {client.key}"
            session.add(AuditEntry(account_id=client.id, at=NOW, author="operator", action=action, details={}))

    database.write(OPERATOR, enter)


@pytest.mark.parametrize("way", NARROWED)
def test_what_can_be_narrowed_finds_its_own_alone(database: Database, way: str) -> None:
    statement, expected = NARROWED[way]
    assert sorted(database.read([OWN], lambda session: list(session.scalars(statement)))) == sorted(expected)


@pytest.mark.parametrize("way", REFUSED)
def test_what_cannot_be_narrowed_is_refused(database: Database, way: str) -> None:
    with pytest.raises(ScopeError):
        database.write([OWN], REFUSED[way])
    assert _all_people(database) == PEOPLE


def test_scopes_that_take_turns_do_not_see_each_others(database: Database) -> None:
    seen = [database.read(scope, _names) for scope in ([OWN], [OTHER], [OWN, OTHER], [], [OWN])]
    assert seen == [NORTHWIND, HANBIT, sorted(NORTHWIND + HANBIT), [], NORTHWIND]


def test_the_operator_sees_all(database: Database) -> None:
    assert database.read(OPERATOR, _names) == sorted(NORTHWIND + HANBIT)


def test_a_key_outside_is_not_found(database: Database) -> None:
    def look(session: Session) -> list[object]:
        own, other = session.get(Person, (OWN, 1)), session.get(Person, (OTHER, 1))
        return [
            own and own.name,
            other,
            session.get(Account, OTHER),
            session.get(Person, (OTHER, 1), populate_existing=True),
        ]

    assert database.read([OWN], look) == ["Ania Nowak", None, None, None]


def test_an_audit_entry_is_found_by_its_key_in_its_own_account_alone(database: Database) -> None:
    def enter(session: Session) -> None:
        session.add(AuditEntry(at=NOW, author="operator", action="of nobody", details={}))

    database.write(OPERATOR, enter)
    ids = database.read(
        OPERATOR, lambda s: {a: i for i, a in s.execute(select(AUDIT_ENTRY.c.id, AUDIT_ENTRY.c.account_id))}
    )
    found = database.read([OWN], lambda s: {account: s.get(AuditEntry, ids[account]) for account in ids})
    assert {account: entry and entry.action for account, entry in found.items()} == {
        OWN: "of northwind",
        OTHER: None,
        None: None,
    }


def test_a_row_read_again_is_the_same_clients(database: Database) -> None:
    def again(session: Session) -> str | None:
        person = session.get_one(Person, (OWN, 1))
        session.refresh(person)
        session.expire(person)
        return person.name

    assert database.read([OWN], again) == "Ania Nowak"


def test_an_update_reaches_its_own_alone(database: Database) -> None:
    database.write([OWN], lambda session: session.execute(update(Person).values(name="Changed")))
    assert _all_people(database) == {(OWN, "Changed"), *((OTHER, name) for name in HANBIT)}


def test_a_delete_reaches_its_own_alone(database: Database) -> None:
    database.write([OWN], lambda session: session.execute(delete(Person)))
    assert _all_people(database) == {(OTHER, name) for name in HANBIT}


def test_core_and_text_that_name_the_account_go_through(database: Database) -> None:
    core = select(_PERSON.c.name).where(_PERSON.c.account_id == bindparam("account_id"))
    words = text("SELECT name FROM person WHERE account_id = :account_id")
    for statement in (core, words):
        found = database.read([OWN], lambda session: set(session.scalars(statement, {"account_id": OWN})))  # noqa: B023 - used at once
        assert found == set(NORTHWIND)


def test_rows_that_name_the_account_go_in(database: Database) -> None:
    for place, target in enumerate((Person, _PERSON)):
        database.write(
            [OWN],
            lambda session: session.execute(insert(target), [_row(account_id=OWN, id=80 + place)]),  # noqa: B023 - used at once
        )
    database.write(
        [OWN], lambda session: session.execute(update(Person), [{"account_id": OWN, "id": 80, "name": "New"}])
    )
    assert _all_people(database) == {*PEOPLE, (OWN, "New"), (OWN, "Nobody")}


def test_a_row_of_another_account_cannot_be_brought_in_from_outside(database: Database) -> None:
    jun = database.read([OTHER], lambda session: session.get_one(Person, (OTHER, 1)))

    def rename(session: Session) -> None:
        session.add(jun)
        jun.name = "Changed"
        session.flush()

    for change in (rename, lambda session: session.delete(jun)):
        with pytest.raises(ScopeError, match="account 2 is outside the scope"):
            database.write([OWN], change)
    assert _all_people(database) == PEOPLE


def test_a_word_is_no_scope(database: Database) -> None:
    with pytest.raises(ScopeError, match="'everything' is no scope"):
        database.read("everything", _names)


def _names(session: Session) -> list[str]:
    return sorted(filter(None, session.scalars(_NAMES)))


def _all_people(database: Database) -> set[tuple[int, str]]:
    found = database.read(OPERATOR, lambda session: session.execute(select(_P.account_id, _P.name)).all())
    return {(account_id, name) for account_id, name in found}


def _row(**given: Any) -> dict[str, Any]:
    defaults = {"id": 77, "name": "Nobody", "role": "user", "owner": False, "staff": False, "excluded": False}
    return {**defaults, "created_at": NOW, **given}
