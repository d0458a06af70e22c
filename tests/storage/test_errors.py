"""How long a PostgreSQL may be silent."""

import socket
import time

import pytest

from storage.database import OPERATOR, Database
from storage.errors import DATABASE_UNAVAILABLE, ask


@pytest.mark.parametrize(("given", "seconds"), [("", 5), ("?connect_timeout=7", 7)])
def test_one_that_takes_a_connection_and_says_nothing_is_away(given: str, seconds: float) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = Database(f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing{given}")
        began = time.monotonic()
        with pytest.raises(DATABASE_UNAVAILABLE):
            database.read(OPERATOR, ask)
        assert seconds - 1 < time.monotonic() - began < 60
        database.dispose()
