"""`laurels run` that is told to stop while it is still starting: it ends as it does later."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database


@pytest.fixture
def silent_slack() -> Iterator[socket.socket]:
    """A Slack that takes calls and never answers: whoever starts by it goes on starting."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(60)
        yield door


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_who_is_stopped_while_it_starts_ends_cleanly(
    sqlite_database: Database, silent_slack: socket.socket, tmp_path: Path, number: signal.Signals
) -> None:
    environment = {
        "LAURELS_DATABASE_URL": sqlite_database.engine.url.render_as_string(),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "secret",
        "SLACK_API_URL": f"http://127.0.0.1:{silent_slack.getsockname()[1]}/api/",
    }
    command = [sys.executable, "-m", "bot", "run", "--port", "0"]
    log = tmp_path / "log"
    with log.open("wb") as said, subprocess.Popen(command, env={**os.environ, **environment}, stderr=said) as bot:  # noqa: S603 - our own command
        call, _ = silent_slack.accept()
        began = time.monotonic()
        bot.send_signal(number)
        assert bot.wait(20) == 0
        assert time.monotonic() - began < 9
        call.close()
    assert "Traceback" not in log.read_text()


def test_it_is_ready_to_stop_before_anything_dear_is_imported() -> None:
    """Stopped by itself in the very import of the command line."""
    program = (
        "import builtins, os, signal, sys\n"
        "sys.argv = ['laurels', 'run']\n"
        "def stopped(name, *rest, once=[], plain=builtins.__import__):\n"
        "    if name == 'bot.cli' and not once:\n"
        "        once.append(os.kill(os.getpid(), signal.SIGTERM))\n"
        "    return plain(name, *rest)\n"
        "builtins.__import__ = stopped\n"
        "from bot.__main__ import main\n"
        "main()\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - our own
    assert (ran.returncode, ran.stderr) == (0, "")
