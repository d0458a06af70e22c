"""The demo as a command: its beginning and its end."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.demo.bot_process import BotProcess
from bot.demo.run import run_demo
from bot.errors import CommandError
from tests.bot.demo.conftest import room


def test_ctrl_c_ends_everything_at_once(tmp_path: Path) -> None:
    said = tmp_path / "said"
    command = [sys.executable, "-m", "bot", "demo", "--port", str(room()), "--no-browser"]
    with said.open("w") as stderr:
        demo = subprocess.Popen(command, stderr=stderr)  # noqa: S603 - our own command
    try:
        while "Ctrl-C" not in said.read_text():
            assert demo.poll() is None, said.read_text()
            time.sleep(0.1)
        [bot] = Path(f"/proc/{demo.pid}/task/{demo.pid}/children").read_text().split()
        demo.send_signal(signal.SIGINT)
        assert demo.wait(10) == 0  # it takes one or two seconds; a busy machine more
    finally:
        demo.kill()
        demo.wait()
    assert not Path(f"/proc/{bot}").exists()
    first, second = said.read_text().splitlines()
    assert first == "Laurels: a local Slack with the real bot in it. Nothing leaves this machine; nothing is kept."
    assert second.endswith("(Ctrl-C ends it)")


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_port_that_is_taken_is_said_plainly(after: int) -> None:
    port = room()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + after))
        other.listen()
        with pytest.raises(CommandError) as mishap:
            run_demo(port=port, browser=False)
    assert str(mishap.value) == (
        f"Port {port + after} is not free. Choose another place: laurels demo --port {port + 100}, say;"
        " the two ports after it are wanted too."
    )


def test_a_bot_that_does_not_start_is_not_waited_for(capfd: pytest.CaptureFixture[str]) -> None:
    bot = BotProcess(room(), {"SLACK_BOT_TOKEN": "", "SLACK_SIGNING_SECRET": ""})
    with pytest.raises(RuntimeError, match="the bot did not start; what it said stands above"):
        bot.start()
    assert "SLACK_BOT_TOKEN is missing" in capfd.readouterr().err
