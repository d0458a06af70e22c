"""When a channel's board is due, and what it says as it leaves."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from leaderboards.boards import Goal
from leaderboards.periods import Period, frame_of
from loyalty.boards import posts
from loyalty.boards.posts import BoardFacts, due_boards, posted_at
from loyalty.programme import LocalizedText, digest, read
from storage import outbox
from storage.database import OPERATOR, Database
from storage.outbox import Claimed, Drop, Later, OutboxMessage, Workspace
from storage.tables import Channel, ProgrammeVersion, Score, TeamScore
from tests.support.milestones import PROGRAMME, TEAM, Celebrating, celebrating
from tests.support.two_clients import NOW, Client, TwoClients

WARSAW, SEOUL = ZoneInfo("Europe/Warsaw"), ZoneInfo("Asia/Seoul")
HERE = Workspace("", TEAM)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def world(database: Database, two_clients: TwoClients) -> Celebrating:
    return celebrating(database, two_clients)


def local(text: str, zone: ZoneInfo = WARSAW) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("boards", "period", "day", "posted"),
    [
        ('{post: "monday 09:00"}', "week", "2026-03-11", "2026-03-16 09:00"),
        ('{post: "09:00"}', "week", "2026-03-11", "2026-03-16 09:00"),
        ('{post: "thursday 14:30"}', "week", "2026-03-11", "2026-03-19 14:30"),
        # The clocks go forward on the 29th.
        ('{post: "monday 09:00"}', "week", "2026-03-25", "2026-03-30 09:00"),
        ('{post: "monday 09:00", period: month}', "month", "2026-03-25", "2026-04-06 09:00"),
        # Too early, too late, on a weekend: when the quiet ends.
        ('{post: "monday 06:00"}', "week", "2026-03-11", "2026-03-16 08:00"),
        ('{post: "friday 19:00"}', "week", "2026-03-11", "2026-03-23 08:00"),
        ('{post: "09:00", period: month}', "month", "2026-01-15", "2026-02-02 08:00"),
    ],
)
def test_a_board_is_posted_on_its_weekday_once_the_period_is_over(
    boards: str, period: Period, day: str, posted: str
) -> None:
    programme = read(PROGRAMME + f"boards: {boards}\n")
    assert posted_at(programme, frame_of(period, dt.date.fromisoformat(day)), WARSAW) == local(posted)


def test_where_no_board_is_wanted_none_is_ever_due() -> None:
    programme = read(PROGRAMME + "boards: {post: never}\n")
    assert posted_at(programme, frame_of("week", dt.date(2026, 3, 11)), WARSAW) is None


def due(world: Celebrating, now: dt.datetime) -> dict[int, list[tuple[str, dt.datetime]]]:
    found = world.database.read(OPERATOR, lambda session: due_boards(session, now))
    return {account_id: [(one.key, one.due_at) for one in messages] for account_id, messages in found.items()}


def test_boards_are_due_in_each_accounts_own_zone_for_a_day(world: Celebrating) -> None:
    north, hanbit = world.clients.northwind.id, world.clients.hanbit.id
    key = "board/4/week/2026-03-09"
    seoul, warsaw = local("2026-03-16 09:00", SEOUL), local("2026-03-16 09:00")
    assert due(world, seoul - HOUR) == {}
    assert due(world, seoul) == {hanbit: [(key, seoul)]}
    assert due(world, warsaw) == {north: [(key, warsaw)], hanbit: [(key, seoul)]}
    assert due(world, seoul + 24 * HOUR) == {north: [(key, warsaw)]}
    assert due(world, warsaw + 24 * HOUR) == {}


def test_a_board_that_is_there_is_not_due_again(world: Celebrating) -> None:
    warsaw = local("2026-03-16 09:00")
    north, hanbit = world.clients.northwind.id, world.clients.hanbit.id
    found = world.database.read(OPERATOR, lambda session: due_boards(session, warsaw))
    world.database.write({north}, lambda session: outbox.put_message(session, north, found[north], now=warsaw))
    assert list(due(world, warsaw)) == [hanbit]


def test_what_became_due_over_a_weekend_is_due_on_monday(world: Celebrating) -> None:
    text = PROGRAMME + 'boards: {post: "07:00", period: day}\n'
    version = ProgrammeVersion(number=3, text=text, digest=digest(text), author="operator", applied_at=NOW)
    world.database.write(OPERATOR, lambda session: session.add(version))
    monday = local("2026-03-16 08:00")
    assert due(world, monday)[world.clients.northwind.id] == [
        ("board/4/day/2026-03-15", monday),
        ("board/4/day/2026-03-14", monday),
        ("board/4/day/2026-03-13", monday),
    ]


def leaving(world: Celebrating, client: Client, now: dt.datetime) -> Claimed:
    message = OutboxMessage(
        key="board/4/week/2026-03-09",
        kind="board",
        category="news",
        workspace=HERE,
        channel_id=f"C{client.key}",
        subject={"period": "week", "start": "2026-03-09"},
        due_at=now,
        good_until=now + 24 * HOUR,
    )
    claimed = world.database.write(
        {client.id},
        lambda session: (
            outbox.put_message(session, client.id, [message], now=now),
            outbox.claim(session, HERE, now=now, lease=HOUR),
        )[1],
    )
    assert claimed is not None
    return claimed


def earn(world: Celebrating, client: Client, points: int) -> None:
    day = dt.date(2026, 3, 9)

    def write(session: Session) -> None:
        who = client.people["u1"]
        session.add(TeamScore(account_id=client.id, period="week", start=day, points=points))
        session.add(Score(account_id=client.id, period="week", start=day, person_id=who, points=points))

    world.database.write({client.id}, write)


def facts(world: Celebrating, claimed: Claimed, now: dt.datetime) -> Any:
    return world.database.read({claimed.account_id}, lambda session: posts.board_facts(session, claimed, now))


def test_the_facts_are_the_accounts_own_board_of_the_period(world: Celebrating) -> None:
    north, now = world.clients.northwind, local("2026-03-16 09:00")
    earn(world, north, 120)
    earn(world, world.clients.hanbit, 999)
    found = facts(world, leaving(world, north, now), now)
    assert isinstance(found, BoardFacts)
    assert (found.board.account, found.board.total, found.board.rows) == ("Northwind", 120, ())
    assert (found.language, found.timezone, found.chart) == ("en", "Europe/Warsaw", True)
    assert found.board.goal == Goal("together", 3000, 0)
    assert found.badges == {
        "first-report": LocalizedText("Automator"),
        "first-hundred": LocalizedText("Explorer"),
        "steady": LocalizedText("Steady"),
        "together": None,
    }


def test_a_board_waits_for_the_end_of_quiet_and_is_dropped_where_there_is_nothing_or_nowhere_to_say_it(
    world: Celebrating,
) -> None:
    north, now = world.clients.northwind, local("2026-03-16 09:00")
    earn(world, world.clients.hanbit, 999)
    claimed = leaving(world, north, now)
    assert facts(world, claimed, local("2026-03-16 20:00")) == Later(local("2026-03-17 08:00"), "quiet hours")
    assert facts(world, claimed, now) == Drop("nobody earned anything in the period")

    def unbind(session: Session) -> None:
        for channel in session.exec(select(Channel)):
            session.delete(channel)

    world.database.write({north.id}, unbind)
    assert facts(world, claimed, now) == Drop("the channel is not the account's any more")
