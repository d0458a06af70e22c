"""Each kind of damage is planted behind the triggers' back, and exactly what it breaks is named."""

import datetime as dt
from dataclasses import dataclass

import pytest
from sqlmodel import Session

from leaderboards import score_rebuild
from loyalty.points import corrections, holds
from loyalty.points.post import LedgerContext
from loyalty.verify.ledger import verify
from storage import ledger
from storage.append_only import create_triggers, expected
from storage.database import OPERATOR, Database
from storage.tables import Transfer, core
from tests.support.usage import HEAD, Earning

RULES = """
earn:
  - {key: report, event: Report Scheduled, points: 15}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
milestones: [{key: first, when: {points: 10}, badge: Explorer}]
"""
DAY = dt.date(2026, 3, 20)
PERIODS = ["day 2026-03-20", "week 2026-03-16", "month 2026-03-01", "quarter 2026-01-01", "year 2026-01-01", "all"]
"""The periods that hold the day, as a finding writes them."""


@dataclass(frozen=True)
class Ledger:
    """Northwind's ledger after a working day; Fulton's is the same. Ania earned 15 by the transfer `earned`."""

    database: Database
    ania: int
    own: int
    issued: int
    earned: Transfer
    reversal: Transfer
    digest: str

    def found(self) -> list[str]:
        """What the audit says, as sentences."""
        return [str(finding) for finding in self.database.read(OPERATOR, lambda s: verify(s, week_starts="monday"))]

    def plant(self, statement: str) -> None:
        """Do damage as somebody would who has the database in their hands: triggers dropped, and put back."""
        with self.database.engine.begin() as connection:
            for name in expected(connection.dialect.name):
                table = name.removesuffix("_append_only")
                connection.exec_driver_sql(f"DROP TRIGGER {name}" + ("" if self.database.is_sqlite else f" ON {table}"))
            connection.exec_driver_sql(statement)
            create_triggers(connection)


@pytest.fixture
def stood(earning: Earning) -> Ledger:
    earning.under(HEAD + RULES)
    for key in ("northwind", "fulton"):
        earning.use("Report Scheduled", account=key)
        earning.use("Dashboard Shared", account=key)
        earning.use("Report Scheduled", by="jan", account=key)
        _correct(earning, key)
    transfers = earning.transfers()
    earned = transfers[0]
    return Ledger(
        database=earning.database,
        ania=earning.person("ania"),
        own=earned.to_id,
        issued=earned.from_id,
        earned=earned,
        reversal=next(each for each in transfers if each.kind == "reverse"),
        digest=earned.digest.hex(),
    )


def _correct(earning: Earning, key: str) -> None:
    """Jan's 15 are held and captured, then taken back: he owes them. A negative correction is taken back as well."""
    jan = earning.person("jan", key)
    posting = earning.posting(key)
    earned = next(each.id for each in earning.transfers(key) if each.person_id == jan)

    def work(session: Session) -> None:
        held = holds.hold_points(session, posting, person_id=jan, points=12, cause=("trial", 1), day=DAY)
        holds.capture_hold(session, posting, hold_id=held, day=DAY)
        corrections.reverse_transfers(session, posting, transfer_id=earned, reason="counted twice")
        taken = _adjust(session, posting, jan, -4)
        corrections.reverse_transfers(session, posting, transfer_id=taken, reason="a slip")

    earning.database.write([posting.account_id], work)


def _adjust(session: Session, posting: LedgerContext, person_id: int, points: int) -> int:
    return corrections.adjust_points(
        session, posting, person_id=person_id, points=points, reason="late", local_day=DAY, key=str(points)
    )


def test_a_sound_ledger_has_nothing_to_say(stood: Ledger) -> None:
    assert stood.found() == []


def test_another_zone_and_another_version_change_nothing_that_was_recorded(earning: Earning, stood: Ledger) -> None:
    earning.under(HEAD.replace("Europe/Warsaw", "Pacific/Auckland") + RULES.replace("points: 15", "points: 30"))
    earning.use("Report Scheduled", "2026-03-19T23:30:00+01:00")
    assert earning.transfers()[-1].local_day == dt.date(2026, 3, 20)
    assert stood.found() == []


