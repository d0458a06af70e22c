"""A town for the handlers' tests: a local Slack, two clients with their channels, and the real bot between them."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from bot.app import ROUTES, Bot, build
from bot.settings import Settings
from bot.web.app import create as create_web
from handlers.request import Routes
from loyalty.accounts.channels import bind_channel
from loyalty.apply_programme import apply_programme, unconfirmed
from loyalty.people.roster import RosterRow, import_roster
from loyalty.programme.versions import in_force
from loyalty.usage.record import UsageEvent, record_usage
from sandbox.driver import Driver, Shown
from sandbox.limit_values import Rules
from sandbox.manifest import read_app
from sandbox.run_servers import Site, in_background
from sandbox.seed import App, Channel, Installation, Person, Seed, Workspace
from sandbox.server import create
from sandbox.slack import Slack
from storage.database import OPERATOR, Database
from storage.tables import Account

UNHURRIED = Rules(ack_seconds=30, trigger_seconds=30, posts_a_channel_burst=1000, calls_a_method_minute=())
"""How fast the bot is, is measured elsewhere: a machine that is busy fails no test."""
NOW = dt.datetime(2026, 3, 12, 9, 30, tzinfo=dt.UTC)
"""A Thursday: half past ten in Warsaw, half past six in the evening in Seoul."""

PROGRAMME = """\
programme: {name: Orbit Champions, product: Orbit}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, language: en, mode: board, managers: [ewa@orbit.example],
     owners: [piotr@northwind.example]}
  - {key: hanbit, name: Hanbit, timezone: Asia/Seoul, language: ko, mode: board}
earn:
  - {key: report, event: Report Scheduled, points: 15}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
milestones:
  - {key: first-hundred, when: {points: 100}, badge: {en: Explorer, pl: Odkrywca}, says: "{name} passed 100"}
  - {key: together, when: {team_points: 3000}, badge: Onboarding workshop, says: "{account} reached 3,000"}
