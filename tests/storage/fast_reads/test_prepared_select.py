"""A prepared question answers as any other, and is held to the scope like any other."""

from typing import Any

import pytest
from sqlalchemy import LargeBinary, String, bindparam, func, literal, select, table, text
from sqlalchemy.exc import DBAPIError, NoResultFound, OperationalError
from sqlmodel import Session

from storage.database import OPERATOR, Database, ScopeError
from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import Account, Person, ProgrammeVersion, core
from tests.support.two_clients import NOW, TwoClients

OWN, OTHER = 1, 2
"""Northwind's id and Hanbit's."""

ACCOUNT = core(Account)
PERSON = core(Person)
PROGRAMME_VERSION = core(ProgrammeVersion)

BY_NAME = PreparedSelect(
    select(PERSON.c.name, PERSON.c.staff, PERSON.c.created_at, PERSON.c.left_at)
    .where(PERSON.c.account_id == bindparam("account_id"), PERSON.c.name == bindparam("name"))
    .where(PERSON.c.created_at <= bindparam("by", type_=PERSON.c.created_at.type), PERSON.c.erased_at.is_(None))
)
KEYS = PreparedSelect(select(ACCOUNT.c.key).order_by(ACCOUNT.c.key))
VERSIONS = PreparedSelect(select(func.count().label("how_many")).select_from(PROGRAMME_VERSION), shared=True)


@pytest.mark.usefixtures("two_clients")
def test_it_answers_in_rows_with_names_and_values_as_they_were_written(database: Database) -> None:
    asked = {"account_id": OWN, "name": "Ania Nowak", "by": NOW}
    found = database.read([OWN], lambda session: BY_NAME.all(session, asked))
    assert [row._asdict() for row in found] == [
        {"name": "Ania Nowak", "staff": False, "created_at": NOW, "left_at": None}
    ]


@pytest.mark.usefixtures("two_clients")
def test_first_is_none_where_there_is_nothing_and_one_is_an_error(database: Database) -> None:
    asked = {"account_id": OWN, "name": "Jun Park", "by": NOW}
    assert database.read([OWN], lambda session: BY_NAME.first(session, asked)) is None
    with pytest.raises(NoResultFound):
        database.read([OWN], lambda session: BY_NAME.one(session, asked))


@pytest.mark.usefixtures("two_clients")
def test_what_is_pending_in_a_write_is_there_for_it(database: Database) -> None:
    def rename(session: Session) -> Any:
        session.get_one(Person, (OWN, 1)).name = "Ania"
        return BY_NAME.one(session, {"account_id": OWN, "name": "Ania", "by": NOW}).name

    assert database.write([OWN], rename) == "Ania"


@pytest.mark.usefixtures("two_clients")
def test_another_account_is_refused(database: Database) -> None:
    asked = {"account_id": OTHER, "name": "Jun Park", "by": NOW}
    with pytest.raises(ScopeError, match="account 2 is outside"):
        database.read([OWN], lambda session: BY_NAME.all(session, asked))


@pytest.mark.usefixtures("two_clients")
def test_what_names_no_account_is_the_operators(database: Database) -> None:
    with pytest.raises(ScopeError, match="operator's scope"):
        database.read([OWN], lambda session: KEYS.all(session, {}))
    assert [row.key for row in database.read(OPERATOR, lambda session: KEYS.all(session, {}))] == [
        "hanbit",
        "northwind",
    ]


def test_what_belongs_to_no_account_is_everybodys(database: Database, two_clients: TwoClients) -> None:
    assert two_clients is not None
    assert database.read([OWN], lambda session: VERSIONS.one(session, {}).how_many) == 1


@pytest.mark.usefixtures("two_clients")
def test_constants_are_what_they_were_written_as(database: Database) -> None:
    words: Any = (
        select(literal("it's 100% \\ %s").label("said"), literal(7).label("number"))
        .select_from(ACCOUNT)
        .where(ACCOUNT.c.key == "hanbit", ACCOUNT.c.name != "it's")
    )
    said = PreparedSelect(words)
    found = database.read(OPERATOR, lambda session: said.one(session, {}))
    assert tuple(found) == ("it's 100% \\ %s", 7)