def test_a_digit_in_a_balance(stood: Ledger) -> None:
    stood.plant(f"UPDATE wallet SET balance = 16 WHERE account_id = 1 AND id = {stood.own}")
    assert stood.found() == [f"wallet {stood.own} of northwind (person {stood.ania}): balance 16, transfers say 15"]


def test_a_debt_that_was_forgotten(stood: Ledger) -> None:
    stood.plant("UPDATE wallet SET owed = 0 WHERE account_id = 1 AND owed > 0")
    [found] = stood.found()
    assert found.endswith("): balance 0 and owed 0, transfers say 0 and owed 12")


def test_a_digit_in_a_transfers_points(stood: Ledger) -> None:
    stood.plant(f"UPDATE transfer SET points = 25 WHERE account_id = 1 AND id = {stood.earned.id}")
    assert stood.found() == [
        _digest(stood, points=25),
        f"wallet {stood.own} of northwind (person {stood.ania}): balance 15, transfers say 25",
        *(f"{period} of northwind (person {stood.ania}): score 15, transfers say 25" for period in sorted(PERIODS)),
        *(f"{period} of northwind (team): score 25, transfers say 35" for period in sorted(PERIODS)),
    ]


def test_a_transfer_that_is_gone(stood: Ledger) -> None:
    stood.plant(f"DELETE FROM transfer WHERE account_id = 1 AND id = {stood.earned.id}")
    assert stood.found() == [
        f"wallet {stood.own} of northwind (person {stood.ania}): balance 15, transfers say 0",
        *(f"{period} of northwind (person {stood.ania}): score 15, transfers say 0" for period in sorted(PERIODS)),
        *(f"{period} of northwind (team): score 25, transfers say 10" for period in sorted(PERIODS)),
    ]


def test_a_transfer_that_nobody_posted(stood: Ledger) -> None:
    columns = list(core(Transfer).c.keys())
    own = {"id": "9999", "source_key": "digest", "kind": "'gift'"}
    stood.plant(
        f"INSERT INTO transfer ({', '.join(columns)}) SELECT {', '.join(own.get(name, name) for name in columns)} "
        f"FROM transfer WHERE account_id = 1 AND id = {stood.earned.id}"
    )
    [digest, balance] = stood.found()
    assert digest.startswith(
        f"transfer 9999 of northwind (gift, person {stood.ania}): digest {stood.digest}, its fields give "
    )
    assert balance == f"wallet {stood.own} of northwind (person {stood.ania}): balance 15, transfers say 30"


def test_a_local_day_that_was_moved(stood: Ledger) -> None:
    stood.plant(f"UPDATE transfer SET local_day = '2026-03-21' WHERE account_id = 1 AND id = {stood.earned.id}")
    who = f"of northwind (person {stood.ania})"
    assert stood.found() == [
        _digest(stood, local_day=dt.date(2026, 3, 21)),
        f"day 2026-03-20 {who}: score 15, transfers say 0",
        f"day 2026-03-21 {who}: score 0, transfers say 15",
        "day 2026-03-20 of northwind (team): score 25, transfers say 10",
        "day 2026-03-21 of northwind (team): score 0, transfers say 15",
    ]


@pytest.mark.parametrize(
    ("change", "found", "original"),
    [
        ("points = 5", "points 5", "points 15"),
        ("local_day = '2026-03-19'", "local_day 2026-03-19", "local_day 2026-03-20"),
        (
            "occurred_at = '2026-03-20 08:00:00.000000+00'",
            "occurred_at 2026-03-20 08:00:00+00:00",
            "occurred_at 2026-03-20 07:00:00+00:00",
        ),
        ("from_id = to_id, to_id = from_id", "from_id {issued}, to_id {jans}", "from_id {jans}, to_id {issued}"),
    ],
)
def test_a_reversal_that_is_not_its_original_turned_round(
    stood: Ledger, change: str, found: str, original: str
) -> None:
    if stood.database.is_sqlite:
        change = change.removesuffix("+00'") + ("'" if change.endswith("+00'") else "")
    stood.plant(f"UPDATE transfer SET {change} WHERE account_id = 1 AND id = {stood.reversal.id}")
    wallets = {"issued": stood.reversal.to_id, "jans": stood.reversal.from_id}
    told = f"transfer {stood.reversal.id} of northwind (reverse, person {stood.reversal.person_id}): "
    assert f"{told}{found}, the original has {original}".format(**wallets) in stood.found()


