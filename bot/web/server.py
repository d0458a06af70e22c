"""Serving HTTP: on a port that was taken, until a signal, and how long the end may take."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from bot.process.signals import SIGNALS, exit_at_deadline

SHUTDOWN_SECONDS = 3
"""Seconds that requests under way have to finish."""


def listen(app: FastAPI, listener: socket.socket, *, stopping: Callable[[], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; `stopping` is called first. Requests under way are answered.

    The process ends ten seconds later at the latest, whatever is still running.
    """
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=SHUTDOWN_SECONDS)
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
        for number in SIGNALS:
            loop.add_signal_handler(number, stop)
        await server.serve(sockets=[listener])

    asyncio.run(serve())


class _Server(uvicorn.Server):
    """Uvicorn's, which leaves the signals to us: it would end the process by the signal itself."""

    @contextmanager
    def capture_signals(self) -> Iterator[Any]:
        """Capture nothing."""
        yield
