"""Many connections that ask one server on this machine, requests made ready beforehand."""

import asyncio
import socket
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

Check = Callable[[bytes, bytes], None]
"""Looks at an answer's head and body, and fails where it is not as it should be."""


async def drive(port: int, requests: Sequence[bytes], *, connections: int, check: Check) -> tuple[float, float]:
    """Return requests a second and the 99th percentile in milliseconds."""
    left = iter(requests)
    times: list[float] = []
    start = time.perf_counter()
    await asyncio.gather(*(_connection(port, left, times, check) for _ in range(connections)))
    elapsed = time.perf_counter() - start
    return len(requests) / elapsed, 1e3 * statistics.quantiles(times, n=100)[98]


async def _connection(port: int, left: Iterator[bytes], times: list[float], check: Check) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in left:
        start = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        times.append(time.perf_counter() - start)
        check(head, body)
    writer.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    """Return once somebody listens there. Raises RuntimeError where nobody does within a minute."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not come up")