"""

SEED = Seed(
    app=replace(
        read_app(Path("app.yaml"), secrets=App("A00000001", "", "signing-secret", "xapp-1-laurels")),
        socket_mode=False,
    ),
    workspaces=(Workspace("T_ORBIT", "Orbit", "orbit"),),
    people=(
        Person("U_EWA", "ewa", "Ewa Kowal", "ewa@orbit.example", "T_ORBIT", locale="pl-PL"),
        Person("U_ANIA", "ania", "Ania Nowak", "ania@northwind.example", "T_ORBIT"),
        Person("U_PIOTR", "piotr", "Piotr Zając", "piotr@northwind.example", "T_ORBIT", locale="pl-PL"),
        Person("U_OLA", "ola", "Ola Dąb", "shared@northwind.example", "T_ORBIT"),
        Person("U_NEW", "new", "New Person", "new@northwind.example", "T_ORBIT"),
        Person("U_GUEST", "guest", "A Guest", "guest@northwind.example", "T_ORBIT", is_guest=True),
        Person("U_JUN", "jun", "Jun Park", "jun@hanbit.example", "T_ORBIT", tz="Asia/Seoul", locale="ko-KR"),
    ),
    channels=(
        Channel(
            "C_NORTHWIND",
            "northwind",
            "T_ORBIT",
            ("U_EWA", "U_ANIA", "U_PIOTR", "U_OLA", "U_NEW", "U_GUEST", "U_JUN", "U_LAURELS"),
        ),
        Channel("C_HANBIT", "hanbit", "T_ORBIT", ("U_EWA", "U_JUN", "U_LAURELS")),
        Channel("C_LOOSE", "loose", "T_ORBIT", ("U_ANIA", "U_EWA", "U_NEW", "U_LAURELS")),
    ),
    installations=(Installation("T_ORBIT", "xoxb-laurels", "U_LAURELS"),),
)

ROSTERS = {
    "northwind": (
        ("ania", "ania@northwind.example", "Ania Nowak"),
        ("piotr", "piotr@northwind.example", "Piotr Zając"),
        ("ola", "shared@northwind.example", "Ola Dąb"),
        ("front-desk", "shared@northwind.example", "Front Desk"),
        ("marek", "marek@northwind.example", "Marek Lis"),
    ),
    "hanbit": (("jun", "jun@hanbit.example", "Jun Park"), ("ania", "ania@hanbit.example", "Another Ania")),
}


@dataclass(frozen=True)
class Town:
    """Everything a test needs; `accounts` are ids by key."""

    database: Database
    slack: Slack
    driver: Driver
    bot: Bot
    url: str
    accounts: dict[str, int]

    def types(self, who: str, words: str, *, channel: str = "C_NORTHWIND") -> Shown:
        """Return what somebody sees who types a command."""
        shown = self.driver.types(who, channel, words)
        assert shown is not None, f"{words} was met with silence"
        return shown

    def presses(self, shown: Shown, label: str, *, channel: str = "C_NORTHWIND") -> Shown:
        """Return what somebody sees who presses a button: the message that is new, or another than before."""
        before = self.driver.messages(channel, as_=shown.seen_by)
        assert self.driver.presses(shown, label)

        def changed() -> Shown | None:
            now = self.driver.messages(channel, as_=shown.seen_by)
            return next((message for message in reversed(now) if message not in before), None)

        return self.driver.waits_for(changed)

    def joins(self, *who: str, channel: str = "C_NORTHWIND") -> None:
        """Let people join by the button that /points gives them."""
        for one in who:
            self.presses(self.types(one, "/points", channel=channel), "joining.join", channel=channel)

    def becomes(self, who: str, **facts: object) -> None:
        """Let Slack say something else of somebody from now on."""
        people = tuple(replace(p, **facts) if p.id == who else p for p in self.slack.seed.people)  # type: ignore[arg-type]
        self.slack.seed = replace(self.slack.seed, people=people)

    def uses(self, account: str, person: str, *, times: int = 1, name: str = "Report Scheduled", **when: int) -> None:
        """Let somebody use the product, `when` ago."""
        at = NOW - dt.timedelta(**when)
        events = [
            UsageEvent(account=account, person=person, name=name, occurred_at=at, id=f"{person}-{name}-{at}-{number}")
            for number in range(times)
        ]

        def run(session: Session) -> None:
            owner = session.exec(select(Account).where(col(Account.key) == account)).one()
            record_usage(session, owner, events, in_force=in_force(session), now=NOW, door="command")

        self.database.write({self.accounts[account]}, run)


Rosters = Mapping[str, Sequence[tuple[str, str, str]]]
"""The product's user id, e-mail and name of everybody, by their account's key."""


def settle(database: Database, programme: str = PROGRAMME, rosters: Rosters = ROSTERS) -> dict[str, int]:
    """Apply the programme, bind the channels, take the rosters in; return the accounts' ids by key."""

    def run(session: Session) -> dict[str, int]:
        confirmed = {reward.key for reward in unconfirmed(session, programme)}
        apply_programme(session, programme, author="operator", now=NOW, confirmed=confirmed)
        accounts = {account.key: account.id for account in session.exec(select(Account)) if account.id is not None}
        for key, people in rosters.items():
            bind_channel(session, accounts[key], team_id="T_ORBIT", channel_id=f"C_{key.upper()}", now=NOW)
            rows = [
                RosterRow(line=line, external_id=external_id, email=email, name=name)
                for line, (external_id, email, name) in enumerate(people, 2)
            ]
            import_roster(session, accounts[key], rows, now=NOW)
        return accounts

    return database.write(OPERATOR, run)


class Doorstep:
    """Stands where the bot will be, so that Slack knows its address before it is built."""

    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)


@contextmanager
def open_town(
    database: Database,
    routes: Routes = ROUTES,
    *,
    seed: Seed = SEED,
    settling: Callable[[Database], dict[str, int]] = settle,
) -> Iterator[Town]:
    """Yield a town, running: this one, or one with other people in it, `settling` what the bot knows of them."""
    accounts = settling(database)
    doorstep = Doorstep()
    with in_background(Site(doorstep)) as [bot_url]:
        server = create(seed, bot_url=f"{bot_url}/slack/events", rules=UNHURRIED)
        slack: Slack = server.state.slack
        with in_background(Site(server, before_stop=slack.feed.close)) as [url]:
            settings = Settings(
                slack_bot_token="xoxb-laurels", slack_signing_secret="signing-secret", slack_api_url=f"{url}/api/"
            )
            bot = build(settings, database=database, clock=lambda: NOW, routes=routes)
            doorstep.app = create_web(bot.app, database=database)
            yield Town(database, slack, Driver(url, patience=30), bot, bot_url, accounts)
            bot.close()
