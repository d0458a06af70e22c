import pytest

from storage.database import Database
from tests.loyalty.tiers.builders import Climbing, climbing
from tests.support.usage import Earning


@pytest.fixture
def earning(database: Database) -> Earning:
    """Two clients without a programme yet, on both databases."""
    return Earning(database)


@pytest.fixture
def climb(earning: Earning) -> Climbing:
    """Two clients with tiers, whose Ania and Marek have joined and want to be celebrated."""
    return climbing(earning)
