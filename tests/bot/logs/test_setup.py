"""What is logged, and how it looks to a machine."""

import datetime as dt
import io
import json
import logging
from typing import Any

import pytest
import structlog

from bot.app import build
from bot.logs.setup import configure
from bot.settings import Settings
from storage.database import Database


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_a_json_object_and_so_is_a_librarys() -> None:
    stream = io.StringIO()
    configure("info", stream)
    structlog.get_logger().info("listening", port=3001)
    structlog.get_logger().debug("not this")
    logging.getLogger("apscheduler").warning("a tick is late")
    logging.getLogger("slack_sdk").info("body: what somebody wrote")
    ours, theirs = lines(stream)
    assert {"event": "listening", "port": 3001, "level": "info"}.items() <= ours.items()
    assert {"event": "a tick is late", "logger": "apscheduler", "level": "warning"}.items() <= theirs.items()


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_a_traceback_has_no_values(stream: io.StringIO) -> None:
    configure("info", stream)
    address = "ania@example.com"
    try:
        dt.date.fromisoformat(address)
    except ValueError:
        structlog.get_logger().exception("a listener failed")
        logging.getLogger("slack_bolt").exception("a listener failed")
    said = stream.getvalue()
    assert said.count("ValueError") >= 2
    assert "test_setup.py" in said
    assert address not in said


def test_there_are_four_levels() -> None:
    with pytest.raises(ValueError, match="there is no log level loud; there are debug, info, warning, error"):
        configure("loud")


def test_bolt_is_silent_about_the_environments_token_and_about_nothing_else(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-environment")
    build(Settings(slack_bot_token="xoxb-1", slack_signing_secret="s"), database=sqlite_database).close()
    logging.getLogger("slack_bolt").warning("something is odd")
    assert [record.getMessage() for record in caplog.records] == ["something is odd"]
