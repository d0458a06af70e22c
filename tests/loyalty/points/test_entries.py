"""Every point explains itself, and a standing adds up, on both databases."""

import datetime as dt

from loyalty.overview.hints import Hint
from loyalty.overview.overview import Ahead, overview
from loyalty.points.corrections import adjust_points, reverse_transfers
from loyalty.points.entries import Entry, Mark, entries
from loyalty.programme import LocalizedText
from loyalty.usage.record import UsageEvent
from tests.support.usage import NOW, Earning

PROGRAMME = """\
earn:
  - {key: report, event: Report Scheduled, points: 15}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
milestones:
  - {key: fifty, when: {points: 50}, badge: Half}
  - {key: hundred, when: {points: 100}, badge: Explorer}
"""


def used(account: str, person: str, name: str, at: dt.datetime, number: int) -> UsageEvent:
    return UsageEvent(account=account, person=person, name=name, occurred_at=at, id=f"{person}-{number}")


def lived(earning: Earning) -> int:
    """Let u1 of Northwind use the product on two days, be corrected and taken back; return their id."""
    earning.under(PROGRAMME)
    yesterday = NOW - dt.timedelta(days=1)
    earning.record([used("northwind", "u1", "Report Scheduled", yesterday, 1)])
    earning.record(
        [used("northwind", "u1", "Dashboard Shared", NOW, 2), used("northwind", "u1", "Report Scheduled", NOW, 3)]
    )
    earning.record([used("fulton", "u1", "Report Scheduled", NOW, 4)])
    person, posting = earning.person("u1"), earning.posting()
    first = next(row for row in earning.transfers() if row.rule == "report")
    earning.operate(lambda s: reverse_transfers(s, posting, transfer_id=first.id, reason="counted twice"))
    earning.operate(
        lambda s: adjust_points(
            s,
            posting,
            person_id=person,
            points=40,
            reason="a talk given",
            local_day=dt.date(2026, 3, 20),
            key="1",
        )
    )
    return person


def test_entries_say_event_rule_version_author_and_reason(earning: Earning) -> None:
    person = lived(earning)
    account = earning.account("northwind").id or 0
    found = earning.operate(lambda s: entries(s, account, person, limit=10))
    told = [(e.points, e.kind, e.event, e.rule, e.version, e.reversed, e.author, e.note) for e in found]
    assert told == [
        (40, "adjust", None, None, 1, False, "operator", "a talk given"),
        (15, "earn", "Report Scheduled", "report", 1, False, found[1].author, None),
        (-15, "reverse", "Report Scheduled", "report", 1, False, "operator", "counted twice"),
        (15, "earn", "Report Scheduled", "report", 1, True, found[3].author, None),
    ]
    assert [e.local_day.day for e in found] == [20, 20, 19, 19]


def test_pages_join_without_a_gap(earning: Earning) -> None:
    person = lived(earning)
    account = earning.account("northwind").id or 0

    def page(before: Mark | None) -> tuple[Entry, ...]:
        return earning.operate(lambda s: entries(s, account, person, limit=3, before=before))

    first = page(None)
    second = page(first[-1].mark)
    assert len(first) == 3
    assert first + second == earning.operate(lambda s: entries(s, account, person, limit=10))


def test_a_standing_adds_up(earning: Earning) -> None:
    person = lived(earning)
    account = earning.account("northwind").id or 0
    found = earning.operate(lambda s: overview(s, account, person, today=dt.date(2026, 3, 20)))
    assert (found.balance, found.owed, found.earned, found.this_week, found.reached) == (55, 0, 55, 55, found.reached)
    assert found.ahead == Ahead("hundred", LocalizedText.model_validate("Explorer"), 45, Hint("Report Scheduled", 3))
    assert found.latest is not None
    assert found.latest.note == "a talk given"
    next_week = earning.operate(lambda s: overview(s, account, person, today=dt.date(2026, 3, 23)))
    assert next_week.this_week == 0
