import pytest

from storage.database import Database
from tests.loyalty.webinars.builders import Inviting


@pytest.fixture
def inviting(database: Database) -> Inviting:
    """Two clients under a programme that pays for coming, on both databases; nobody has joined yet."""
    found = Inviting(database)
    found.under()
    return found