def test_a_drivers_error_is_told_as_sqlalchemys(database: Database) -> None:
    nowhere = PreparedSelect(select(text("1")).select_from(table("nowhere")))
    with pytest.raises(DBAPIError, match="nowhere"):
        database.read(OPERATOR, lambda session: nowhere.all(session, {}))
    assert database.read(OPERATOR, lambda session: KEYS.all(session, {})) == []


def test_a_connection_that_broke_is_given_up(postgresql_database: Database) -> None:
    def break_it(session: Session) -> None:
        driver: Any = session.connection().connection.dbapi_connection
        driver.close()
        KEYS.all(session, {})

    with pytest.raises(OperationalError):
        postgresql_database.read(OPERATOR, break_it)
    assert postgresql_database.read(OPERATOR, lambda session: KEYS.all(session, {})) == []


@pytest.mark.usefixtures("two_clients")
def test_nothing_is_a_value_too(database: Database) -> None:
    either = ACCOUNT.c.name == func.coalesce(bindparam("name", type_=String), "Hanbit")
    named = PreparedSelect(select(ACCOUNT.c.key).where(either))

    def keys(name: str | None) -> list[str]:
        return [
            row.key for row in database.read_autocommit(OPERATOR, lambda session: named.all(session, {"name": name}))
        ]

    assert [keys(None), keys("Northwind"), keys("None")] == [["hanbit"], ["northwind"], []]


def test_postgresql_prepares_it_once_and_is_asked_by_its_name(postgresql_database: Database) -> None:
    known = text(
        "SELECT name, generic_plans + custom_plans FROM pg_prepared_statements"
        " WHERE name LIKE 'laurels%' AND statement LIKE 'SELECT account.key%'"
    )

    def ask(session: Session) -> Any:
        KEYS.all(session, {})  # others may have asked on this connection before
        before = session.execute(known).one()
        for _ in range(3):
            KEYS.all(session, {})
        return before, session.execute(known).one()

    (name, asked_before), (same_name, asked) = postgresql_database.read(OPERATOR, ask)
    assert (same_name, asked - asked_before) == (name, 3)


def test_a_value_that_would_not_be_read_as_it_was_meant_is_refused(postgresql_database: Database) -> None:
    hidden = PreparedSelect(select(ACCOUNT.c.key).where(func.length(bindparam("what", type_=LargeBinary)) > 0))
    with pytest.raises(TypeError, match="by a cursor"):
        postgresql_database.read_autocommit(OPERATOR, lambda session: hidden.all(session, {"what": b"bytes"}))


def test_a_question_that_a_connection_knows_no_more_is_answered_all_the_same(postgresql_database: Database) -> None:
    """As behind a pooler that lends the same server connection to others."""

    def ask(session: Session) -> list[Any]:
        return KEYS.all(session, {})

    def forget(session: Session) -> None:
        driver: Any = session.connection().connection.dbapi_connection
        driver.execute("DEALLOCATE ALL")

    assert postgresql_database.read_autocommit(OPERATOR, ask) == []
    postgresql_database.read_autocommit(OPERATOR, forget)
    assert postgresql_database.read_autocommit(OPERATOR, ask) == []
    assert postgresql_database.read_autocommit(OPERATOR, ask) == []
    postgresql_database.dispose()  # what others had prepared on this connection is forgotten, too


def test_a_rollback_forgets_nothing_that_is_prepared(postgresql_database: Database) -> None:
    def ask_often_and_break(session: Session) -> None:
        KEYS.all(session, {})
        for _ in range(10):  # so often that psycopg would prepare it
            session.execute(text("SELECT 1"))
        raise LookupError

    def ask(session: Session) -> list[Any]:
        return KEYS.all(session, {})

    for _ in range(2):
        with pytest.raises(LookupError):
            postgresql_database.read(OPERATOR, ask_often_and_break)
        assert postgresql_database.read(OPERATOR, ask) == []
