"""Opening months anew, taking it back, and the channel's word of it."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session, col, select

from loyalty.boards import seasons
from loyalty.boards.seasons import (
    BadSeasonError,
    LaterSeasonError,
    NoSeasonError,
    Opened,
    SeasonFacts,
    SeasonTakenError,
    open_season,
    opened,
    season_months,
    undo_season,
)
from storage import outbox
from storage.database import OPERATOR, Database
from storage.outbox import Claimed, Drop, Later, Workspace
from storage.tables import AuditEntry, Channel, Outgoing
from tests.support.milestones import TEAM, Celebrating, celebrating
from tests.support.two_clients import NOW, Client, TwoClients

MARCH, APRIL, MAY = (dt.date(2026, month, 1) for month in (3, 4, 5))


@pytest.fixture
def world(database: Database, two_clients: TwoClients) -> Celebrating:
    return celebrating(database, two_clients)


def opens(
    world: Celebrating, client: Client, starts: dt.date, name: str | None = None, *, now: dt.datetime = NOW
) -> Opened:
    return world.database.write(
        {client.id},
        lambda session: open_season(session, client.id, starts=starts, name=name, author="manager:9", now=now),
    )


def undoes(world: Celebrating, client: Client, season_id: int) -> None:
    world.database.write(
        {client.id}, lambda session: undo_season(session, client.id, season_id, author="manager:9", now=NOW)
    )


def there(world: Celebrating, client: Client) -> list[tuple[dt.date, str | None]]:
    found = world.database.read({client.id}, lambda session: opened(session, client.id))
    return [(season.starts, season.name) for season in found]


def audited(world: Celebrating) -> list[tuple[int | None, str, str, dict[str, Any]]]:
    rows = world.database.read(
        OPERATOR, lambda session: session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
    )
    return [(row.account_id, row.author, row.action, row.details) for row in rows]


def said(world: Celebrating) -> list[tuple[int, str, str | None, dt.datetime]]:
    wanted = select(Outgoing).order_by(col(Outgoing.account_id), col(Outgoing.id))
    rows = world.database.read(OPERATOR, lambda session: session.exec(wanted).all())
    return [(row.account_id or 0, row.kind, row.channel_id, row.due_at) for row in rows]


def test_a_season_is_opened_audited_and_put_into_the_channel(world: Celebrating) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    season = opens(world, north, MARCH, "  Spring   2026 ")
    assert there(world, north) == [(MARCH, "Spring 2026")]
    assert there(world, hanbit) == []
    details = {"season": season.id, "starts": "2026-03-01"}
    assert audited(world) == [(north.id, "manager:9", "season.open", details)]
    assert said(world) == [(north.id, "season", "Cnorthwind", NOW)]


def test_the_channel_hears_of_a_later_season_as_it_begins_and_never_in_quiet_hours(world: Celebrating) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    opens(world, north, APRIL)
    # Six in the evening in Seoul: quiet until eight in the morning.
    opens(world, hanbit, MARCH)
    assert said(world) == [
        (north.id, "season", "Cnorthwind", dt.datetime(2026, 4, 1, 7, tzinfo=dt.UTC)),
        (hanbit.id, "season", "Chanbit", dt.datetime(2026, 3, 10, 23, tzinfo=dt.UTC)),
    ]


def test_a_season_begins_after_those_there_are(world: Celebrating) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    opens(world, north, MARCH)
    for starts in (MARCH, dt.date(2025, 12, 1)):
        with pytest.raises(SeasonTakenError, match="there is a season from 2026-03 on"):
            opens(world, north, starts)
    opens(world, hanbit, MARCH)
    opens(world, north, APRIL, "")
    assert there(world, north) == [(APRIL, None), (MARCH, None)]
    assert len(said(world)) == 3


@pytest.mark.parametrize(
    ("starts", "name"), [(dt.date(2026, 3, 2), None), (dt.date(2027, 4, 1), None), (MARCH, "x" * 81)]
)
def test_what_is_no_season_changes_nothing(world: Celebrating, starts: dt.date, name: str | None) -> None:
    north = world.clients.northwind
    with pytest.raises(BadSeasonError):
        opens(world, north, starts, name)
    assert (there(world, north), audited(world), said(world)) == ([], [], [])


def test_the_latest_is_undone_and_no_other(world: Celebrating) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    first, other = opens(world, north, MARCH), opens(world, hanbit, MARCH)
    second = opens(world, north, APRIL)
    with pytest.raises(LaterSeasonError, match="from 2026-04 on came later"):
        undoes(world, north, first.id)
    undoes(world, north, second.id)
    for gone in (second.id, 12345):
        with pytest.raises(NoSeasonError):
            undoes(world, north, gone)
    undoes(world, north, first.id)
    assert (there(world, north), there(world, hanbit)) == ([], [(other.starts, None)])
    actions = [action for account_id, _, action, _ in audited(world) if account_id == north.id]
    assert actions == ["season.open", "season.open", "season.undo", "season.undo"]
    opens(world, north, MARCH)


def leaving(world: Celebrating, client: Client, now: dt.datetime) -> Claimed:
    claimed = world.database.write(
        {client.id},
        lambda session: outbox.claim(session, Workspace("", TEAM), now=now, lease=dt.timedelta(minutes=2)),
    )
    assert claimed is not None
    return claimed


def facts(world: Celebrating, claimed: Claimed, now: dt.datetime) -> SeasonFacts | Drop | Later:
    return world.database.read({claimed.account_id}, lambda session: seasons.season_facts(session, claimed, now))


def test_what_leaves_says_the_season_unless_it_was_undone_or_it_is_quiet_or_nowhere(world: Celebrating) -> None:
    north = world.clients.northwind
    season = opens(world, north, MARCH, "Spring")
    claimed = leaving(world, north, NOW)
    assert facts(world, claimed, NOW) == SeasonFacts(
        starts=MARCH, name="Spring", language="en", timezone="Europe/Warsaw"
    )
    evening = NOW + dt.timedelta(hours=9)
    assert facts(world, claimed, evening) == Later(dt.datetime(2026, 3, 11, 7, tzinfo=dt.UTC), "quiet hours")
    undoes(world, north, season.id)
    assert facts(world, claimed, NOW) == Drop("the season was undone")

    def unbind(session: Session) -> None:
        for channel in session.exec(select(Channel)):
            session.delete(channel)

    world.database.write({north.id}, unbind)
    assert facts(world, claimed, NOW) == Drop("the channel is not the account's any more")


def test_months_to_choose_from_come_after_the_latest() -> None:
    today = dt.date(2026, 4, 12)
    assert season_months(None, today) == [MARCH, APRIL, MAY]
    assert season_months(dt.date(2025, 6, 1), today) == [MARCH, APRIL, MAY]
    assert season_months(MARCH, today, so_many=2) == [APRIL, MAY]
    assert season_months(MAY, today, so_many=1) == [dt.date(2026, 6, 1)]
