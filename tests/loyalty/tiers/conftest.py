import pytest

from storage.session import Database
from tests.earning import Earning
from tests.loyalty.tiers.climbing import Climbing, climbing


@pytest.fixture
def earning(database: Database) -> Earning:
    """Two clients without a programme yet, on both databases."""
    return Earning(database)


@pytest.fixture
def climb(earning: Earning) -> Climbing:
    """Two clients with tiers, whose Ania and Marek have joined and want to be celebrated."""
    return climbing(earning)
