import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlmodel import Session, col, select

from storage import database as sessions
from storage.database import OPERATOR, Database
from storage.tables import Account
from tests.support.two_clients import NOW, settle


class RefusedError(Exception):
    """What a driver raises, with PostgreSQL's code for it."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def test_a_write_returns_what_fn_did_and_it_is_there_for_the_next_reader(database: Database) -> None:
    def fn(session: Session) -> str:
        session.add(_account("northwind"))
        return "done"

    assert database.write(OPERATOR, fn) == "done"
    assert database.read(OPERATOR, _keys) == ["northwind"]


def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    def half(session: Session) -> None:
        session.add(_account("northwind"))
        session.flush()
        raise LookupError("on the way")

    with pytest.raises(LookupError):
        database.write(OPERATOR, half)
    assert database.read(OPERATOR, _keys) == []


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_a_conflict_runs_fn_again_from_the_start(
    database: Database, monkeypatch: pytest.MonkeyPatch, sqlstate: str
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(database, "sleep", waits.append)
    attempts: list[list[str]] = []

    def third_time(session: Session) -> str:
        attempts.append(_keys(session))
        session.add(_account("northwind"))
        session.flush()
        if len(attempts) < 3:
            raise OperationalError("UPDATE account", {}, RefusedError(sqlstate))
        return "done"

    assert database.write(OPERATOR, third_time) == "done"
    assert (attempts, database.read(OPERATOR, _keys)) == ([[], [], []], ["northwind"])
    assert len(waits) == 2
    assert all(0 <= wait <= limit for wait, limit in zip(waits, (0.02, 0.04), strict=True))


def test_a_conflict_without_end_is_raised(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "sleep", lambda _seconds: None)
    attempts: list[None] = []

    def never(_session: Session) -> None:
        attempts.append(None)
        raise OperationalError("UPDATE account", {}, RefusedError("40001"))

    with pytest.raises(OperationalError):
        database.write(OPERATOR, never)
    assert len(attempts) == sessions.ATTEMPTS


def test_another_error_is_not_tried_again(database: Database) -> None:
    attempts: list[None] = []

    def twice_the_same(session: Session) -> None:
        attempts.append(None)
        session.add_all([_account("northwind"), _account("northwind")])

    with pytest.raises(IntegrityError):
        database.write(OPERATOR, twice_the_same)
    assert len(attempts) == 1


def test_a_write_inside_a_write_is_refused_instead_of_waiting_for_itself(database: Database) -> None:
    def outer(session: Session) -> None:
        session.add(_account("northwind"))
        database.write(OPERATOR, lambda inner: inner.add(_account("hanbit")))

    with pytest.raises(RuntimeError, match="hand the session on"):
        database.write(OPERATOR, outer)
    database.write(OPERATOR, lambda session: session.add(_account("later")))
    assert database.read(OPERATOR, _keys) == ["later"]


def test_deadlocked_writers_both_get_through(postgresql_database: Database) -> None:
    settle(postgresql_database)
    both_hold_one = threading.Barrier(2, timeout=10)
    first_tries = threading.local()

    def rename(mine: int, theirs: int) -> Callable[[Session], None]:
        def fn(session: Session) -> None:
            _rename(session, mine)
            if not getattr(first_tries, "over", False):
                first_tries.over = True
                both_hold_one.wait()
            _rename(session, theirs)

        return fn

    threads = [
        threading.Thread(target=postgresql_database.write, args=(OPERATOR, rename(*order)))
        for order in ((1, 2), (2, 1))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert postgresql_database.read(OPERATOR, _names) == ["Northwind!!", "Hanbit!!"]


def test_a_reader_cannot_write(database: Database) -> None:
    def sneak(session: Session) -> None:
        session.add(_account("northwind"))
        session.commit()

    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        database.read(OPERATOR, sneak)
    assert database.read(OPERATOR, _keys) == []


def test_a_writer_after_a_reader_may_write_with_one_connection_each(sqlite_database: Database) -> None:
    lone = Database(str(sqlite_database.engine.url), pool_size=1)
    assert lone.read(OPERATOR, _keys) == []
    lone.write(OPERATOR, lambda session: session.add(_account("northwind")))
    assert lone.read(OPERATOR, _keys) == ["northwind"]
    lone.dispose()


def test_a_reader_sees_one_moment(database: Database) -> None:
    def look_twice(session: Session) -> tuple[list[str], list[str]]:
        before = _keys(session)
        if database.is_sqlite and _journal(session) != "wal":
            return before, before  # a rollback journal has no two moments: the writer would wait for the reader
        database.write(OPERATOR, lambda other: other.add(_account("northwind")))
        session.expire_all()
        return before, _keys(session)

    assert database.read(OPERATOR, look_twice) == ([], [])


def test_threads_that_write_at_once_lose_nothing(database: Database) -> None:
    settle(database)

    def many() -> None:
        for _ in range(10):
            database.write(OPERATOR, _count_up)

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert database.read(OPERATOR, lambda session: session.get_one(Account, 1).serial) == 3 + 40


def test_what_was_written_outlives_a_process_that_is_killed(sqlite_database: Database) -> None:
    program = (
        "import os, signal\n"
        "from storage.database import OPERATOR, Database\n"
        "from tests.storage.test_database import _account\n"
        f"database = Database({str(sqlite_database.engine.url)!r})\n"
        "database.write(OPERATOR, lambda session: session.add(_account('northwind')))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9  # noqa: S603 - our own program
    assert sqlite_database.read(OPERATOR, _keys) == ["northwind"]


@pytest.mark.parametrize(
    ("version", "journal"),
    [((3, 40, 1), "truncate"), ((3, 51, 2), "truncate"), ((3, 51, 3), "wal"), ((3, 53, 0), "wal")],
)
def test_sqlite_keeps_a_write_ahead_log_only_where_that_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], journal: str
) -> None:
    monkeypatch.setattr(sessions, "_sqlite_module", lambda: (sqlite3, version))
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    found = database.read(OPERATOR, _pragmas)
    database.dispose()
    assert found == {"journal_mode": journal, **SAFE}


SAFE = {"synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
"""synchronous=FULL is 2."""


def test_postgresql_is_read_at_one_moment_and_written_as_it_comes(postgresql_database: Database) -> None:
    level = text("SHOW transaction_isolation")
    assert postgresql_database.read(OPERATOR, lambda session: session.scalar(level)) == "repeatable read"
    assert postgresql_database.write(OPERATOR, lambda session: session.scalar(level)) == "read committed"


@pytest.mark.parametrize(("trusted", "first"), [(-1, "nothing lost"), (60, "away")])
def test_a_connection_to_postgresql_that_is_gone_costs_at_most_one_answer(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch, trusted: float, first: str
) -> None:
    monkeypatch.setattr(sessions, "TRUSTED_SECONDS", trusted)
    other = Database(postgresql_database.engine.url.render_as_string(hide_password=False))
    assert other.read(OPERATOR, _keys) == []
    others = text("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid = :pid")
    pid = other.read(OPERATOR, lambda session: session.scalar(text("SELECT pg_backend_pid()")))
    postgresql_database.write(OPERATOR, lambda session: session.execute(others, {"pid": pid}))
    try:
        found = "nothing lost" if other.read(OPERATOR, _keys) == [] else "lost"
    except OperationalError:
        found = "away"
    assert (found, other.read(OPERATOR, _keys)) == (first, [])
    other.dispose()


def _pragmas(session: Session) -> dict[str, object]:
    names = ("journal_mode", *SAFE)
    return {name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}


def _journal(session: Session) -> object:
    return session.connection().exec_driver_sql("PRAGMA journal_mode").scalar()


def _account(key: str) -> Account:
    return Account(key=key, name=key.title(), timezone="Europe/Warsaw", created_at=NOW)


def _keys(session: Session) -> list[str]:
    return list(session.exec(select(Account.key)))


def _names(session: Session) -> list[str]:
    return list(session.exec(select(Account.name).order_by(col(Account.id))))


def _rename(session: Session, account_id: int) -> None:
    session.connection().exec_driver_sql(f"UPDATE account SET name = name || '!' WHERE id = {account_id}")


def _count_up(session: Session) -> None:
    session.connection().exec_driver_sql("UPDATE account SET serial = serial + 1 WHERE id = 1")
