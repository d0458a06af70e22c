"""What may only be added to: the database itself refuses to change it.

SQLite's triggers vanish without a word when a migration makes a table anew, so they are never part of one:
`storage.migrate.upgrade` has them made here, after every migration.
"""

from typing import Final, Literal

from sqlalchemy import Connection

APPEND_ONLY: Final = {
    "transfer": "transfers are append-only; post a reversal",
    "audit": "audit entries are append-only; write another one",
    "programme_version": "programme versions are immutable; apply another one",
}
"""What each table says to whoever wants to change a row: what would be right."""

Fault = Literal["missing", "disabled", "altered"]

_FUNCTION = "append_only"
_BODY = "BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation'; END"


def create_triggers(connection: Connection) -> None:
    """Make every trigger that is missing, disabled or altered anew."""
    faults = missing(connection)
    if not faults:
        return
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"
        )
    for name in faults:
        on_table = f" ON {_table(name)}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on_table}")
        connection.exec_driver_sql(expected(connection.dialect.name)[name])


def expected(dialect: str) -> dict[str, str]:
    """Return the statement that makes each trigger, by its name, as the database itself tells it."""
    return _on_postgresql() if dialect == "postgresql" else _on_sqlite()


def missing(connection: Connection) -> dict[str, Fault]:
    """Return what is wrong, by the trigger's name: nothing where all stand and refuse what they should."""
    found = (
        _found_on_postgresql(connection) if connection.dialect.name == "postgresql" else _found_on_sqlite(connection)
    )
    faults: dict[str, Fault] = {}
    for name, statement in expected(connection.dialect.name).items():
        if name not in found:
            faults[name] = "missing"
        elif found[name] != statement:
            faults[name] = "disabled" if found[name] is None else "altered"
    return faults


def _on_sqlite() -> dict[str, str]:
    return {
        f"{table}_no_{verb.lower()}": f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        for table, words in APPEND_ONLY.items()
        for verb in ("UPDATE", "DELETE")
    }


def _on_postgresql() -> dict[str, str]:
    return {
        f"{table}_append_only": f"CREATE TRIGGER {table}_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}('{words}')"
        for table, words in APPEND_ONLY.items()
    }


def _found_on_sqlite(connection: Connection) -> dict[str, str | None]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: row.sql for row in rows}


def _found_on_postgresql(connection: Connection) -> dict[str, str | None]:
    """Return each trigger's definition, with its function's body where that is not ours; None where it is off."""
    rows = connection.exec_driver_sql(
        "SELECT tgname, pg_get_triggerdef(t.oid, true), tgenabled IN ('O', 'A'), prosrc "
        "FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid "
        "WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)"
    )
    return {
        name: (definition if body == _BODY else f"{definition}: {body}") if enabled else None
        for name, definition, enabled, body in rows
    }


def _table(name: str) -> str:
    return next(table for table in APPEND_ONLY if name.startswith(f"{table}_"))
