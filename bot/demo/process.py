"""The bot as a process of its own, so that it can be killed."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 60.0
"""Seconds it may take to start."""


class BotProcess:
    """`laurels run` beside this process. `url` is where it listens."""

    def __init__(self, port: int, environment: Mapping[str, str]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-m", "bot", "run", "--port", str(port)]
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return once it answers. Raises RuntimeError where it does not."""
        self._process = subprocess.Popen(self._command, env=self._environment)  # noqa: S603 - our own command
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            if self._healthy():
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError("the bot did not start; what it said stands above")

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """Let it finish what is under way."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def _healthy(self) -> bool:
        try:
            with urlopen(f"{self.url}/health", timeout=1) as answer:  # noqa: S310 - on this machine
                return bool(answer.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False
