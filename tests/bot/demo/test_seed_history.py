"""What lies behind the story's morning."""

from typing import Any

from sqlmodel import col, func, select

from bot.demo.script import read_script
from bot.demo.seed_history import prepare
from storage.database import OPERATOR, Database
from storage.tables import Account, Member, Outgoing, Reached, TeamScore, Usage


def facts(database: Database) -> dict[str, Any]:
    def look(session: Any) -> dict[str, Any]:
        together = select(Account.key, TeamScore.points).join(TeamScore, col(TeamScore.account_id) == Account.id)
        return {
            "together": dict(session.exec(together.where(col(TeamScore.period) == "all")).all()),
            "usage": session.exec(select(func.count()).select_from(Usage)).one(),
            "members": session.exec(select(func.count()).select_from(Member)).one(),
            "announced": session.exec(select(func.count()).where(col(Reached.announced))).one(),
            "outbox": sorted(session.exec(select(Outgoing.kind)).all()),
        }

    return database.read(OPERATOR, look)


def test_a_month_lies_behind_the_morning_and_nothing_is_announced_yet(sqlite_database: Database) -> None:
    prepare(sqlite_database, read_script())
    found = facts(sqlite_database)
    assert found["outbox"] == ["invitation"] * 3
    assert (found["members"], found["announced"]) == (17, 0)
    assert found["usage"] > 300
    assert 2_000 < found["together"]["northwind"] < 3_000  # the goal is near, and not reached
