from collections.abc import Iterator
from functools import partial

import pytest

from storage.database import Database
from tests.handlers.webinars.builders import PAYS
from tests.support.workspace import Town, open_town, settle


@pytest.fixture
def paying(sqlite_database: Database) -> Iterator[Town]:
    """A town whose programme pays for coming to a webinar."""
    with open_town(sqlite_database, settling=partial(settle, programme=PAYS)) as town:
        yield town
