import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import acquainted
from tests.support.workspace import Town, open_town, settle


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
    accounts = settle(database)
    database.dispose()
    return path, accounts
