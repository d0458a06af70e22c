"""1,000 direct messages to 500 people, through the outbox to a local Slack, against Slack's own ceiling.

Slack takes 300 messages a minute from an app in a workspace: at best 1,000 take 200 s. Both clocks, the local Slack's
and the delivery's, run `FASTER` times as fast as the machine's, so that it takes seconds; what Slack allows and what
delivery waits for shrink alike, what the machine needs for a message does not.
"""

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from sqlmodel import Session

from bot.delivery.clients import Clients
from bot.delivery.rate_limits import RateLimiter
from bot.delivery.sender import Kind, Sender
from bot.delivery.workers import Delivery
from bot.runtime import POSTS_A_SECOND
from loyalty.accounts.accounts import open_account
from messages.kit.blocks import message, section
from messages.kit.reader import escape
from sandbox import seed
from sandbox.limit_values import Rules
from sandbox.run_servers import Site, in_background
from sandbox.server import create
from sandbox.slack import Slack
from storage import outbox
from storage.database import OPERATOR, Database
from storage.migrate import upgrade
from storage.outbox import Workspace
from storage.outbox_recovery import counts

FASTER = 5
MESSAGES, PEOPLE = 1_000, 500
RULES = Rules()
TEAM, TOKEN = "T1", "xoxb-1"


def main() -> None:
    """Print the share of Slack's ceiling, and what was lost or doubled."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'fanout.db'}")
        upgrade(database)
        clock = _clock()
        slack_app = create(_seed(), bot_url="", clock=clock, rules=RULES)
        slack: Slack = slack_app.state.slack
        with in_background(Site(slack_app, before_stop=slack.feed.close)) as [url]:
            took = _deliver(database, f"{url}/api/", clock)
        _report(slack, took, database.read(OPERATOR, counts))
        database.dispose()


def _report(slack: Slack, took: float, states: dict[str, int]) -> None:
    ceiling = RULES.posts_a_workspace_minute / 60
    posted = Counter(
        said.metadata["event_payload"]["key"]
        for talk in slack.conversations.everything()
        for person in talk.members
        for said in slack.conversations.seen_by(person, talk.id)
        if said.metadata and person.startswith("U0")
    )
    doubled = sum(times - 1 for times in posted.values())
    print(
        f"fan-out, {MESSAGES} messages to {PEOPLE} people, clocks {FASTER} times as fast: {took:.0f} s of Slack's time,"
        f" {MESSAGES / took / ceiling:.2f} of the ceiling of {ceiling:.0f}/s (to reach: 0.95);"
        f" {MESSAGES - len(posted)} lost, {doubled} doubled; {states}"
    )


def _clock() -> Callable[[], dt.datetime]:
    started, at = dt.datetime.now(dt.UTC), time.monotonic()
    return lambda: started + dt.timedelta(seconds=(time.monotonic() - at) * FASTER)


def _seed() -> seed.Seed:
    people = [_user(number) for number in range(PEOPLE)]
    return seed.Seed(
        app=seed.App("A1", "Laurels", "secret", "xapp-1", scopes=frozenset({"chat:write"})),
        workspaces=(seed.Workspace(TEAM, "Orbit", "orbit"),),
        people=tuple(seed.Person(user, user.lower(), user, f"{user.lower()}@example.com", TEAM) for user in people),
        channels=(seed.Channel("C1", "all", TEAM, (*people, "U_LAURELS")),),
        installations=(seed.Installation(TEAM, TOKEN, "U_LAURELS"),),
    )


def _user(number: int) -> str:
    return f"U0{number:08}"


def _deliver(database: Database, url: str, clock: Callable[[], dt.datetime]) -> float:
    """Return the seconds of Slack's time from the first message to the last."""
    database.write(OPERATOR, lambda session: _put(session, clock()))
    kinds = {
        "note": Kind(
            facts=lambda _session, claimed, _now: claimed.message.subject["number"],
            render=lambda number, _file: message(section(escape(f"Message {number}"))),
        )
    }
    sender = Sender(database, Clients(lambda _: TOKEN, base_url=url), kinds, now=clock)
    delivery = Delivery(
        database,
        sender,
        RateLimiter(POSTS_A_SECOND),
        now=clock,
        monotonic=lambda: time.monotonic() * FASTER,
        sleep=lambda seconds: time.sleep(seconds / FASTER),
    )
    began = clock()
    delivery.start()
    while not set(database.read(OPERATOR, counts)) <= {"sent", "dropped", "unknown"}:
        time.sleep(0.1)
    took = (clock() - began).total_seconds()
    delivery.stop()
    return took


def _put(session: Session, now: dt.datetime) -> None:
    account = open_account(session, now=now, key="northwind", name="Northwind", timezone="Europe/Warsaw")
    assert account.id is not None
    messages = [
        outbox.OutboxMessage(
            key=f"note/{number}",
            kind="note",
            category="answer",
            workspace=Workspace("", TEAM),
            user_id=_user(number % PEOPLE),
            subject={"number": number},
            due_at=now,
            good_until=now + dt.timedelta(days=1),
        )
        for number in range(MESSAGES)
    ]
    outbox.put_message(session, account.id, messages, now=now)


if __name__ == "__main__":
    main()
