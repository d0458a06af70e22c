"""The port that the bot listens on. Light: a port that is taken is said before the bot is imported."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager


class PortTakenError(Exception):
    """Nothing can listen there; the text says why."""


@contextmanager
def take_port(host: str, number: int) -> Iterator[socket.socket]:
    """Take a port, 0 for any, and give it back in the end. Errors: `PortTakenError`."""
    try:
        family = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, number), family=family, backlog=2048)
    except (OSError, OverflowError, UnicodeError) as error:
        raise PortTakenError(_reason(error)) from None
    with listener:
        yield listener


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno and error.errno > 0:
        return os.strerror(error.errno)
    return str(error)
