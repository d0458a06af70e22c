import datetime as dt

import pytest
from sqlmodel import col, select

from loyalty.apply_programme import Applied, NoSuchVersionError, WeekStartsError, propose_programme, rollback_programme
from loyalty.programme import ProgrammeError
from loyalty.programme.versions import history
from loyalty.usage.record import Award, Recorded
from loyalty.verify.ledger import verify
from storage.tables import Account, Channel, Manager, Person
from tests.support.usage import NOW, Earning, event

FILE = """\
programme: {name: Orbit Champions, week_starts: monday}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, mode: board, channel: C012345,
     managers: [ewa@orbit.example], owners: [jan@northwind.example], yearly_value: 40000}
  - {key: fulton, name: Fulton & Reed, timezone: America/New_York}
earn:
  - {key: report, event: Report Scheduled, points: 15}
"""


def again(earning: Earning, number: int | None = None) -> Applied:
    return earning.operate(lambda session: rollback_programme(session, number, author="operator", now=NOW))


def test_an_apply_opens_accounts_and_binds_what_the_file_says_first(earning: Earning) -> None:
    applied = earning.under(FILE)
    assert (applied.number, applied.new) == (1, True)
    account = earning.account("northwind")
    assert (account.name, account.mode, account.timezone, account.language) == (
        "Northwind",
        "board",
        "Europe/Warsaw",
        "en",
    )
    assert float(account.yearly_value or 0) == 40_000
    found = earning.look(
        lambda session: (
            session.exec(select(Channel.account_id, Channel.channel_id)).all(),
            session.exec(select(Manager.account_id, Manager.email)).all(),
            session.exec(select(Person.account_id, Person.email).where(col(Person.owner))).all(),
        )
    )
    mine = account.id
    assert found == ([(mine, "C012345")], [(mine, "ewa@orbit.example")], [(mine, "jan@northwind.example")])
    assert earning.account("fulton").mode == "team"


def test_the_same_file_again_makes_no_version(earning: Earning) -> None:
    earning.under(FILE)
    assert [(applied.number, applied.new) for applied in (earning.under(FILE), earning.under(FILE))] == [(1, False)] * 2


def test_a_version_decides_what_is_recorded_under_it_and_nothing_recorded_is_scored_again(earning: Earning) -> None:
    earning.under(FILE)
    earning.use("Report Scheduled")
    thirty = FILE.replace("points: 15", "points: 30")
    assert earning.look(lambda session: propose_programme(session, thirty)).lines() == ["~ rule report: points 15 → 30"]
    earning.under(thirty)
    earning.use("Report Scheduled")
    assert again(earning).number == 3
    earning.use("Report Scheduled")
    assert [(each.points, each.version) for each in earning.transfers()] == [(15, 1), (30, 2), (15, 3)]
    assert [(each.number, each.restores) for each in earning.look(history)] == [(3, 1), (2, None), (1, None)]


def test_a_version_that_never_was_cannot_come_back(earning: Earning) -> None:
    earning.under(FILE)
    for number in (None, 7):
        with pytest.raises(NoSuchVersionError, match="there is no version"):
            again(earning, number)
    assert len(earning.look(history)) == 1


def test_a_broken_file_costs_nothing_that_was_there(earning: Earning) -> None:
    earning.under(FILE)
    with pytest.raises(ProgrammeError):
        earning.under(FILE.replace("points: 15", "points: 0"))
    assert len(earning.look(history)) == 1
    assert earning.use("Report Scheduled") == {"report": 15}


def test_what_was_changed_elsewhere_stays_and_plan_says_so(earning: Earning) -> None:
    earning.under(FILE)

    def switch(session: object) -> None:
        account = session.exec(select(Account).where(col(Account.key) == "northwind")).one()  # type: ignore[attr-defined]
        account.mode = "team"

    earning.operate(switch)
    newer = FILE.replace("mode: board", "mode: private").replace("name: Northwind", "name: Northwind Ltd")
    lines = earning.look(lambda session: propose_programme(session, newer)).lines()
    assert lines[0] == '~ account northwind: name Northwind → "Northwind Ltd"'
    assert any("left as it is in Slack: team" in line for line in lines)
    earning.under(newer)
    account = earning.account("northwind")
    assert (account.mode, account.name) == ("team", "Northwind Ltd")


def test_weeks_begin_where_they_began_once_anything_was_earned(earning: Earning) -> None:
    sunday = FILE.replace("week_starts: monday", "week_starts: sunday")
    earning.under(FILE)
    earning.under(sunday)
    earning.under(FILE)
    earning.use("Report Scheduled")
    with pytest.raises(WeekStartsError, match="week_starts is monday and cannot become sunday"):
        earning.under(sunday)


def test_after_another_zone_and_programme_the_audit_still_holds(earning: Earning) -> None:
    earning.under(FILE)
    late = "2026-03-19T23:30:00+01:00"
    earning.use("Report Scheduled", late)
    earning.under(FILE.replace("Europe/Warsaw", "Asia/Seoul").replace("points: 15", "points: 20"))
    earning.use("Report Scheduled", late)
    # A zone touches later records only.
    assert earning.scores("day") == {("2026-03-19", "ania"): 15, ("2026-03-20", "ania"): 20}
    assert earning.look(lambda session: verify(session, week_starts="monday")) == []


def test_exclusion_follows_the_programme_in_force(earning: Earning) -> None:
    earning.under(FILE)
    earning.use("Report Scheduled", by="robot-1")
    earning.under(FILE + 'exclude: {people: ["robot-*"]}\n')
    robot = earning.look(
        lambda session: session.exec(select(Person.excluded).where(col(Person.external_id) == "robot-1")).all()
    )
    assert robot == [True]
    assert earning.record([event("Report Scheduled", by="robot-1")]) == [Recorded(excluded=True)]
    earning.under(FILE)
    at = (NOW - dt.timedelta(days=1)).isoformat()
    assert earning.record([event("Report Scheduled", at, by="robot-1")]) == [Recorded((Award("report", 15, "person"),))]
