"""The process's ear: a port, the signals that end it, and how long that may take."""

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from bot.process.signals import SIGNALS, exit_at_deadline

UNDER_WAY = 3
"""Seconds that requests under way have to finish."""


class PortTakenError(Exception):
    """Nothing can listen there; the text says why."""


@contextmanager
def port(host: str, number: int) -> Iterator[socket.socket]:
    """Take a port, 0 for any, and give it back in the end. Errors: `PortTakenError`."""
    try:
        family = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0][0]
        door = socket.create_server((host, number), family=family, backlog=2048)
    except (OSError, OverflowError, UnicodeError) as error:
        raise PortTakenError(_why(error)) from None
    with door:
        yield door


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno and error.errno > 0:
        return os.strerror(error.errno)
    return str(error)


def listen(app: FastAPI, door: socket.socket, *, stopping: Callable[[], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; `stopping` hears of it first. Requests under way are answered.

    The process ends ten seconds later at the latest, whoever keeps it.
    """
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=UNDER_WAY)
    server = _Server(config)

    def stop() -> None:
        if server.should_exit:
            server.force_exit = True
            return
        exit_at_deadline()
        stopping()
        server.should_exit = True

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        for each in SIGNALS:
            loop.add_signal_handler(each, stop)
        await server.serve(sockets=[door])

    asyncio.run(serve())


class _Server(uvicorn.Server):
    """Uvicorn's, which leaves the signals to us: it would end the process by the signal itself."""

    @contextmanager
    def capture_signals(self) -> Iterator[Any]:
        """Capture nothing."""
        yield
