"""What happens by the clock."""

import datetime as dt
import threading

from sqlmodel import Session, col, select, update

from bot.schedule import (
    Schedule,
    Tick,
    drop,
    expire,
    expire_points,
    expire_requests,
    put_boards,
    review_tiers,
    sweep_all,
    ticks,
)
from storage import outbox
from storage.database import OPERATOR, Database
from storage.outbox import OutboxMessage, Workspace
from storage.tables import Member, Outgoing, TierHeld
from tests.support.milestones import Celebrating, celebrating
from tests.support.redemptions import Redeeming
from tests.support.two_clients import NOW, TwoClients
from tests.support.usage import HEAD, Earning, event
from tests.support.usage import NOW as EARNED

MONDAY = dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC)
"""Nine in Warsaw, five in the afternoon in Seoul."""


def states(world: Celebrating) -> list[tuple[int, str, str]]:
    rows = world.database.read(OPERATOR, lambda session: session.exec(select(Outgoing)).all())
    return sorted((row.account_id or 0, row.key, row.state) for row in rows)


def test_each_channel_gets_its_board_once_however_many_tick(database: Database, two_clients: TwoClients) -> None:
    world = celebrating(database, two_clients)
    for _ in range(2):
        put_boards(database, MONDAY)
        put_boards(database, MONDAY + dt.timedelta(hours=3))
    north, hanbit = two_clients.northwind.id, two_clients.hanbit.id
    assert states(world) == [
        (north, "board/4/week/2026-03-09", "waiting"),
        (hanbit, "board/4/week/2026-03-09", "waiting"),
    ]


def test_leases_end_and_late_messages_are_dropped(database: Database, two_clients: TwoClients) -> None:
    world = celebrating(database, two_clients)
    north, hanbit = two_clients.northwind.id, two_clients.hanbit.id

    def put(session: Session) -> None:
        for account_id in (north, hanbit):
            message = OutboxMessage(
                key="a",
                kind="note",
                category="answer",
                workspace=Workspace("", "T1"),
                user_id="U1",
                subject={},
                due_at=NOW,
                good_until=NOW + dt.timedelta(hours=1),
            )
            outbox.put_message(session, account_id, [message], now=NOW)
        outbox.claim(session, Workspace("", "T1"), now=NOW, lease=dt.timedelta(minutes=1))

    database.write(OPERATOR, put)
    for tick in (expire, drop):
        tick(database, NOW + dt.timedelta(minutes=1))
    assert states(world) == [(north, "a", "unknown"), (hanbit, "a", "waiting")]
    for tick in (expire, drop):
        tick(database, NOW + dt.timedelta(hours=1))
    assert states(world) == [(north, "a", "unknown"), (hanbit, "a", "dropped")]


def test_ticks_begin_at_once_survive_their_failures_and_stop() -> None:
    done = threading.Event()
    ticked: list[str] = []

    def fail() -> None:
        ticked.append("fail")
        raise OSError("the database is away")

    def tick() -> None:
        ticked.append("tick")
        if ticked.count("tick") > 1 and ticked.count("fail") > 1:
            done.set()

    schedule = Schedule([Tick("fail", 0.02, fail), Tick("tick", 0.02, tick)])
    schedule.start()
    assert done.wait(10)
    schedule.stop()
    count = len(ticked)
    threading.Event().wait(0.1)
    assert len(ticked) == count


def test_the_outboxs_ticks_have_names_of_their_own(database: Database) -> None:
    found = ticks(database, now=lambda: NOW)
    for tick in found:
        tick.do()
    assert len({tick.name for tick in found}) == len(found)


def test_every_client_is_swept_however_often_it_ticks(database: Database) -> None:
    earning = Earning(database)
    earning.under("earn: [{key: report, event: Report Scheduled, points: 15}]")
    for key in ("northwind", "fulton"):
        earning.record([event("Report Scheduled", account=key)], door="api")
    late = EARNED + dt.timedelta(days=30)
    sweep_all(database, late, lambda: True)
    assert [earning.together(key) for key in ("northwind", "fulton")] == [15, 15]
    for _ in range(2):
        sweep_all(database, late)
    assert [earning.together(key) for key in ("northwind", "fulton")] == [0, 0]


def test_without_a_programme_there_is_nothing_to_sweep(database: Database) -> None:
    sweep_all(database, EARNED)


def test_requests_that_waited_too_long_expire_in_every_account(database: Database) -> None:
    world = Redeeming(database)
    world.under()
    for key in ("northwind", "fulton"):
        world.member(key=key, points=400)
        world.ask("course", account=key)
    due = EARNED + dt.timedelta(days=14)
    expire_requests(database, due - dt.timedelta(seconds=1))
    assert (world.states(), world.states("fulton")) == (["requested"], ["requested"])
    for _ in range(2):
        expire_requests(database, due)
    assert (world.states(), world.states("fulton")) == (["expired"], ["expired"])
    assert "expire requests" in [tick.name for tick in ticks(database, now=lambda: due)]
    world.holds()


def test_every_clients_tiers_are_looked_at_and_their_points_run_out(database: Database) -> None:
    earning = Earning(database)
    rules = HEAD.replace("monday", "monday, points_expire: 12 months") + "earn: [{key: r, event: R, points: 15}]\n"
    earning.under(rules + "tiers: {members: [{key: silver, points: 15, over: 12 months}]}\n")
    accounts = {key: earning.account(key).id or 0 for key in ("northwind", "fulton")}
    for key, account_id in accounts.items():
        earning.record([event("R", account=key)])
        member = Member(
            account_id=account_id, person_id=earning.person("ania", key), team_id="T1", user_id="U1", terms="1",
            joined_at=EARNED,
        )  # fmt: skip
        database.write({account_id}, lambda session, member=member: session.add(member))  # type: ignore[misc]

    def told(session: Session) -> None:
        session.execute(update(Outgoing).where(col(Outgoing.state) == "waiting").values(state="sent"))

    for _ in range(2):
        review_tiers(database, EARNED)
        for moment in (dt.datetime(2027, 3, 2, 12, tzinfo=dt.UTC), dt.datetime(2027, 4, 1, 12, tzinfo=dt.UTC)):
            expire_points(database, moment)
            database.write(OPERATOR, told)
    held = database.read(OPERATOR, lambda session: session.exec(select(TierHeld)).all())
    assert sorted((row.account_id, row.tier) for row in held) == [
        (each, "silver") for each in sorted(accounts.values())
    ]
    assert [earning.wallets(key)["person", "ania"] for key in accounts] == [(0, 0), (0, 0)]


def test_without_a_programme_nothing_is_looked_at(database: Database) -> None:
    review_tiers(database, NOW)
    expire_points(database, NOW)
    assert states(Celebrating(database, None)) == []  # type: ignore[arg-type]