def test_a_digit_in_a_score(stood: Ledger) -> None:
    stood.plant("UPDATE score SET points = 51 WHERE account_id = 1 AND period = 'week' AND points = 15")
    assert stood.found() == [f"week 2026-03-16 of northwind (person {stood.ania}): score 51, transfers say 15"]


def test_a_score_that_is_gone(stood: Ledger) -> None:
    stood.plant("DELETE FROM score WHERE account_id = 1 AND period = 'month' AND points = 15")
    assert stood.found() == [f"month 2026-03-01 of northwind (person {stood.ania}): score 0, transfers say 15"]


def test_a_digit_in_the_teams_score(stood: Ledger) -> None:
    stood.plant("UPDATE team_score SET points = 52 WHERE account_id = 1 AND period = 'year'")
    assert stood.found() == ["year 2026-01-01 of northwind (team): score 52, transfers say 25"]


def test_usage_that_is_gone(stood: Ledger) -> None:
    stood.plant(f"DELETE FROM usage_event WHERE account_id = 1 AND id = {stood.earned.cause_id}")
    event = f"usage event {stood.earned.cause_id} is missing, it has to be there"
    assert stood.found() == [
        f"transfer {stood.earned.id} of northwind (earn, person {stood.ania}): {event}",
        f"milestone first of northwind (person {stood.ania}): {event}",
    ]


def test_a_programme_that_was_rewritten(stood: Ledger) -> None:
    stood.plant("UPDATE programme_version SET text = 'programme: {}' WHERE number = 1")
    [found] = stood.found()
    assert found.startswith("programme version 1: digest ")


def test_a_missing_trigger(stood: Ledger) -> None:
    [name, *_] = expected(stood.database.engine.dialect.name)
    with stood.database.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {name}" + ("" if stood.database.is_sqlite else " ON transfer"))
    assert stood.found() == [f"trigger {name}: missing, it has to be in place: `laurels db upgrade` makes it anew"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE score SET points = points + 1 WHERE account_id = 1",
        "DELETE FROM score WHERE account_id = 1",
        "UPDATE team_score SET points = 0 WHERE account_id = 1",
        "DELETE FROM team_score WHERE account_id = 1",
    ],
)
def test_scores_are_repaired_by_making_them_anew(stood: Ledger, damage: str) -> None:
    before = _scores(stood.database)
    stood.plant(damage)
    assert stood.found() != []
    stood.database.write([1], lambda session: score_rebuild.rebuild(session, 1, "monday"))
    assert (stood.found(), _scores(stood.database)) == ([], before)


def _scores(database: Database) -> list[object]:
    """All kept scores but those of 0, which are the same as none."""

    def look(session: Session) -> list[object]:
        each = (
            (account_id, *kept) for account_id in (1, 2) for kept in score_rebuild.stored_scores(session, account_id)
        )
        return [
            (account_id, who, {when: got for when, got in points.items() if got})
            for account_id, who, points in each
            if any(points.values())
        ]

    return database.read(OPERATOR, look)


def _digest(stood: Ledger, **changed: object) -> str:
    fields = ledger.digest("northwind", {**stood.earned.model_dump(), **changed}).hex()
    return (
        f"transfer {stood.earned.id} of northwind (earn, person {stood.ania}): "
        f"digest {stood.digest}, its fields give {fields}"
    )


def test_points_that_ran_out_of_a_wallet_that_is_not_the_persons_own_are_named(stood: Ledger) -> None:
    stood.plant(
        f"UPDATE transfer SET kind = 'expire', cause_kind = 'month', cause_id = 202603 WHERE id = {stood.earned.id}"
    )
    found = [each for each in stood.found() if "once a month" in each]
    assert len(found) == 2  # ids are per account: the other client has one of that number, too
    assert found[0].startswith(
        f"transfer {stood.earned.id} of northwind (expire, person {stood.ania}): takes from wallet"
    )
