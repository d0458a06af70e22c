"""Which revision the database is at. Apart from the way to the newest: asking is cheap, Alembic is not."""

from importlib.resources import files

from sqlalchemy import Connection, inspect, text

from storage.database import OPERATOR, Database


def current(database: Database) -> str | None:
    """Return the revision that the database is at; None where nothing was made yet."""
    return database.read(OPERATOR, lambda session: at(session.connection()))


def at(connection: Connection) -> str | None:
    """Return the revision that the database is at, seen in this connection's transaction."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def known() -> list[str]:
    """Return all revisions, newest first: a migration's file begins with its own, and they are numbered."""
    names = (file.name for file in (files("storage") / "migrations" / "versions").iterdir())
    return sorted((name.partition("_")[0] for name in names if name.endswith(".py")), reverse=True)


def head() -> str:
    """Return the newest revision."""
    return known()[0]


def is_current(database: Database) -> bool:
    """Return whether the database is at the newest revision."""
    return current(database) == head()


def is_blank(database: Database) -> bool:
    """Return whether the database has no table at all."""
    return database.read(OPERATOR, lambda session: not inspect(session.connection()).get_table_names())
