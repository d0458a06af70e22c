"""The database's revision: which one it is at, and the way to the newest. Needs no alembic.ini."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from storage.session import OPERATOR, Database
from storage.triggers import create_triggers

_TURN = 0x1A04E15
"""PostgreSQL's advisory lock for whoever upgrades."""


class UnknownRevisionError(Exception):
    """The database is at a revision that a newer Laurels made."""


def upgrade(database: Database) -> None:
    """Bring the database to the newest revision, triggers included; several processes may ask for it at once.

    Everything happens in one transaction, or nothing does.
    """
    with _alone(database) as connection:
        before = _current(connection)
        if before is not None and before not in _known():
            raise UnknownRevisionError(
                f"the database is at revision {before}, but the newest that this Laurels knows is {head()}: "
                "a newer Laurels upgraded it; run that one"
            )
        if before != head():
            command.upgrade(configuration(connection), "head")
            _check_references(connection)
        create_triggers(connection)


def current(database: Database) -> str | None:
    """Return the revision that the database is at; None where nothing was made yet."""
    return database.read(OPERATOR, lambda session: _current(session.connection()))


def head() -> str:
    """Return the newest revision."""
    return _known()[0]


def is_current(database: Database) -> bool:
    """Return whether the database is at the newest revision."""
    return current(database) == head()


def is_known(revision: str) -> bool:
    """Return whether the revision is one of ours, older or newest."""
    return revision in _known()


def is_blank(database: Database) -> bool:
    """Return whether the database has no table at all."""
    return database.read(OPERATOR, lambda session: not inspect(session.connection()).get_table_names())


def configuration(connection: Connection | None = None) -> Config:
    """Return what Alembic's commands want; those that touch a database want a connection in a transaction."""
    config = Config()
    config.set_main_option("script_location", str(files("storage") / "migrations").replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _known() -> list[str]:
    """Return all revisions, newest first."""
    return [script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()]


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """Give a connection in a transaction that no other upgrade runs beside."""
    with database.engine.connect() as connection, _unreferenced(connection), connection.begin():
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
        yield connection


@contextmanager
def _unreferenced(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew that others refer to. Its switch moves only outside a transaction."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration left rows that refer to nothing: {broken[:10]}")
