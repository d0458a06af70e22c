"""The usage API on a port of its own, for senders that are other programmes."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from handlers.usage import api
from sandbox.run_servers import Site, in_background
from storage.database import Database
from tests.handlers.usage.builders import KEY


@contextmanager
def live(database: Database) -> Iterator[str]:
    """Serve the usage API by the machine's clock, and return its address."""
    app = FastAPI()
    app.include_router(api.router(database, clock=lambda: dt.datetime.now(dt.UTC), secret_key=KEY))
    with in_background(Site(app)) as [url]:
        yield url
