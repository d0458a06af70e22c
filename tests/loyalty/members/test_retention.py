"""Usage that nobody claimed goes after a while; what was claimed, and what was imported, stays."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session, col, select

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.join import join, leave
from loyalty.members.retention import Swept, sweep
from loyalty.people.roster import RosterRow, import_roster
from loyalty.points.corrections import adjust_points, reverse_transfers
from loyalty.programme.versions import NoProgrammeError
from loyalty.usage.record import Door, Recorded, Replayed, UsageEvent
from loyalty.verify.ledger import verify
from storage.database import OPERATOR
from storage.tables import AuditEntry, DistinctValue, Outgoing, Person, Refusal, TransferNote, Usage
from tests.support.usage import HEAD, NOW, Earning, event

RULES = """
earn:
  - {key: report, event: Report Scheduled, points: 15, limit: {times: 3, per: day}}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
milestones:
  - {key: first, when: {points: 10}, badge: Explorer}
  - {key: round, when: {distinct: 5, of: feature, event: Report Scheduled}, badge: All-rounder}
"""
DAY = dt.timedelta(days=1)
IN_TIME, LATE = NOW + 30 * DAY - dt.timedelta(seconds=1), NOW + 30 * DAY
NORTHWIND, FULTON = "northwind", "fulton"


@pytest.fixture
def used(earning: Earning) -> Earning:
    """Ania of each client used the product three times, over the API, an hour ago."""
    earning.under(HEAD + RULES)
    for key in (NORTHWIND, FULTON):
        earning.record(day_of("ania", key), door="api")
    return earning


def day_of(who: str, key: str = NORTHWIND) -> list[UsageEvent]:
    """What somebody did this morning: two reports, and a dashboard shared, worth 30 to them and 10 to the pool."""
    return [
        event("Report Scheduled", by=who, account=key, id=f"{who}-1", feature="filters"),
        event("Report Scheduled", by=who, account=key, id=f"{who}-2", feature="joins"),
        event("Dashboard Shared", by=who, account=key, id=f"{who}-3"),
    ]


def swept(earning: Earning, now: dt.datetime = LATE, key: str = NORTHWIND, **given: Any) -> Swept:
    account_id = earning.account(key).id or 0
    return earning.database.write({account_id}, lambda session: sweep(session, account_id, now, **given))


def sound(earning: Earning) -> bool:
    return earning.look(lambda session: verify(session, week_starts="monday")) == []


def usage_of(earning: Earning, key: str = NORTHWIND) -> list[tuple[bool, str | None, Any]]:
    """Whether each event is still somebody's, its name and properties."""
    wanted = select(Usage).where(col(Usage.account_id) == earning.account(key).id).order_by(col(Usage.id))
    found = earning.look(lambda session: session.exec(wanted).all())
    return [(row.person_id is not None, row.name, row.properties) for row in found]


def take_in(earning: Earning, who: str, now: dt.datetime = NOW) -> None:
    """Put somebody into the roster, and let them join from Slack."""
    account_id = earning.account(NORTHWIND).id or 0
    profile = SlackProfile(user=SlackUser("", "T1", f"U{who.upper()}"), email=f"{who}@example.com")

    def run(session: Session) -> None:
        import_roster(session, account_id, [RosterRow(line=2, external_id=who, email=f"{who}@example.com")], now=now)
        join(session, account_id, profile, now=now)

    earning.database.write({account_id}, run)


def test_unclaimed_usage_is_taken_back_and_erased_and_the_other_client_keeps_its_own(used: Earning) -> None:
    before = used.transfers(FULTON)
    assert swept(used) == Swept(events=3, transfers=3, forgotten=1)
    assert usage_of(used) == [(False, None, None)] * 3
    assert used.wallets() == {("person", None): (0, 0), ("pool", None): (0, 0), ("pool_held", None): (0, 0)}
    assert used.scores("week") == {("2026-03-16", None): 0}
    assert used.together() == 0
    reversals = used.transfers()[3:]
    assert [(each.kind, each.author, each.points, each.rule) for each in reversals] == [
        ("reverse", "sweep", 15, "report"),
        ("reverse", "sweep", 15, "report"),
        ("reverse", "sweep", 10, "shared"),
    ]
    assert (used.transfers(FULTON), used.wallets(FULTON)["person", "ania"]) == (before, (30, 0))
    assert usage_of(used, FULTON)[0] == (True, "Report Scheduled", {"feature": "filters"})
    assert sound(used)


def test_nothing_tells_who_it_was(used: Earning) -> None:
    ania = used.person("ania")
    swept(used)
    account_id = used.account(NORTHWIND).id or 0

    def left(session: Session) -> dict[str, Any]:
        person = session.get_one(Person, (account_id, ania))
        audited = select(AuditEntry).where(col(AuditEntry.account_id) == account_id, col(AuditEntry.author) == "sweep")
        values = select(DistinctValue).where(col(DistinctValue.account_id) == account_id)
        waiting = select(Outgoing).where(col(Outgoing.account_id) == account_id, col(Outgoing.person_id).is_not(None))
        return {
            "person": (person.external_id, person.erased_at),
            "refusals": len(session.exec(select(Refusal)).all()),
            "values": len(session.exec(values).all()),
            "waiting": [row.state for row in session.exec(waiting)],
            "audited": len(session.exec(audited).all()),
        }

    assert used.look(left) == {"person": (None, LATE), "refusals": 0, "values": 0, "waiting": [], "audited": 0}


