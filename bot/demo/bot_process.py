"""The bot as a process of its own, so that it can be killed."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

TO_START = 60.0
TO_STOP = 1.5
"""Seconds it may take."""


class BotProcess:
    """`laurels run` beside this process. `url` is where it listens."""

    def __init__(self, port: int, environment: Mapping[str, str]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-m", "bot", "run", "--port", str(port)]
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.stop()

    def start(self) -> None:
        """Start it, and return once it answers. Raises RuntimeError where it does not."""
        # A session of its own: a Ctrl-C is for this process, which then stops that one.
        self._process = subprocess.Popen(self._command, env=self._environment, start_new_session=True)  # noqa: S603 - our own command
        try:
            self._wait_until_it_answers(self._process)
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """Let it finish what is under way; not for long."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + TO_START
        while not self._healthy():
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the bot did not start; what it said stands above")
            time.sleep(0.05)

    def _healthy(self) -> bool:
        try:
            with urlopen(f"{self.url}/health", timeout=1) as answer:  # noqa: S310 - on this machine
                return bool(answer.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False
