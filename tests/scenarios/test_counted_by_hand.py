"""Laurels against a recount in plain Python, written from the programme's description (support/reference_model.py)."""

import datetime as dt
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from handlers.usage.formats import Format, read_item
from leaderboards import standings
from leaderboards.periods import PERIODS, start_of
from loyalty.apply_programme import apply_programme
from loyalty.digests import event_key
from loyalty.programme.versions import in_force
from loyalty.usage import record as usage
from loyalty.usage.record import Outcome, Recorded, RefusedEvent, Replayed
from storage.database import OPERATOR, Database
from storage.migrate import upgrade
from storage.tables import Account, Person, Reached, Transfer, Usage, UsageBefore, Wallet
from tests.conftest import acquainted, empty
from tests.support import reference_model
from tests.support.programme_strategies import as_yaml
from tests.support.usage_strategies import cases

EXAMPLES = int(os.environ.get("LAURELS_EXAMPLES", "40"))
LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
Events = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Found:
    """What one account's facts say, in the words of the recount."""

    transfers: list[tuple[str, str, int, str, dt.date, str]]
    milestones: set[tuple[str, str | None, str]]
    before_invited: dict[dt.date, int]
    outcomes: dict[str, int]
    skipped: int
    pool: int


def run(database: Database, programme: dict[str, Any], events: Events, sizes: Sequence[int]) -> dict[str, Found]:
    """Apply the programme, record the events in batches of these sizes, and return what is found by account."""
    database.write(OPERATOR, lambda session: apply_programme(session, as_yaml(programme), author="operator", now=LATER))
    accounts = database.read(OPERATOR, lambda session: session.exec(select(Account).order_by(col(Account.id))).all())
    found = {}
    for account in accounts:
        own = [event for event in events if event["context"]["groupId"] == account.key]
        outcomes: list[Outcome] = []
        place = 0
        while own[place:]:
            size = sizes[place % len(sizes)]
            outcomes += record(database, account, own[place : place + size])
            place += size
        ids = {event_key("", str(event["messageId"])): str(event["messageId"]) for event in own}
        found[account.key] = database.read(OPERATOR, partial(_found, account=account, ids=ids, outcomes=outcomes))
    return found


def record(database: Database, account: Account, events: Events) -> list[Outcome]:
    """Record some events of one account."""
    ready = [read_item(event, as_format=Format.SEGMENT) for event in events]
    return database.write(
        {account.id or 0},
        lambda session: usage.record_usage(
            session, account, ready, in_force=in_force(session), now=LATER, door="command"
        ),
    )


def _found(session: Session, account: Account, ids: dict[bytes, str], outcomes: list[Outcome]) -> Found:
    people = dict(session.exec(select(Person.id, Person.external_id).where(col(Person.account_id) == account.id)).all())
    messages = {
        number: ids[bytes(key)]
        for number, key in session.exec(select(Usage.id, Usage.source_key).where(col(Usage.account_id) == account.id))
    }
    wallets = dict(session.exec(select(Wallet.id, Wallet.kind).where(col(Wallet.account_id) == account.id)).all())
    transfers = session.exec(select(Transfer).where(col(Transfer.account_id) == account.id).order_by(col(Transfer.id)))
    reached = session.exec(select(Reached).where(col(Reached.account_id) == account.id)).all()
    before = session.exec(
        select(col(UsageBefore.local_day), col(UsageBefore.events)).where(col(UsageBefore.account_id) == account.id)
    )
    pool = session.exec(
        select(Wallet.balance).where(col(Wallet.account_id) == account.id, col(Wallet.kind) == "pool")
    ).one()
    recorded = [outcome for outcome in outcomes if isinstance(outcome, Recorded)]
    return Found(
        transfers=[
            (
                people[each.person_id or 0] or "",
                each.rule or "",
                each.points,
                wallets[each.to_id],
                each.local_day,
                messages[each.cause_id],
            )
            for each in transfers
        ],
        milestones={
            (each.milestone, people[each.person_id] if each.person_id else None, messages[each.usage_id or 0])
            for each in reached
        },
        before_invited=dict(before.all()),
        outcomes={
            "recorded": len(recorded),
            "replayed": sum(isinstance(outcome, Replayed) for outcome in outcomes),
            "refused": sum(isinstance(outcome, RefusedEvent) for outcome in outcomes),
            "excluded": sum(outcome.excluded for outcome in recorded),
        },
        skipped=sum(award.skipped for outcome in recorded for award in outcome.awards),
        pool=pool or 0,
    )


def expected(count: reference_model.AccountCount) -> Found:
    """What the recount says, in the same words."""
    return Found(
        transfers=[
            (each.person, each.rule, each.points, each.to, each.local_day, each.message_id) for each in count.transfers
        ],
        milestones={(each.milestone, each.person, each.message_id) for each in count.milestones},
        before_invited=dict(count.before_invited),
        outcomes={
            "recorded": count.recorded,
            "replayed": count.replayed,
            "refused": count.refused,
            "excluded": count.excluded,
        },
        skipped=sum(count.skipped.values()),
        pool=count.pool(),
    )


def compare(database: Database, programme: dict[str, Any], events: Events, sizes: Sequence[int]) -> None:
    """Hold every account, and its standings in every period with anything in it, against the recount."""
    found = run(database, programme, events, sizes)
    recount = reference_model.count(programme, events)
    assert found == {key: expected(account) for key, account in recount.accounts.items()}
    week_starts = programme["programme"].get("week_starts", "monday")
    accounts = database.read(OPERATOR, lambda session: session.exec(select(Account)).all())
    for account in accounts:
        days = {each.local_day for each in recount.accounts[account.key].transfers}
        for period in PERIODS:
            for day in {start_of(period, day, week_starts) for day in days}:
                ours = database.read(
                    OPERATOR, partial(standings.everyone, account_id=account.id or 0, period=period, start=day)
                )
                theirs = recount.standings(account.key, period, day)
                assert [(each.rank, each.person, each.points) for each in ours] == theirs, (account.key, period, day)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("by-hand") / "template.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.dispose()
    return path


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases(), sizes=st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_every_point_is_as_counted_by_hand_on_sqlite(
    template: Path, case: tuple[dict[str, Any], list[dict[str, Any]]], sizes: list[int]
) -> None:
    fresh = Path(shutil.copy(template, template.with_name("fresh.db")))
    database = acquainted(Database(f"sqlite:///{fresh}"))
    try:
        compare(database, *case, sizes)
    finally:
        database.dispose()
        for path in template.parent.glob("fresh.db*"):
            path.unlink()


@settings(max_examples=max(EXAMPLES // 4, 1), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases(), sizes=st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_every_point_is_as_counted_by_hand_on_postgresql(
    postgresql_database: Database, case: tuple[dict[str, Any], list[dict[str, Any]]], sizes: list[int]
) -> None:
    empty(postgresql_database)
    compare(postgresql_database, *case, sizes)