def test_a_replay_of_what_was_swept_is_a_replay_and_new_usage_counts_anew(used: Earning) -> None:
    swept(used)
    assert used.record(day_of("ania"), now=LATE, door="api") == [Replayed()] * 3
    [again] = used.record([event("Report Scheduled", LATE.isoformat())], now=LATE, door="api")
    assert isinstance(again, Recorded)
    assert used.wallets()["person", "ania"] == (15, 0)
    assert sound(used)


def test_it_is_kept_until_the_very_moment_and_swept_once(used: Earning) -> None:
    assert swept(used, IN_TIME) == Swept()
    assert swept(used).events == 3
    assert swept(used) == Swept()
    assert swept(used, LATE + 400 * DAY) == Swept()


def test_the_programme_says_for_how_long(earning: Earning) -> None:
    earning.under(HEAD.replace("week_starts: monday", "week_starts: monday, unjoined_days: 5") + RULES)
    earning.record(day_of("ania"), door="api")
    assert swept(earning, NOW + 5 * DAY - dt.timedelta(seconds=1)) == Swept()
    assert swept(earning, NOW + 5 * DAY).events == 3


def test_no_programme_no_usage(earning: Earning) -> None:
    with pytest.raises(NoProgrammeError):
        earning.operate(lambda session: sweep(session, 1, NOW))


@pytest.mark.parametrize(("door", "kept"), [("command", 3), ("api", 0)])
def test_imported_usage_stays(earning: Earning, door: Door, kept: int) -> None:
    earning.under(HEAD + RULES)
    earning.record(day_of("ania"), door=door)
    swept(earning)
    assert sum(somebodys for somebodys, _, _ in usage_of(earning)) == kept


def test_who_has_imported_usage_too_keeps_that_and_stays_known(used: Earning) -> None:
    imported = event("Report Scheduled", "2026-03-12T08:00:00+01:00", feature="charts")
    used.record([imported])
    assert swept(used) == Swept(events=3, transfers=3)
    assert used.wallets()["person", "ania"] == (15, 0)
    assert usage_of(used)[3] == (True, "Report Scheduled", {"feature": "charts"})
    assert sound(used)


def test_who_joined_keeps_all_also_when_they_left_again(used: Earning) -> None:
    used.record(day_of("jan"), door="api")
    take_in(used, "ania")
    take_in(used, "jan", now=NOW + 29 * DAY)
    account_id, jan = used.account(NORTHWIND).id or 0, used.person("jan")
    used.database.write({account_id}, lambda session: leave(session, account_id, jan))
    assert swept(used) == Swept()
    assert used.wallets()["person", "jan"] == (30, 0)


def test_who_stands_in_the_roster_loses_usage_and_stays_in_it(used: Earning) -> None:
    account_id = used.account(NORTHWIND).id or 0
    line = RosterRow(line=2, external_id="ania", email="ania@example.com")
    used.database.write({account_id}, lambda session: import_roster(session, account_id, [line], now=NOW))
    assert swept(used) == Swept(events=3, transfers=3)
    assert used.wallets()["person", "ania"] == (0, 0)


def test_points_given_by_hand_are_kept_and_who_has_them(used: Earning) -> None:
    posting, ania = used.posting(), used.person("ania")
    used.database.write(
        [posting.account_id],
        lambda session: adjust_points(
            session, posting, person_id=ania, points=7, reason="a talk", local_day=NOW.date(), key="talk"
        ),
    )
    assert swept(used) == Swept(events=3, transfers=3)
    assert used.wallets()["person", "ania"] == (7, 0)
    assert sound(used)


def test_what_somebody_reversed_before_is_not_reversed_again(used: Earning) -> None:
    posting, first = used.posting(), used.transfers()[0].id
    used.database.write(
        [posting.account_id], lambda session: reverse_transfers(session, posting, transfer_id=first, reason="a slip")
    )
    assert swept(used) == Swept(events=3, transfers=2, forgotten=1)
    assert sound(used)


def test_small_batches_come_to_the_same(used: Earning) -> None:
    used.record(day_of("jan"), door="api")
    done = [swept(used, batch=2)]
    while done[-1].more:
        done.append(swept(used, batch=2))
    assert [(each.events, each.transfers, each.forgotten, each.more) for each in done] == [
        (2, 2, 0, True),
        (2, 2, 1, True),
        (2, 2, 1, True),
        (0, 0, 0, False),
    ]
    assert sound(used)


def test_the_reason_stands_beside_where_the_person_is_still_known(used: Earning) -> None:
    used.record([event("Report Scheduled", "2026-03-12T08:00:00+01:00")])
    swept(used)
    notes = used.look(lambda session: [note.text for note in session.exec(select(TransferNote))])
    assert notes == ["nobody joined within 30 days"] * 3


def test_raw_properties_go_after_thirteen_months_and_a_replay_is_still_known(used: Earning) -> None:
    take_in(used, "ania")
    due = dt.datetime(2027, 4, 21, tzinfo=dt.UTC)
    assert swept(used, due - DAY) == Swept()
    assert swept(used, due) == Swept(emptied=3)
    assert usage_of(used)[0] == (True, "Report Scheduled", None)
    assert usage_of(used, FULTON)[0] == (True, "Report Scheduled", {"feature": "filters"})
    assert used.record([day_of("ania")[0]], now=due) == [Replayed()]
    assert used.wallets()["person", "ania"] == (30, 0)
    assert swept(used, due) == Swept()


def test_the_scope_of_one_client_is_enough(used: Earning) -> None:
    assert swept(used, key=FULTON).events == 3
    assert used.database.read(OPERATOR, lambda session: len(session.exec(select(Refusal)).all())) == 0
    assert used.wallets(NORTHWIND)["person", "ania"] == (30, 0)
