import datetime as dt

from sqlmodel import Session

from loyalty.points.corrections import adjust_points, reverse_transfers
from loyalty.points.monthly_statement import Earned, MonthlyStatement, monthly_statement
from storage.database import Database
from tests.support.usage import Earning

PROGRAMME = """\
earn:
  - {key: report, event: Report Scheduled, points: 15}
  - {key: feature, event: Feature Used, points: 20}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
"""


def told(earning: Earning, day: str, key: str = "northwind", who: str = "ania") -> MonthlyStatement:
    account, person = earning.account(key).id or 0, earning.person(who, key)
    return earning.database.read(
        {account}, lambda session: monthly_statement(session, account, person, dt.date.fromisoformat(day))
    )


def test_a_month_adds_up_and_is_nobody_elses(database: Database) -> None:
    earning = Earning(database)
    earning.under(PROGRAMME)
    earning.use("Report Scheduled", "2026-02-28T23:30:00+01:00")
    for at in ("2026-03-01T00:30:00+01:00", "2026-03-02T08:00:00+01:00"):
        earning.use("Report Scheduled", at)
    earning.use("Feature Used")
    earning.use("Dashboard Shared")
    earning.use("Feature Used", by="jun")
    earning.use("Report Scheduled", account="fulton")
    assert told(earning, "2026-03-20") == MonthlyStatement(
        start=dt.date(2026, 3, 1),
        before=15,
        earned=(Earned("report", 2, 30), Earned("feature", 1, 20)),
        earlier=True,
    )
    assert told(earning, "2026-03-20").after == 65
    assert told(earning, "2026-02-10") == MonthlyStatement(
        start=dt.date(2026, 2, 1), before=0, earned=(Earned("report", 1, 15),)
    )


def test_what_was_taken_back_stands_as_a_correction(database: Database) -> None:
    earning = Earning(database)
    earning.under(PROGRAMME)
    earning.use("Report Scheduled")
    person = earning.person("ania")
    [transfer] = earning.transfers()

    def run(session: Session) -> None:
        reverse_transfers(session, earning.posting(), transfer_id=transfer.id, reason="twice")
        day = dt.date(2026, 3, 20)
        adjust_points(session, earning.posting(), person_id=person, points=7, reason="sorry", local_day=day, key="k")

    earning.operate(run)
    found = told(earning, "2026-03-01")
    assert found == MonthlyStatement(
        start=dt.date(2026, 3, 1), before=0, earned=(Earned("report", 1, 15),), corrected=-8
    )
    assert found.after == 7
