"""What tests in every room may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from storage.session import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    database = Database(f"sqlite:///{tmp_path}/laurels.db")
    SQLModel.metadata.create_all(database.engine)
    yield database
    database.dispose()
