from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.support.two_workspaces import Village, open_village


@pytest.fixture
def village(sqlite_database: Database) -> Iterator[Village]:
    """A local Slack with two clients, their product, and the bot."""
    with open_village(sqlite_database) as village:
        yield village
