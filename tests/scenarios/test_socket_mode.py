"""The bot as a process of its own, with Slack at the other end of a socket and its doors over HTTP beside it."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from sqlmodel import select

from loyalty.verify.ledger import verify
from storage.database import OPERATOR, Database
from storage.tables import Channel
from tests.bot.demo.conftest import room
from tests.support.two_workspaces import APP_TOKEN, NORTHWIND, TEAM, TOKEN, Village, open_village


@contextmanager
def running(village: Village, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `laurels run` by a socket until it answers; it is killed in the end if a test did not stop it."""
    port = room()
    village.bot_url = f"http://127.0.0.1:{port}"
    environment = {
        "LAURELS_DATABASE_URL": village.database.engine.url.render_as_string(),
        "LAURELS_CLOCK_AHEAD": str((village.now - dt.datetime.now(dt.UTC)).total_seconds()),
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": f"{village.slack_url}/api/",
    }
    command = [sys.executable, "-m", "bot", "run", "--port", str(port)]
    with log.open("wb") as stderr:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=stderr)  # noqa: S603 - our own command
        try:
            village.driver.waits_for(lambda: process.poll() is not None or answers(village))
            yield process
        finally:
            process.kill()
            process.wait()


def answers(village: Village) -> bool:
    try:
        return httpx2.get(f"{village.bot_url}/health", timeout=2).status_code == 200
    except httpx2.HTTPError:
        return False


def said(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_one_joins_earns_and_is_celebrated_and_the_bot_stops_when_it_is_told_to(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with open_village(sqlite_database, socket_mode=True) as village, running(village, tmp_path / "log") as bot:
        village.driver.waits_for(lambda: spoken_to(village))
        village.driver.types("U_ANIA", NORTHWIND, "/points")
        village.joins("U_ANIA")
        assert village.sends("northwind", ("ania", "report-1")) == ["recorded"]
        village.driver.waits_for_message(NORTHWIND, "scheduled a first report", as_="U_ANIA")
        points = village.driver.types("U_ANIA", NORTHWIND, "/points")
        assert points is not None
        assert "15" in " ".join(points.words)
        assert httpx2.post(f"{village.bot_url}/slack/events", content=b"x").status_code == 404
        figures = httpx2.get(f"{village.bot_url}/metrics").text
        assert 'laurels_usage_events_total{outcome="recorded"} 1.0' in figures
        assert 'laurels_listener_seconds_count{listener="/points"}' in figures

        began = time.monotonic()
        bot.send_signal(signal.SIGTERM)
        assert bot.wait(20) == 0
        assert time.monotonic() - began < 10
        assert {state for state, _ in village.outbox().values()} == {"sent"}
        assert village.database.read(OPERATOR, lambda session: verify(session, week_starts="monday")) == []
    logged = said(tmp_path / "log")
    assert [each["slack"] for each in logged if each["event"] == "listening"] == [["Socket Mode"]]
    assert "ania" not in (tmp_path / "log").read_text().lower()


def test_a_connection_that_slack_ends_is_made_again_and_ctrl_c_ends_the_bot(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with open_village(sqlite_database, socket_mode=True) as village, running(village, tmp_path / "log") as bot:
        village.driver.waits_for(lambda: spoken_to(village))
        httpx2.post(f"{village.slack_url}/sandbox/sockets/refresh_requested")
        village.driver.waits_for(lambda: spoken_to(village))
        bot.send_signal(signal.SIGINT)
        assert bot.wait(20) == 0


def spoken_to(village: Village) -> bool:
    answer = village.driver.types("U_ANIA", NORTHWIND, "/rules")
    return answer is not None and "failed with the error" not in answer.text


def test_channels_bound_before_the_bot_was_there_learn_their_workspace(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with open_village(sqlite_database) as village:
        with sqlite_database.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE channel SET team_id = ''")
        with running(village, tmp_path / "log"):
            teams = village.database.read(OPERATOR, lambda session: session.exec(select(Channel.team_id)).all())
    assert set(teams) == {TEAM}


def test_a_token_that_slack_does_not_know_is_said(sqlite_database: Database) -> None:
    with open_village(sqlite_database) as village:
        environment = {
            "LAURELS_DATABASE_URL": village.database.engine.url.render_as_string(),
            "SLACK_BOT_TOKEN": "xoxb-another",
            "SLACK_SIGNING_SECRET": "s",
            "SLACK_API_URL": f"{village.slack_url}/api/",
        }
        command = [sys.executable, "-m", "bot", "run", "--port", "0"]
        ran = subprocess.run(  # noqa: S603 - our own command
            command, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=60
        )
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith("Slack refuses a token (invalid_auth): look at SLACK_BOT_TOKEN")
