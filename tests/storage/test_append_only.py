import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.append_only import APPEND_ONLY, create_triggers, expected, missing
from storage.database import OPERATOR, Database
from storage.tables import AuditEntry, Transfer, Wallet
from tests.support.two_clients import NOW, TwoClients

FIRST = {"transfer": "points", "audit": "author", "programme_version": "author"}


@pytest.fixture
def filled(database: Database, two_clients: TwoClients) -> Database:
    """A row in each table that may only be added to."""
    northwind = two_clients.northwind

    def fill(session: Session) -> None:
        session.add(AuditEntry(account_id=northwind.id, at=NOW, author="operator", action="apply", details={}))
        session.add(Wallet(account_id=northwind.id, id=91, kind="issued"))
        session.add(Wallet(account_id=northwind.id, id=92, kind="pool", balance=5, owed=0))
        session.flush()
        session.add(
            Transfer(
                account_id=northwind.id,
                id=93,
                from_id=91,
                to_id=92,
                points=5,
                kind="adjust",
                cause_kind="adjustment",
                cause_id=93,
                source_key=b"93",
                occurred_at=NOW,
                recorded_at=NOW,
                local_day=NOW.date(),
                author="operator",
                digest=b"93",
            )
        )

    database.write(OPERATOR, fill)
    return database


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_rows_can_be_neither_changed_nor_deleted(filled: Database, table: str, verb: str) -> None:
    assert _refusal(filled, verb.format(table=table, column=FIRST[table])) == APPEND_ONLY[table]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_truncate_is_refused_as_well(postgresql_database: Database, table: str) -> None:
    assert _refusal(postgresql_database, f"TRUNCATE {table} CASCADE") in set(APPEND_ONLY.values())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_insert_or_replace_does_not_slip_past(filled: Database, table: str) -> None:
    statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    assert _refusal(filled, statement) == APPEND_ONLY[table]


def test_an_upsert_does_not_slip_past(filled: Database) -> None:
    upsert = (
        "INSERT INTO transfer SELECT * FROM transfer WHERE true ON CONFLICT (account_id, id) DO UPDATE SET points = 9"
    )
    assert _refusal(filled, upsert) == APPEND_ONLY["transfer"]


def test_a_trigger_that_is_gone_is_missed_and_made_anew(database: Database) -> None:
    for name in expected(database.engine.dialect.name):
        _run(database, f"DROP TRIGGER {name}{_on(database, name)}")
        assert _missing(database) == {name: "missing"}
        _mend(database)
        assert _missing(database) == {}


def test_a_trigger_that_is_switched_off_is_missed_and_made_anew(postgresql_database: Database) -> None:
    for switch in ("DISABLE TRIGGER transfer_append_only", "ENABLE REPLICA TRIGGER transfer_append_only"):
        _run(postgresql_database, f"ALTER TABLE transfer {switch}")
        assert _missing(postgresql_database) == {"transfer_append_only": "disabled"}
        _mend(postgresql_database)
        assert _missing(postgresql_database) == {}


def test_a_trigger_that_lets_some_through_is_missed_and_made_anew(database: Database) -> None:
    name = next(iter(expected(database.engine.dialect.name)))
    statement = expected(database.engine.dialect.name)[name]
    weaker = (
        statement.replace(" BEGIN SELECT", " WHEN old.points > 5 BEGIN SELECT")
        if database.is_sqlite
        else statement.replace(" OR TRUNCATE", "").replace("STATEMENT", "ROW WHEN (old.points > 5)")
    )
    _run(database, f"DROP TRIGGER {name}{_on(database, name)}", weaker)
    _mend_and_compare(database, {name: "altered"})


def test_a_function_that_lets_all_through_is_missed_and_made_anew(postgresql_database: Database) -> None:
    _run(
        postgresql_database,
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$",
    )
    _mend_and_compare(postgresql_database, dict.fromkeys(expected("postgresql"), "altered"))


def _mend_and_compare(database: Database, faults: dict[str, str]) -> None:
    assert _missing(database) == faults
    _mend(database)
    assert _missing(database) == {}


def _refusal(database: Database, statement: str) -> str:
    """Return the words with which the database refuses."""
    with pytest.raises(DBAPIError) as caught:
        _run(database, statement)
    return str(caught.value.orig).splitlines()[0]


def _run(database: Database, *statements: str) -> None:
    with database.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _missing(database: Database) -> dict[str, str]:
    with database.engine.connect() as connection:
        return dict(missing(connection))


def _mend(database: Database) -> None:
    with database.engine.begin() as connection:
        create_triggers(connection)


def _on(database: Database, name: str) -> str:
    return "" if database.is_sqlite else f" ON {name.removesuffix('_append_only')}"
