import pytest

from storage.session import Database
from tests.earning import Earning


@pytest.fixture
def earning(database: Database) -> Earning:
    """Two clients without a programme yet, on both databases."""
    return Earning(database)
