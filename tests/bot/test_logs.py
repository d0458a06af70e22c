import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.app import build
from bot.logs import configure
from bot.settings import Settings
from storage.session import Database


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the logs go; afterwards they go where they went before."""
    before = structlog.get_config()
    yield io.StringIO()
    structlog.configure(**before)


def test_logs_are_json_from_the_level_on(stream: io.StringIO) -> None:
    configure("warning", stream)
    structlog.get_logger().info("too quiet")
    structlog.get_logger().warning("a picture could not be uploaded", filename="leaderboard.png")
    [line] = stream.getvalue().splitlines()
    told = json.loads(line)
    assert told.pop("timestamp")
    assert told == {"event": "a picture could not be uploaded", "filename": "leaderboard.png", "level": "warning"}


def test_there_is_no_other_level(stream: io.StringIO) -> None:
    with pytest.raises(ValueError, match="there is no log level loud; there are debug, info, warning, error"):
        configure("loud", stream)


def test_bolt_is_silent_about_the_environments_token_and_about_nothing_else(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-environment")
    build(Settings(slack_bot_token="xoxb-1", slack_signing_secret="s"), database=sqlite_database).close()
    logging.getLogger("slack_bolt").warning("something is odd")
    assert [record.getMessage() for record in caplog.records] == ["something is odd"]
