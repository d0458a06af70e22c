"""A village for the scenarios: a local Slack, two clients in it, their product, and the bot's parts between them.

The bot's clock stands where a test puts it; delivery and schedule do their work when a test lets them, and then all
there is to do. Both sides speak HTTP.
"""

import datetime as dt
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
from sqlmodel import Session, col, select

from bot.app import build
from bot.delivery.clients import Clients
from bot.delivery.kinds import KINDS
from bot.delivery.rate_limits import RateLimiter
from bot.delivery.sender import METADATA, Sender
from bot.delivery.workers import Delivery
from bot.schedule import ticks
from bot.settings import Settings
from bot.web import app as web
from loyalty.accounts.channels import bind_channel
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.apply_programme import apply_programme
from loyalty.members import join as joining
from loyalty.notifications.channel_invitation import invite_channel
from loyalty.people.roster import RosterRow, import_roster
from loyalty.usage import secrets
from loyalty.usage.secrets import Secret
from sandbox import seed
from sandbox.driver import Driver, Shown
from sandbox.limit_values import Rules
from sandbox.manifest import read_app
from sandbox.run_servers import Site, in_background
from sandbox.server import create
from storage.database import OPERATOR, Database
from storage.outbox import NO_ACCOUNT
from storage.tables import Account, Outgoing
from tests.handlers.usage.builders import signed
from tests.support.workspace import Doorstep

MORNING = dt.datetime(2026, 3, 12, 9, 30, tzinfo=dt.UTC)
"""A Thursday: half past ten in Warsaw, half past six in the evening in Seoul, where it is quiet."""

PROGRAMME = """\
programme: {name: Orbit Champions, product: Orbit}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, language: en, mode: board}
  - {key: hanbit, name: Hanbit, timezone: Asia/Seoul, language: ko, mode: board}
earn:
  - {key: report, event: Report Scheduled, points: 15}
milestones:
  - {key: automator, when: {count: 1, of: Report Scheduled}, badge: Automator, says: "{name} scheduled a first report"}
boards: {post: "monday 09:00", period: week, chart: true}
contact: {quiet: "18:00-08:00", weekends: quiet, unasked_per_week: 1}
"""
TEAM, TOKEN, APP_TOKEN, SIGNING_SECRET = "T_ORBIT", "xoxb-laurels", "xapp-1", "signing-secret"
NORTHWIND, HANBIT = "C_NORTHWIND", "C_HANBIT"
EWA, EWAS_EMAIL = "U_EWA", "ewa@orbit.example"
"""The vendor's; she looks after nobody until a scenario says so."""
PEOPLE = {
    "northwind": {"U_ANIA": "Ania Nowak", "U_MAREK": "Marek Lis", "U_OLA": "Ola Maj", "U_JAN": "Jan Wilk"},
    "hanbit": {"U_JUN": "Jun Park", "U_MINA": "Mina Kim"},
}


def _seed(*, socket_mode: bool) -> seed.Seed:
    people = [(user, name, key) for key, group in PEOPLE.items() for user, name in group.items()]
    app = read_app(Path("app.yaml"), secrets=seed.App("A00000001", "", SIGNING_SECRET, APP_TOKEN))
    return seed.Seed(
        app=replace(app, socket_mode=socket_mode),
        workspaces=(seed.Workspace(TEAM, "Orbit", "orbit"),),
        people=(
            *(seed.Person(user, _id(user), name, _email(user, key), TEAM) for user, name, key in people),
            seed.Person(EWA, "ewa", "Ewa Kowal", EWAS_EMAIL, TEAM),
        ),
        channels=tuple(
            seed.Channel(f"C_{key.upper()}", key, TEAM, (*group, "U_LAURELS")) for key, group in PEOPLE.items()
        ),
        installations=(seed.Installation(TEAM, TOKEN, "U_LAURELS"),),
    )


def _id(user: str) -> str:
    """Both clients number their people alike in part, so that a leak between them would show."""
    return {"U_MINA": "ania"}.get(user, user.removeprefix("U_").lower())


def _email(user: str, key: str) -> str:
    return f"{_id(user)}@{key}.example"


