import datetime as dt

import pytest
from sqlalchemy import text
from sqlmodel import Session

from leaderboards import score_rebuild
from leaderboards.periods import Weekday
from leaderboards.score_rebuild import Difference
from storage.database import OPERATOR, Database, ScopeError
from tests.support.usage import HEAD, Earning

RULES = """
earn:
  - {key: report, event: Report Scheduled, points: 15}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
"""
NORTHWIND, FULTON = 1, 2
FRIDAY, SUNDAY = dt.date(2026, 3, 13), dt.date(2026, 3, 15)


@pytest.fixture(autouse=True)
def earned(database: Database) -> int:
    """In both clients Ania earned 15 on a Friday and on the Sunday after; that day the pool got 10. Her id."""
    earning = Earning(database)
    earning.under(HEAD + RULES)
    for key in ("northwind", "fulton"):
        earning.use("Report Scheduled", f"{FRIDAY}T12:00:00-04:00", account=key)
        earning.use("Report Scheduled", f"{SUNDAY}T12:00:00-04:00", account=key)
        earning.use("Dashboard Shared", f"{SUNDAY}T12:00:00-04:00", account=key)
    return earning.person("ania")


def test_kept_ones_are_what_the_transfers_make_them(database: Database) -> None:
    assert _differences(database) == []


def test_a_difference_is_told_with_both_sides(database: Database, earned: int) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE score SET points = 31 WHERE account_id = 1 AND period = 'all'"))
        connection.execute(text("DELETE FROM team_score WHERE account_id = 1 AND period = 'day' AND points = 25"))
    always = dt.date(1970, 1, 1)
    assert _differences(database) == [
        Difference(earned, "all", always, 31, 30),
        Difference(None, "day", SUNDAY, 0, 25),
    ]
    assert _differences(database, account_id=FULTON) == []


def test_a_rebuild_writes_weeks_as_they_begin_and_one_account_alone(database: Database, earned: int) -> None:
    database.write([NORTHWIND], lambda session: score_rebuild.rebuild(session, NORTHWIND, "sunday"))
    assert _differences(database, "sunday") == []
    monday = dt.date(2026, 3, 9)
    assert _differences(database, "monday") == [
        Difference(earned, "week", dt.date(2026, 3, 8), 15, 0),
        Difference(earned, "week", monday, 0, 30),
        Difference(earned, "week", SUNDAY, 15, 0),
        Difference(None, "week", dt.date(2026, 3, 8), 15, 0),
        Difference(None, "week", monday, 0, 40),
        Difference(None, "week", SUNDAY, 25, 0),
    ]
    assert _differences(database, account_id=FULTON) == []


def test_a_rebuild_of_another_account_is_outside_the_scope(database: Database) -> None:
    with pytest.raises(ScopeError):
        database.write([NORTHWIND], lambda session: score_rebuild.rebuild(session, FULTON, "monday"))


def _differences(database: Database, week_starts: Weekday = "monday", account_id: int = NORTHWIND) -> list[Difference]:
    def look(session: Session) -> list[Difference]:
        return list(score_rebuild.differences(session, account_id, week_starts))

    return database.read(OPERATOR, look)
