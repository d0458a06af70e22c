import datetime as dt
import multiprocessing
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

from storage import append_only, migrate, schema_revision
from storage.database import Database


@pytest.fixture
def blank(blank_url: str) -> Iterator[Database]:
    database = Database(blank_url)
    yield database
    database.dispose()


def test_a_blank_database_has_no_revision_and_is_not_current(blank: Database) -> None:
    assert (schema_revision.current(blank), schema_revision.is_current(blank)) == (None, False)


def test_upgrade_brings_it_to_the_head_with_every_trigger_and_a_second_one_changes_nothing(blank: Database) -> None:
    migrate.upgrade(blank)
    once = _shape(blank)
    migrate.upgrade(blank)
    assert (schema_revision.current(blank), schema_revision.is_current(blank)) == (schema_revision.head(), True)
    with blank.engine.connect() as connection:
        assert append_only.missing(connection) == {}
    assert _shape(blank) == once


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(blank_url: str) -> None:
    declared = Database(blank_url)
    SQLModel.metadata.create_all(declared.engine)
    expected = _shape(declared)
    SQLModel.metadata.drop_all(declared.engine)
    migrate.upgrade(declared)
    found = _shape(declared)
    del found["alembic_version"]
    assert found == expected
    declared.dispose()


def test_alembic_finds_nothing_left_to_migrate(blank: Database) -> None:
    migrate.upgrade(blank)
    with blank.engine.begin() as connection:
        command.check(migrate.configuration(connection))


def test_a_revision_from_a_newer_release_is_left_alone_and_named(blank: Database) -> None:
    migrate.upgrade(blank)
    with blank.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(migrate.UnknownRevisionError, match=r"at revision 9999, but the newest .* is 0"):
        migrate.upgrade(blank)
    assert schema_revision.current(blank) == "9999"


def test_there_is_no_way_back(blank: Database) -> None:
    migrate.upgrade(blank)
    with blank.engine.begin() as connection, pytest.raises(AttributeError, match="downgrade"):
        command.downgrade(migrate.configuration(connection), "base")
    assert schema_revision.is_current(blank)


def test_a_migration_that_fails_leaves_the_database_as_it_was(blank: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_connection: Connection) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(migrate, "create_triggers", fail)
    with pytest.raises(RuntimeError, match="the lights went out"):
        migrate.upgrade(blank)
    assert (schema_revision.current(blank), inspect(blank.engine).get_table_names()) == (None, [])


def test_references_are_held_again_after_an_upgrade(sqlite_database: Database) -> None:
    migrate.upgrade(sqlite_database)
    with sqlite_database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_processes_that_upgrade_at_once_all_find_it_done(blank_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(3) as pool:
        assert pool.map(_upgraded, [blank_url] * 3, chunksize=1) == [schema_revision.head()] * 3


def _upgraded(url: str) -> str | None:
    database = Database(url)
    migrate.upgrade(database)
    found = schema_revision.current(database)
    database.dispose()
    return found


def _shape(database: Database) -> dict[str, Any]:
    """Return all that can be seen of the tables, in an order that does not depend on how they were made."""
    seen = inspect(database.engine)
    ask: dict[str, Callable[..., Any]] = {
        "columns": seen.get_columns,
        "key": seen.get_pk_constraint,
        "references": seen.get_foreign_keys,
        "uniques": seen.get_unique_constraints,
        "checks": seen.get_check_constraints,
        "indexes": seen.get_indexes,
        "options": seen.get_table_options,
    }
    return {name: {aspect: _steady(answer(name)) for aspect, answer in ask.items()} for name in seen.get_table_names()}


def _steady(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _steady(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted((_steady(each) for each in value), key=str) if value and isinstance(value[0], dict) else value
    return value if isinstance(value, (str, int, bool, type(None), dt.date)) else str(value)


def test_the_files_names_tell_the_revisions_as_alembic_does() -> None:
    scripts = ScriptDirectory.from_config(migrate.configuration()).walk_revisions()
    assert schema_revision.known() == [script.revision for script in scripts]
