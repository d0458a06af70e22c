from collections.abc import Iterator

import pytest

from storage.session import Database
from tests.scenarios.village import Village, open_village


@pytest.fixture
def village(sqlite_database: Database) -> Iterator[Village]:
    """A local Slack with two clients, their product, and the bot."""
    with open_village(sqlite_database) as village:
        yield village
