"""A glance finds what is there now, within its scope, and a connection that is gone costs at most one answer."""

import threading
from typing import Any

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from storage.database import OPERATOR, Database, ScopeError
from storage.errors import DATABASE_UNAVAILABLE
from storage.fast_reads import connections
from storage.fast_reads.connections import MAX_CONNECTIONS
from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import Account, core
from tests.support.two_clients import TwoClients

OWN, OTHER = 1, 2
"""Northwind's id and Hanbit's."""

ACCOUNT = core(Account)
NAME = PreparedSelect(select(ACCOUNT.c.name).where(ACCOUNT.c.id == bindparam("account_id")))


def _name(database: Database, account_id: int = OWN) -> str:
    name: str = database.read_autocommit([OWN], lambda session: NAME.one(session, {"account_id": account_id}).name)
    return name


def _rename(session: Session) -> None:
    session.get_one(Account, OWN).name = "Northwind Ltd"


def test_it_sees_what_was_committed_since_the_one_before(database: Database, two_clients: TwoClients) -> None:
    assert two_clients is not None
    assert _name(database) == "Northwind"
    database.write(OPERATOR, _rename)
    assert _name(database) == "Northwind Ltd"


@pytest.mark.usefixtures("two_clients")
def test_it_is_held_to_its_scope(database: Database) -> None:
    with pytest.raises(ScopeError, match="account 2 is outside"):
        _name(database, OTHER)
    assert _name(database) == "Northwind"


@pytest.mark.usefixtures("two_clients")
def test_what_is_asked_of_the_session_itself_leaves_nothing_open(database: Database) -> None:
    names = database.read_autocommit([OWN], lambda session: session.exec(select_rows(Account.name)).all())
    assert names == ["Northwind"]
    database.write(OPERATOR, _rename)
    assert database.read_autocommit([OWN], lambda session: session.exec(select_rows(col(Account.name))).all()) == [
        "Northwind Ltd"
    ]


def test_it_cannot_write(sqlite_database: Database) -> None:
    with pytest.raises(DBAPIError, match="readonly"):
        sqlite_database.read_autocommit(OPERATOR, lambda session: session.execute(text("DELETE FROM account")))


@pytest.mark.usefixtures("two_clients")
def test_many_at_once_are_all_answered(database: Database) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(_name(database))) for _ in range(MAX_CONNECTIONS * 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert found == ["Northwind"] * len(threads)


@pytest.mark.usefixtures("two_clients")
def test_where_no_answer_comes_whoever_waits_is_told_so(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "WAIT_SECONDS", 0.05)
    over, asking = threading.Event(), threading.Barrier(MAX_CONNECTIONS + 1, timeout=10)

    def wait(_session: Session) -> None:
        asking.wait()
        over.wait(timeout=10)

    threads = [threading.Thread(target=database.read_autocommit, args=(OPERATOR, wait)) for _ in range(MAX_CONNECTIONS)]
    for thread in threads:
        thread.start()
    asking.wait()
    with pytest.raises(DATABASE_UNAVAILABLE):
        _name(database)
    over.set()
    for thread in threads:
        thread.join(timeout=10)
    assert _name(database) == "Northwind"


@pytest.mark.parametrize(("trusted", "first"), [(-1, "nothing lost"), (60, "away")])
def test_a_connection_that_is_gone_costs_at_most_one_answer(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch, trusted: float, first: str
) -> None:
    monkeypatch.setattr(connections, "TRUSTED_SECONDS", trusted)
    monkeypatch.setattr("storage.database.TRUSTED_SECONDS", trusted)
    other = Database(postgresql_database.engine.url.render_as_string(hide_password=False))
    pid = other.read_autocommit(OPERATOR, _own_process)
    postgresql_database.write(OPERATOR, lambda session: session.execute(text(f"SELECT pg_terminate_backend({pid})")))
    try:
        found = "nothing lost" if other.read_autocommit(OPERATOR, _own_process) != pid else "lost"
    except OperationalError:
        found = "away"
    assert (found, other.read_autocommit(OPERATOR, _own_process) != pid) == (first, True)
    other.dispose()


def _own_process(session: Session) -> Any:
    return session.scalar(text("SELECT pg_backend_pid()"))
