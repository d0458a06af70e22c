"""The database, read and written in transactions: `read(scope, fn)` and `write(scope, fn)`.

What a scope is, and how it is held, stands in `storage/tenant_scope.py`.
"""

import math
import random
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from storage.fast_reads.connections import MAX_CONNECTIONS, TRUSTED_SECONDS, ReadConnections
from storage.tenant_scope import OPERATOR, Scope, ScopeError, open_session

__all__ = ["OPERATOR", "Database", "Scope", "ScopeError", "Work", "connect"]

T = TypeVar("T")

Work = Callable[[Session], T]
"""What runs within a scope, and returns something."""

ATTEMPTS = 8
RETRIED = {"40001", "40P01"}
"""PostgreSQL's serialization failure and deadlock."""
CONNECTION_TIMEOUTS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 15_000,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
}
"""Seconds (tcp_user_timeout: milliseconds) after which a silent PostgreSQL is away, unless its URL says others."""


class Database:
    """The deployment's one database: SQLite or PostgreSQL.

    `pool_size`: connections that read in transactions, and as many that write; those of `read_autocommit` come on
    top. A process has 24 with PostgreSQL at the most, taken as they are wanted.
    """

    def __init__(self, url: str, *, pool_size: int = 10, sleep: Callable[[float], None] = time.sleep) -> None:
        self.engine = connect(url, pool_size=pool_size)
        self.readers = _readers(self.engine, pool_size)
        self._glances = ReadConnections(self.readers)
        self._begin = "BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        self.sleep = sleep
        # SQLite has one writer at a time: queueing here is fairer and faster than its busy handler.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()
        self._here = threading.local()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite, a file on this machine."""
        return self.engine.dialect.name == "sqlite"

    def read(self, scope: Scope, fn: Work[T]) -> T:
        """Return what `fn` finds, in one read-only transaction: all of it as of one moment."""
        with self.readers.connect() as connection:
            connection.exec_driver_sql(self._begin)  # its end is the pool's, who rolls back what comes back
            return _used(open_session(connection, scope), fn)

    def read_autocommit(self, scope: Scope, fn: Work[T]) -> T:
        """Return what `fn` finds, with no transaction round it: each of its queries sees its own moment.

        For what every press asks by `PreparedSelect`: it saves two round trips.
        """
        return self._glances.lend(lambda connection: _used(open_session(connection, scope), fn))

    def write(self, scope: Scope, fn: Work[T]) -> T:
        """Return what `fn` did, committed.

        `fn` runs again, from the start, after a serialization failure or a deadlock. A write inside it would wait for
        this one for ever, so it is refused: hand the session on instead.
        """
        return self._alone(scope, fn, Session.commit)

    def dry_run(self, scope: Scope, fn: Work[T]) -> T:
        """Return what `fn` would have done: it runs as in `write`, and then everything is rolled back."""
        return self._alone(scope, fn, Session.rollback)

    def _alone(self, scope: Scope, fn: Work[T], end: Callable[[Session], None]) -> T:
        if getattr(self._here, "writes", False):
            raise RuntimeError("a write inside a write would wait for itself: hand the session on")
        self._here.writes = True
        try:
            return self._write(scope, fn, end)
        finally:
            self._here.writes = False

    def _write(self, scope: Scope, fn: Work[T], end: Callable[[Session], None]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._turn, open_session(self.engine, scope) as session:
                    result = fn(session)
                    end(session)
                    return result
            except DBAPIError as error:
                if attempt == ATTEMPTS or not _worth_another_try(error):
                    raise
            self.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - spreads retries, guards nothing
        raise AssertionError("unreachable")

    def dispose(self) -> None:
        """Close all connections."""
        self._glances.close()
        self.engine.dispose()
        self.readers.dispose()


def _used(session: Session, fn: Work[T]) -> T:
    try:
        return fn(session)
    finally:
        if session.in_transaction():  # else it was not used itself: there is nothing to close
            session.close()


def connect(url: str, *, pool_size: int = 10) -> Engine:
    """Return an engine for `url`, set up so that what is committed is on disk."""
    if url.startswith("sqlite"):
        return _sqlite(url, pool_size)
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    return _postgresql(url, pool_size, "READ COMMITTED")


def _postgresql(url: str | URL, pool_size: int, isolation: Any) -> Engine:
    own = make_url(url).query
    arguments: dict[str, Any] = {name: value for name, value in CONNECTION_TIMEOUTS.items() if name not in own}
    if isolation == "AUTOCOMMIT":
        # After a rollback psycopg lets the server forget all that is prepared, ours too, once it prepared any itself.
        arguments["prepare_threshold"] = None
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        isolation_level=isolation,
        connect_args=arguments,
    )

    @event.listens_for(engine, "checkin")
    def _back(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["since"] = time.monotonic()

    # SQLAlchemy's own ping goes before every transaction, and takes as long as a question.
    @event.listens_for(engine, "checkout")
    def _lent(connection: Any, record: ConnectionPoolEntry, _lent: Any) -> None:
        if time.monotonic() - record.info.get("since", math.inf) > TRUSTED_SECONDS:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise InvalidatePoolError from error

    return engine


def _sqlite(url: str | URL, pool_size: int) -> Engine:
    engine = _sqlite_files(url, pool_size)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _readers(engine: Engine, pool_size: int) -> Engine:
    """Return the engine for what only reads; it begins nothing by itself."""
    if engine.dialect.name == "postgresql":
        return _postgresql(engine.url, pool_size + MAX_CONNECTIONS, "AUTOCOMMIT")
    readers = _sqlite_files(engine.url, pool_size + MAX_CONNECTIONS)

    # Nothing at the engine's `begin`: one that somebody listens to takes half as long again for each statement.
    @event.listens_for(readers, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA query_only=ON")

    return readers


def _sqlite_files(url: str | URL, pool_size: int) -> Engine:
    module, version = _sqlite_module()
    # Before 3.51.3 several connections that checkpoint a write-ahead log can lose data
    # (sqlite.org/wal.html#walresetbug).
    journal = "WAL" if version >= (3, 51, 3) else "TRUNCATE"
    engine = create_engine(
        url,
        module=module,
        pool_size=pool_size,
        max_overflow=0,
        connect_args={"timeout": 10, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"journal_mode={journal}",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "cache_size=-65536",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _sqlite_module() -> tuple[Any, tuple[int, ...]]:
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - there are machines without it
    except ImportError:
        import sqlite3 as dbapi2  # noqa: PLC0415 - only where the other is not
    return dbapi2, dbapi2.sqlite_version_info


def _worth_another_try(error: DBAPIError) -> bool:
    # SQLite's "database is locked" is not: its busy handler has waited for ten seconds already.
    return getattr(error.orig, "sqlstate", None) in RETRIED
