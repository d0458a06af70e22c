"""Runs one or several ASGI applications in one event loop, and stops them at once when asked to."""

import asyncio
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import uvicorn


def _nothing() -> None:
    """Nothing to be done."""


@dataclass(frozen=True)
class Site:
    """An application and where it listens; port 0 takes a free one. `before_stop` ends its open streams."""

    app: Any
    port: int = 0
    host: str = "127.0.0.1"
    before_stop: Callable[[], None] = _nothing


class _Server(uvicorn.Server):
    """Leaves the signals to whoever runs several servers, and ends when it is told to: uvicorn looks every 0.1 s."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._asked = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def stop(self) -> None:
        """Take nothing more on, and end when what is under way is done, or after a second."""
        self.should_exit = True
        self._asked.set()

    async def main_loop(self) -> None:
        while not await self.on_tick(0):  # which renews the Date header
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), 1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        state = self.server_state
        for server in self.servers:
            server.close()
        for listening in sockets or []:
            listening.close()
        for connection in list(state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while state.connections or state.tasks:  # noqa: ASYNC110 - uvicorn tells nobody when they end
                    await asyncio.sleep(0.005)
        for task in state.tasks:
            task.cancel()
        await self.lifespan.shutdown()


class _Abortable:
    """Hands the application a way to cut the connection: `scope["extensions"]["sandbox.abort"]`."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hand the request on."""
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if scope["type"] == "http" and transport is not None:
            scope.setdefault("extensions", {})["sandbox.abort"] = transport.abort
        await self.app(scope, receive, send)


@asynccontextmanager
async def serving(*sites: Site) -> AsyncIterator[list[str]]:
    """The addresses of the running sites, in order ("http://127.0.0.1:3000"); they stop when the block ends."""
    sockets = [_listen(site) for site in sites]
    servers = [_server(site) for site in sites]
    tasks = [
        asyncio.create_task(server.serve(sockets=[listening]))
        for server, listening in zip(servers, sockets, strict=True)
    ]
    try:
        await _until_started(servers, tasks)
        yield [f"http://{site.host}:{each.getsockname()[1]}" for site, each in zip(sites, sockets, strict=True)]
    finally:
        for site, server in zip(sites, servers, strict=True):
            site.before_stop()
            server.stop()
        await asyncio.gather(*tasks)


def _server(site: Site) -> _Server:
    config = uvicorn.Config(
        _Abortable(site.app), log_level="warning", access_log=False, ws="auto", timeout_graceful_shutdown=1
    )
    return _Server(config)


def _listen(site: Site) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in site.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((site.host, site.port))
    return listening


async def _until_started(servers: list[_Server], tasks: list[asyncio.Task[None]]) -> None:
    while not all(server.started for server in servers):
        for task in tasks:
            if task.done():
                task.result()
                raise RuntimeError("a server stopped before it had started")
        await asyncio.sleep(0.005)


@contextmanager
def in_background(*sites: Site) -> Iterator[list[str]]:
    """As `serving`, in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    running = serving(*sites)
    try:
        yield asyncio.run_coroutine_threadsafe(running.__aenter__(), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(running.__aexit__(None, None, None), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def run(*sites: Site, ready: Callable[[list[str]], None] = lambda _urls: None) -> None:
    """Serve until Ctrl-C or SIGTERM; `ready` hears the addresses once all are up."""

    async def main() -> None:
        stop = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, stop.set)
        async with serving(*sites) as urls:
            ready(urls)
            await stop.wait()

    asyncio.run(main())
