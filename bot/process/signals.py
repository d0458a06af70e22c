"""How the process ends when it is told to before it listens: cleanly, as later. Light, for it comes before all else."""

import os
import signal
import sys
import threading
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
MAX_STOP_SECONDS = 9.5
"""Seconds after which the process ends whatever is still to be done."""


def stop_on_signals() -> None:
    """Let SIGTERM and Ctrl-C end the process with 0 from here on: what was begun is put away first."""
    for each in SIGNALS:
        signal.signal(each, _leave)


def _leave(_number: int, _frame: FrameType | None) -> None:
    for each in SIGNALS:
        # It is on its way out: what is being put away is not to be broken off.
        signal.signal(each, signal.SIG_IGN)
    exit_at_deadline()
    sys.exit(0)


def exit_at_deadline() -> None:
    """End the process in ten seconds, whoever keeps it."""
    timer = threading.Timer(MAX_STOP_SECONDS, _end)
    timer.daemon = True
    timer.start()


def _end() -> None:
    import structlog  # noqa: PLC0415 - wanted only where something hangs

    structlog.get_logger().error("something did not stop in time; what was in hand is looked at after the next start")
    os._exit(1)
