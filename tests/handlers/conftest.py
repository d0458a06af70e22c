from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.support.workspace import Town, open_town


@pytest.fixture
def town(sqlite_database: Database) -> Iterator[Town]:
    """A local Slack with two clients, and the bot."""
    with open_town(sqlite_database) as town:
        yield town
