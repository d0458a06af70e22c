import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import Session

from storage.database import OPERATOR, Database
from storage.tables import Account

MOMENTS = [
    dt.datetime(2026, 3, 10, 9, 0, 0, 123456, tzinfo=dt.UTC),
    dt.datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Asia/Seoul")),
    dt.datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Warsaw"), fold=1),
    dt.datetime(1969, 12, 31, 23, 59, tzinfo=dt.timezone(-dt.timedelta(hours=9, minutes=30))),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_an_instant_comes_back_as_the_same_moment_in_utc(database: Database, moment: dt.datetime) -> None:
    database.write(OPERATOR, lambda session: session.add(_account(moment)))
    found = database.read(OPERATOR, lambda session: session.get_one(Account, 1).created_at)
    assert (found, found.utcoffset()) == (moment.astimezone(dt.UTC), dt.timedelta(0))


def test_a_datetime_without_an_offset_is_refused(database: Database) -> None:
    naive = dt.datetime(2026, 3, 10, 9, 0)  # noqa: DTZ001 - the mistake itself
    with pytest.raises(StatementError, match="has no offset; an instant is stored with one"):
        database.write(OPERATOR, lambda session: session.add(_account(naive)))


def test_instants_are_in_order_whatever_offset_they_came_with(database: Database) -> None:
    def write(session: Session) -> None:
        for moment in MOMENTS:
            session.add(_account(moment))

    database.write(OPERATOR, write)
    found = database.read(OPERATOR, lambda session: session.connection().exec_driver_sql(_IN_ORDER).scalars().all())
    assert found == [str(moment) for moment in sorted(MOMENTS)]


_IN_ORDER = "SELECT key FROM account ORDER BY created_at"


def _account(moment: dt.datetime) -> Account:
    return Account(key=str(moment), name="Northwind", timezone="Europe/Warsaw", created_at=moment)