@dataclass
class Village:
    """Everything a scenario needs."""

    database: Database
    driver: Driver
    bot_url: str
    slack_url: str
    secret: Secret
    accounts: dict[str, int]
    now: dt.datetime = MORNING
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _seconds: float = 0.0
    delivery: Delivery = field(init=False)

    def __post_init__(self) -> None:
        self.gives_up_after(2)

    def gives_up_after(self, seconds: int) -> None:
        """Let the delivery begin anew, and give up a Slack that hangs after so many seconds."""
        clients = Clients(lambda _: TOKEN, base_url=f"{self.slack_url}/api/", timeout=seconds)
        sender = Sender(self.database, clients, KINDS, now=lambda: self.now, sleep=lambda wait: time.sleep(wait / 10))
        self.delivery = Delivery(
            self.database, sender, RateLimiter(1000), now=lambda: self.now, monotonic=lambda: self._seconds
        )

    def invites(self) -> None:
        """Let the account managers invite both clients."""
        for account_id in self.accounts.values():
            self.database.write({account_id}, partial(invite_channel, account_id=account_id, now=self.now))

    def sends(self, account: str, *events: tuple[str, str], at: dt.datetime | None = None) -> list[str]:
        """Send usage, each by person and id, as the product does; return what became of each."""
        given = [
            {"account": account, "person": person, "event": "Report Scheduled", "id": name, "at": str(at or self.now)}
            for person, name in events
        ]
        body = json.dumps(given).encode()
        headers = signed(self.secret.text, body, self.now, f"msg-{next(self._numbers)}")
        answer = httpx2.post(f"{self.bot_url}/v1/usage", content=body, headers=headers, timeout=20)
        return [result["outcome"] for result in answer.json()["results"]]

    def passes(self, **time: float) -> None:
        """Let time pass, and the schedule and the delivery do what is due by then."""
        self.now += dt.timedelta(**time)
        self.looks()
        while self.due():
            self._seconds += self.delivery.step()

    def looks(self) -> None:
        """Let the schedule do what is due, and nothing be sent yet."""
        for tick in ticks(self.database, now=lambda: self.now):
            tick.do()

    def due(self) -> dict[str, str]:
        """Return the kind of every message that waits and may go by now, by account and key."""
        wanted = select(Outgoing).where(col(Outgoing.state) == "waiting", col(Outgoing.due_at) <= self.now)

        def look(session: Session) -> dict[str, str]:
            return {f"{_account_of(row)}/{row.key}": row.kind for row in session.exec(wanted)}

        return self.database.read(OPERATOR, look)

    def presses(self, who: str, channel: str, label: str) -> Shown:
        """Return what somebody sees who presses the newest button of that name in a channel."""

        def offered() -> Shown | None:
            found = reversed(self.driver.messages(channel, as_=who))
            return next((message for message in found if label in message.buttons), None)

        shown = self.driver.waits_for(offered)
        before = self.driver.messages(channel, as_=who)
        assert self.driver.presses(shown, label)

        def changed() -> Shown | None:
            now = self.driver.messages(channel, as_=who)
            return next((message for message in reversed(now) if message not in before), None)

        return self.driver.waits_for(changed)

    def joins(self, who: str, channel: str = NORTHWIND) -> None:
        """Let somebody join and say yes to both choices."""
        for label in ("Join", "Show me on boards", "Celebrate my milestones"):
            self.presses(who, channel, label)

    def has_joined(self, account: str, who: str) -> None:
        """Let somebody have joined and said yes to both choices, out of sight."""
        account_id = self.accounts[account]

        def join(session: Session) -> None:
            profile = SlackProfile(user=SlackUser("", TEAM, who), email=_email(who, account))
            person_id = joining.join(session, account_id, profile, now=self.now).person_id
            assert person_id is not None
            joining.choose(session, account_id, person_id, boards=True, shoutouts=True)

        self.database.write({account_id}, join)

    def outbox(self) -> dict[str, tuple[str, str | None]]:
        """Return state and reason of every message there was, by account and key."""

        def look(session: Session) -> dict[str, tuple[str, str | None]]:
            rows = session.exec(select(Outgoing)).all()
            return {f"{_account_of(row)}/{row.key}": (row.state, row.reason) for row in rows}

        return self.database.read(OPERATOR, look)

    def posted(self, channel: str, who: str) -> list[str]:
        """Return the keys of the bot's posts in a channel, oldest first."""
        found = [message.raw.get("metadata") or {} for message in self.driver.messages(channel, as_=who)]
        return [each["event_payload"]["key"] for each in found if each.get("event_type") == METADATA]


def _account_of(row: Outgoing) -> int:
    """Return whose message it is, as a claimed one and what is posted say it: the vendor's own have no account."""
    return NO_ACCOUNT if row.account_id is None else row.account_id


@contextmanager
def open_village(database: Database, *, socket_mode: bool = False) -> Iterator[Village]:
    """Yield the village, running; with `socket_mode` its Slack waits for a bot that opens a socket."""
    accounts, secret = database.write(OPERATOR, _settle)
    doorstep = Doorstep()
    rules = Rules(
        ack_seconds=30,
        trigger_seconds=30,
        posts_a_channel_burst=1000,
        calls_a_method_minute=(),
        posts_a_channel_second=1000,
        file_processing_seconds=0.02,
    )
    with in_background(Site(doorstep)) as [bot_url]:
        slack = create(_seed(socket_mode=socket_mode), bot_url=f"{bot_url}/slack/events", rules=rules)
        with in_background(Site(slack, before_stop=slack.state.slack.feed.close)) as [slack_url]:
            village = Village(database, Driver(slack_url, patience=30), bot_url, slack_url, secret, accounts)
            settings = Settings(
                slack_bot_token=TOKEN, slack_signing_secret=SIGNING_SECRET, slack_api_url=f"{slack_url}/api/"
            )
            bot = build(settings, database=database, clock=lambda: village.now)
            doorstep.app = web.create(bot.app, database=database, clock=lambda: village.now)
            yield village
            bot.close()


def _settle(session: Session) -> tuple[dict[str, int], Secret]:
    apply_programme(session, PROGRAMME, author="operator", now=MORNING)
    accounts = {account.key: account.id for account in session.exec(select(Account)) if account.id is not None}
    for key, group in PEOPLE.items():
        bind_channel(session, accounts[key], team_id=TEAM, channel_id=f"C_{key.upper()}", now=MORNING)
        rows: list[Any] = [
            RosterRow(line=line, external_id=_id(user), email=_email(user, key), name=name)
            for line, (user, name) in enumerate(group.items(), 2)
        ]
        import_roster(session, accounts[key], rows, now=MORNING)
    seed = bytes(secrets.SEED_SIZE)
    return accounts, secrets.create_secret(session, seed, key="", accounts=None, author="operator", now=MORNING)
