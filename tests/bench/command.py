"""`/points` over signed HTTP, with all its queries, against the same Bolt app whose listeners do nothing.

Both stand behind the same door of one server, which is a process of its own.
"""

import asyncio
import datetime as dt
import hashlib
import hmac
import multiprocessing
import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import uvicorn
from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlmodel import Session, col, select

from bot.app import build
from bot.process.garbage_collection import freeze_loaded_objects
from bot.settings import Settings
from bot.web.app import create
from loyalty.accounts.channels import bind_channel
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.apply_programme import apply_programme
from loyalty.members.join import join
from loyalty.members.slack_sync import record_profile
from loyalty.people.roster import RosterRow, import_roster
from loyalty.programme.versions import in_force
from loyalty.usage.record import UsageEvent, record_usage
from sandbox.run_servers import Site, in_background
from sandbox.server import create as create_slack
from storage.database import OPERATOR, Database
from storage.migrate import upgrade
from storage.tables import Account
from tests.bench.http_load import drive, free_port, wait_for
from tests.bench.ingest import PROGRAMME, urls
from tests.support.workspace import SEED

MEMBERS = 50
EVENTS = 2_000
REQUESTS = 500
ROUNDS = 7
SECRET = "signing-secret"


def main() -> None:
    """Print requests a second with one connection's worth of work and with 50, and the ratios."""
    with TemporaryDirectory() as folder:
        for name, url in urls(Path(folder)):
            _measure(name, url("command"))


def _measure(name: str, url: str) -> None:
    _prepare(url)
    with server(url) as port:
        for connections in (8, 50):
            floors, ours = [], []
            for _ in range(ROUNDS):
                floors.append(_driven(port, "/floor/slack/events", connections))
                ours.append(_driven(port, "/slack/events", connections))
            (floor, floor_p99), (rate, p99) = (medians(rounds) for rounds in (floors, ours))
            # Round by round, so that whatever else the machine does falls on both.
            ratio, slower = medians([(our / bare, p / q) for (our, p), (bare, q) in zip(ours, floors, strict=True)])
            print(
                f"command, {name}, /points, {connections} connections: {rate:.0f} requests/s, p99 {p99:.1f} ms;"
                f" empty listeners {floor:.0f}/s, {floor_p99:.1f} ms: {ratio:.2f} of its rate (to reach: 0.6),"
                f" p99 {slower:.1f} times (at most 3)",
                flush=True,
            )


def medians(rounds: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the median of rates and that of percentiles."""
    return statistics.median(rate for rate, _ in rounds), statistics.median(p99 for _, p99 in rounds)


def _driven(port: int, path: str, connections: int) -> tuple[float, float]:
    requests = [request(path, number) for number in range(REQUESTS)]
    check = _is_empty if path.startswith("/floor") else _has_points
    return asyncio.run(drive(port, requests, connections=connections, check=check))


def _is_empty(head: bytes, body: bytes) -> None:
    assert b" 200 " in head.split(b"\r\n")[0] and body == b"", (head, body)  # noqa: PT018 - one outcome


def _has_points(head: bytes, body: bytes) -> None:
    assert b" 200 " in head.split(b"\r\n")[0] and b"points" in body, (head, body)  # noqa: PT018 - one outcome


@contextmanager
def server(url: str) -> Iterator[int]:
    """Yield the port on which a process of its own answers."""
    slack = create_slack(SEED, bot_url="")
    with in_background(Site(slack, before_stop=slack.state.slack.feed.close)) as [slack_url]:
        port = free_port()
        run = partial(serve, url, port, f"{slack_url}/api/")
        process = multiprocessing.get_context("spawn").Process(target=run, daemon=True)
        process.start()
        wait_for(port)
        yield port
        process.terminate()
        process.join()


def serve(url: str, port: int, slack_url: str) -> None:
    """Run the bot, and beside it the same app with nothing to do."""
    database = Database(url)
    settings = Settings(slack_bot_token="xoxb-laurels", slack_signing_secret=SECRET, slack_api_url=slack_url)
    web = create(build(settings, database=database).app, database=database)
    web.mount("/floor", create(_idle(slack_url), database=database))
    freeze_loaded_objects()  # as `laurels run` does
    uvicorn.run(web, port=port, log_level="warning", access_log=False)


def _idle(slack_url: str) -> App:
    """Return a Bolt app like the bot's, with as many listeners, each of which acknowledges and does no more."""
    app = App(
        client=WebClient("xoxb-laurels", base_url=slack_url),
        signing_secret=SECRET,
        token_verification_enabled=False,
        process_before_response=True,
    )

    def idle(ack: Ack) -> None:
        ack()

    for listen in (app.command, app.action, app.view_submission, app.view_closed, app.event):
        listen(re.compile(""))(idle)
    return app


def _prepare(url: str) -> None:
    database = Database(url)
    upgrade(database)
    now = dt.datetime.now(dt.UTC)

    def work(session: Session) -> None:
        apply_programme(session, PROGRAMME, author="operator", now=now)
        account = session.exec(select(Account).where(col(Account.key) == "northwind")).one()
        assert account.id is not None
        bind_channel(session, account.id, team_id="T_ORBIT", channel_id="C_NORTHWIND", now=now)
        people = [f"u{number}" for number in range(MEMBERS)]
        rows = [RosterRow(line=line, external_id=who, email=f"{who}@example.com") for line, who in enumerate(people, 2)]
        import_roster(session, account.id, rows, now=now)
        for who in people:
            user = SlackUser("", "T_ORBIT", who.upper())
            profile = SlackProfile(user=user, email=f"{who}@example.com", name=who)
            join(session, account.id, profile, now=now)
            record_profile(session, profile, now=now)  # as they are all day, after their first word
        events = [_event(number, people[number % MEMBERS], now) for number in range(EVENTS)]
        record_usage(session, account, events, in_force=in_force(session), now=now, door="command")

    database.write(OPERATOR, work)
    database.dispose()


def _event(number: int, who: str, now: dt.datetime) -> UsageEvent:
    return UsageEvent(
        account="northwind",
        person=who,
        name=("Report Scheduled", "Feature Used", "Dashboard Shared")[number % 3],
        occurred_at=now - dt.timedelta(minutes=17 * number),
        id=f"event-{number}",
        properties={"rows": number * 37 % 5_000, "feature": f"feature-{number % 40}"},
    )


def request(path: str, number: int, command: str = "/points") -> bytes:
    """Return a typed command as Slack sends it, signed; one member after another types it."""
    body = urlencode(
        {
            "team_id": "T_ORBIT",
            "channel_id": "C_NORTHWIND",
            "user_id": f"U{number % MEMBERS}",
            "command": command,
            "text": "",
            "api_app_id": "A00000001",
            "is_enterprise_install": "false",
            "response_url": "http://127.0.0.1:9/",
            "trigger_id": "1.2.3",
        }
    ).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        f"POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n"
        f"content-length: {len(body)}\r\nx-slack-request-timestamp: {stamp}\r\nx-slack-signature: v0={digest}\r\n\r\n"
    )
    return head.encode() + body


if __name__ == "__main__":
    main()
