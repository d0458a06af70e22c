"""From the outbox's kinds to what a channel reads."""

import datetime as dt
import time
from dataclasses import replace
from typing import Any

from sqlmodel import Session, select

from bot.delivery.clients import Clients
from bot.delivery.kinds import KINDS, chart
from bot.delivery.kinds import board as say
from bot.delivery.rate_limits import RateLimiter
from bot.delivery.sender import Sender
from bot.delivery.workers import Delivery
from bot.schedule import put_boards
from leaderboards.boards import Board, BoardRow
from leaderboards.periods import frame_of, months_on
from loyalty.accounts.managers import add_manager, recognise_manager
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.boards.posts import BoardFacts
from loyalty.boards.seasons import open_season
from loyalty.points.corrections import adjust_points
from loyalty.points.post import LedgerContext
from storage.database import Database
from storage.tables import Manager, Member, Score, TeamScore
from tests.loyalty.people.builders import open_wallets
from tests.support.milestones import Celebrating, celebrating
from tests.support.slack_answers import Slack, local_slack
from tests.support.two_clients import NOW, Client, TwoClients

MONDAY = dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC)


def deliver(world: Celebrating, slack: Slack, now: dt.datetime) -> None:
    sender = Sender(
        world.database, Clients(lambda _: "xoxb-test", base_url=slack.url), KINDS, now=lambda: now, sleep=lambda _: None
    )
    delivery = Delivery(world.database, sender, RateLimiter(1000), now=lambda: now, monotonic=time.monotonic)
    while delivery.step() == 0:
        pass


def earn(world: Celebrating, client: Client, points: dict[str, int]) -> None:
    day = dt.date(2026, 3, 9)

    def write(session: Session) -> None:
        session.add(TeamScore(account_id=client.id, period="week", start=day, points=sum(points.values())))
        for user, number in points.items():
            who = client.people[user]
            session.add(Score(account_id=client.id, period="week", start=day, person_id=who, points=number))
            session.get_one(Member, (client.id, who)).on_boards = True

    world.database.write({client.id}, write)


def test_a_shoutout_is_said_in_the_accounts_channel(database: Database, two_clients: TwoClients) -> None:
    world = celebrating(database, two_clients)
    for client in (two_clients.northwind, two_clients.hanbit):
        world.join(client, "u1")
        world.reach(client, ("u1", "first-report"))
    with local_slack() as slack:
        deliver(world, slack, NOW)
    assert [(post["channel"], post["text"]) for post in slack.posts] == [
        (
            "Cnorthwind",
            "*Ania Nowak scheduled a report.* Badge: Automator.",
        )
    ]


def test_a_board_is_said_in_the_accounts_channel(database: Database, two_clients: TwoClients) -> None:
    world = celebrating(database, two_clients)
    north = two_clients.northwind
    for user in ("u1", "u2", "u3"):
        world.join(north, user)
    earn(world, north, {"u1": 140, "u2": 120, "u3": 95})
    put_boards(database, MONDAY)
    with local_slack() as slack:
        deliver(world, slack, MONDAY)
    (post,) = slack.posts
    assert post["channel"] == "Cnorthwind"
    assert post["text"].startswith("*Northwind, 9–15 March: 355 points together")


def test_a_new_season_is_said_in_the_accounts_channel(database: Database, two_clients: TwoClients) -> None:
    world = celebrating(database, two_clients)
    north, march = two_clients.northwind.id, dt.date(2026, 3, 1)

    def opens(session: Session) -> None:
        open_season(session, north, starts=march, name="Spring", author="operator", now=NOW)
        open_season(session, north, starts=months_on(march, 1), name=None, author="operator", now=NOW)

    database.write({north}, opens)
    april = dt.datetime(2026, 4, 1, 7, tzinfo=dt.UTC)
    with local_slack() as slack:
        deliver(world, slack, NOW)
        deliver(world, slack, april)
    new = "A fresh start for everyone: it counts what is earned from"
    goes_on = "Your points stay yours, and the board of all time goes on.\nMy season"
    assert [(post["channel"], post["text"]) for post in slack.posts] == [
        ("Cnorthwind", f"*A new season: Spring.* {new} 1 March on. {goes_on}"),
        ("Cnorthwind", f"*A new season begins.* {new} 1 April on. {goes_on}"),
    ]


def test_a_board_with_ranks_has_a_picture_and_says_the_same_without() -> None:
    week = frame_of("week", dt.date(2026, 3, 9))
    rows = (BoardRow(1, "Ania Nowak", 140, moved=2), BoardRow(2, "Jun Park", 120))
    board = Board(account="Northwind", mode="board", period="week", span=week.span, total=355, ranked=6, rows=rows)
    facts = BoardFacts(account_id=1, language="en", timezone="Europe/Warsaw", board=board, badges={}, chart=True)
    drawing = chart(facts)
    assert drawing is not None
    assert (drawing.png[:4], drawing.title) == (b"\x89PNG", "Northwind, 9–15 March")
    assert "Ania Nowak 140" in drawing.alt
    shown = [block for block in say(facts, "F0123456789").blocks if block["type"] == "image"]
    assert [(block["slack_file"], block["alt_text"]) for block in shown] == [({"id": "F0123456789"}, drawing.alt)]
    assert "Ania Nowak 140" in say(facts, None).text
    assert chart(replace(facts, chart=False)) is None
    assert chart(replace(facts, board=replace(board, rows=()))) is None


def test_a_correction_is_said_to_the_member_by_the_managers_name(database: Database, two_clients: TwoClients) -> None:
    world = celebrating(database, two_clients)
    for client in (two_clients.northwind, two_clients.hanbit):
        world.join(client, "u1")
        open_wallets(database, client)
    north = two_clients.northwind

    def correct(session: Session) -> None:
        add_manager(session, north.id, "ewa@orbit.example", now=NOW)
        ewa = SlackProfile(user=SlackUser("", "T1", "U_EWA"), name="Ewa Kowal", email="ewa@orbit.example")
        recognise_manager(session, north.id, ewa)
        manager = session.exec(select(Manager.id)).one()
        posting = LedgerContext(
            account_id=north.id, account_key="northwind", week_starts="monday", now=NOW, author=f"manager:{manager}"
        )
        facts: dict[str, Any] = {"person_id": north.people["u1"], "local_day": NOW.date()}
        adjust_points(session, posting, points=380, reason="Moved over.", key="1", **facts)
        adjust_points(session, posting, points=-40, reason="Counted twice.", key="2", **facts)

    database.write({north.id}, correct)
    with local_slack() as slack:
        deliver(world, slack, NOW)
        deliver(world, slack, NOW)
    safe = "Not your mistake; what you already requested is safe."
    words = "See the entries · This looks wrong"
    assert [post["text"] for post in slack.posts if post["channel"] == "Unorthwindu1"] == [
        f"*380 points were given: 0 became 380.*\n“Moved over.”\nBy Ewa Kowal, 10 March.\n{words}",
        f"*40 points were taken back: 380 became 340.*\n“Counted twice.”\n{safe}\nBy Ewa Kowal, 10 March.\n{words}",
    ]
