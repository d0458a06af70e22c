import datetime as dt
from pathlib import Path

import pytest

from storage.database import Database
from tests.bot.cli.shell import Shell

NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def shell(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A folder with an empty SQLite database in it."""
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, {"LAURELS_DATABASE_URL": "sqlite:///laurels.db"})


@pytest.fixture
def both(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A folder beside an empty database, on SQLite and on PostgreSQL."""
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, {"LAURELS_DATABASE_URL": database.engine.url.render_as_string(hide_password=False)})


@pytest.fixture
def friday(monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    """The clock stands still, on a Friday morning."""
    for module in ("usage", "context", "adjust", "reverse", "season"):
        monkeypatch.setattr(f"bot.cli.{module}.now", lambda: NOW)
    return NOW
