"""The way to the database's newest revision. Needs no alembic.ini."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from storage.append_only import create_triggers
from storage.database import Database
from storage.schema_revision import at, head, known

_TURN = 0x1A04E15
"""PostgreSQL's advisory lock for whoever upgrades."""


class UnknownRevisionError(Exception):
    """The database is at a revision that a newer Laurels made."""


def upgrade(database: Database) -> None:
    """Bring the database to the newest revision, triggers included; several processes may ask for it at once.

    Everything happens in one transaction, or nothing does.
    """
    with _alone(database) as connection:
        before = at(connection)
        if before is not None and before not in known():
            raise UnknownRevisionError(
                f"the database is at revision {before}, but the newest that this Laurels knows is {head()}: "
                "a newer Laurels upgraded it; run that one"
            )
        if before != head():
            command.upgrade(configuration(connection), "head")
            _check_references(connection)
        create_triggers(connection)


def configuration(connection: Connection | None = None) -> Config:
    """Return what Alembic's commands want; those that touch a database want a connection in a transaction."""
    config = Config()
    config.set_main_option("script_location", str(files("storage") / "migrations").replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


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
