"""The two doors to the facts: `read(scope, fn)` and `write(scope, fn)`.

A scope says whose facts may be touched: a set of accounts, or the operator's everything. It is held here, not
trusted to each query:
ORM statements are narrowed to it; a Core statement must name the accounts it means in its parameter `account_id`,
and any other
account is refused; rows of another account are refused at flush.
"""

import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, column, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlmodel import Session

from storage.tables import Account, Tenant

# What with_loader_criteria wants to see on a mixin before it meets the mapped classes.
Tenant.account_id = column("account_id")  # type: ignore[assignment]

T = TypeVar("T")

OPERATOR: Final = "operator"
"""The scope of whoever runs the deployment: all accounts."""

Scope = Iterable[int] | str
ATTEMPTS = 8
RETRIED = {"40001", "40P01"}
"""PostgreSQL's serialization failure and deadlock."""


class ScopeError(Exception):
    """A statement reached for an account outside its scope: a mistake in the code, never a person's."""


class Database:
    """The deployment's one database: SQLite or PostgreSQL."""

    def __init__(self, url: str, *, pool_size: int = 20, sleep: Callable[[float], None] = time.sleep) -> None:
        self.engine = connect(url, pool_size=pool_size)
        self.sleep = sleep
        self._readers = self.engine.execution_options(**_READ_ONLY[self.engine.dialect.name])
        # SQLite has one writer at a time: queueing here is fairer and faster than its busy handler.
        self._writing: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite, a file on this machine."""
        return self.engine.dialect.name == "sqlite"

    def read(self, scope: Scope, fn: Callable[[Session], T]) -> T:
        """Return what `fn` finds, in one read-only transaction."""
        with _open(self._readers, scope) as session:
            return fn(session)

    def write(self, scope: Scope, fn: Callable[[Session], T]) -> T:
        """Return what `fn` did, committed.

        `fn` runs again, from the start, after a serialization failure or a deadlock.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._writing, _open(self.engine, scope) as session:
                    result = fn(session)
                    session.commit()
                    return result
            except DBAPIError as error:
                if attempt == ATTEMPTS or not _worth_another_try(error):
                    raise
            self.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - spreads retries, guards nothing
        raise AssertionError("unreachable")

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def connect(url: str, *, pool_size: int = 20) -> Engine:
    """Return an engine for `url`, set up so that what is committed is on disk."""
    if url.startswith("sqlite"):
        return _sqlite(url, pool_size)
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    return create_engine(url, pool_size=pool_size, max_overflow=0, pool_pre_ping=True, isolation_level="READ COMMITTED")


def _sqlite(url: str, pool_size: int) -> Engine:
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

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        read_only = bool(connection.get_execution_options().get("read_only"))
        connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _sqlite_module() -> tuple[Any, tuple[int, ...]]:
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - there are machines without it
    except ImportError:
        import sqlite3 as dbapi2  # noqa: PLC0415 - only where the other is not
    return dbapi2, dbapi2.sqlite_version_info


_READ_ONLY: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"read_only": True},
    "postgresql": {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"},
}


def _open(engine: Engine, scope: Scope) -> Session:
    session = Session(engine, expire_on_commit=False)
    if isinstance(scope, str):
        if scope != OPERATOR:
            raise ScopeError(f"{scope!r} is no scope; it is a set of accounts, or OPERATOR")
        return session
    accounts = session.info["accounts"] = frozenset(scope)

    @event.listens_for(session, "do_orm_execute")
    def _executing(state: ORMExecuteState) -> None:
        _narrow(state, accounts)

    @event.listens_for(session, "before_flush")
    def _refuse_others(session: Session, _context: Any, _instances: Any) -> None:
        for row in (*session.new, *session.dirty, *session.deleted):
            owner = row.id if isinstance(row, Account) else getattr(row, "account_id", None)
            if owner not in accounts:
                raise ScopeError(f"{type(row).__name__} of account {owner} is outside the scope {sorted(accounts)}")

    return session


def hold(session: Session, account_id: int) -> None:
    """Refuse an account outside the session's scope: for what goes round the ORM. Errors: `ScopeError`."""
    accounts = session.info.get("accounts")
    if accounts is not None and account_id not in accounts:
        raise ScopeError(f"a statement for account {account_id} in the scope {sorted(accounts)}")


def _narrow(state: ORMExecuteState, accounts: frozenset[int]) -> None:
    if state.is_orm_statement and not state.is_insert:
        state.statement = state.statement.options(
            with_loader_criteria(Tenant, lambda cls: cls.account_id.in_(accounts), include_aliases=True),
            with_loader_criteria(Account, lambda cls: cls.id.in_(accounts), include_aliases=True),
        )
        return
    given: Any = state.parameters or {}
    rows: list[Mapping[str, Any]] = given if isinstance(given, list) else [given]
    meant = {row.get("account_id") for row in rows}
    if not meant <= accounts:
        raise ScopeError(
            f"a statement for account {sorted(map(str, meant - accounts))} in the scope {sorted(accounts)}"
        )


def _worth_another_try(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in RETRIED or "database is locked" in str(error.orig)
