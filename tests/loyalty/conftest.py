import pytest

from storage.database import Database
from tests.support.redemptions import Redeeming
from tests.support.usage import Earning


@pytest.fixture
def earning(database: Database) -> Earning:
    """Two clients without a programme yet, on both databases."""
    return Earning(database)


@pytest.fixture
def redeeming(database: Database) -> Redeeming:
    """Two clients under a programme with rewards; nobody has joined yet."""
    found = Redeeming(database)
    found.under()
    return found
