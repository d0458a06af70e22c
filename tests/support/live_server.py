"""The usage API on a port of its own, for senders that are other programmes."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from handlers.usage import api
from storage.database import Database
from tests.handlers.usage.builders import KEY


@contextmanager
def live(database: Database) -> Iterator[str]:
    """Serve the usage API by the machine's clock, and return its address."""
    app = FastAPI()
    app.include_router(api.router(database, clock=lambda: dt.datetime.now(dt.UTC), secret_key=KEY))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
