"""What the database itself refuses: each CHECK, UNIQUE and reference, on a row that is otherwise sound."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Index, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from storage.database import OPERATOR, Database
from storage.tables import (
    Account,
    BoundWorkspace,
    CalendarFeed,
    Channel,
    CourseCompletion,
    DistinctValue,
    Manager,
    Member,
    Outgoing,
    OwnTerms,
    Person,
    ProgrammeVersion,
    Reached,
    Redemption,
    Refusal,
    RewardStock,
    SavingGoal,
    Score,
    Season,
    TeamScore,
    Tenant,
    TierHeld,
    TierReview,
    TrainingRequest,
    Transfer,
    TransferNote,
    Unmatched,
    Usage,
    UsageBefore,
    UsageSecret,
    VipMember,
    Wallet,
    Webinar,
    WebinarAttendance,
    WebinarAudience,
    WebinarCodeTry,
    WebinarEvidence,
    WebinarReport,
    WebinarRsvp,
    WebinarSeries,
)
from tests.support.two_clients import NOW, TwoClients

DAY = NOW.date()
MOMENTS = {"occurred_at": NOW, "recorded_at": NOW}

SOUND: Mapping[type[SQLModel], Mapping[str, Any]] = {
    Account: {"id": 9, "key": "orbit", "name": "Orbit", "timezone": "UTC", "created_at": NOW},
    UsageBefore: {"local_day": DAY, "events": 1},
    Channel: {"id": 50, "team_id": "T1", "channel_id": "C1", "created_at": NOW},
    BoundWorkspace: {"id": 61, "team_id": "T1", "created_at": NOW},
    Person: {"id": 51, "external_id": "u9", "created_at": NOW},
    Member: {"person_id": 2, "team_id": "T1", "user_id": "U2", "terms": "1", "joined_at": NOW},
    Unmatched: {"team_id": "T1", "user_id": "U9", "reason": "unknown", "at": NOW},
    Manager: {"id": 52, "email": "ewa@orbit.example", "created_at": NOW},
    Refusal: {"person_hash": b"9", "reason": "declined", "at": NOW},
    UsageSecret: {"id": 9, "seed": b"9", "fingerprint": "9", "created_at": NOW},
    ProgrammeVersion: {"number": 2, "text": "", "digest": "", "author": "operator", "applied_at": NOW},
    Usage: {"id": 53, "source_key": b"53", "body": b"", "local_day": DAY, "door": "api", "version": 1, **MOMENTS},
    DistinctValue: {"person_id": 1, "event": "Used", "property": "feature", "value_hash": b"1"},
    Wallet: {"id": 54, "kind": "person", "person_id": 2, "balance": 0, "owed": 0},
    Transfer: {
        "id": 55,
        "from_id": 41,
        "to_id": 42,
        "points": 5,
        "kind": "earn",
        "cause_kind": "usage",
        "cause_id": 53,
        "source_key": b"55",
        "local_day": DAY,
        "author": "usage",
        "digest": b"",
        **MOMENTS,
    },
    TransferNote: {"transfer_id": 43, "text": "Counted twice"},
    Score: {"period": "all", "start": dt.date(1970, 1, 1), "person_id": 1, "points": 5},
    TeamScore: {"period": "all", "start": dt.date(1970, 1, 1), "points": 5},
    Season: {"id": 62, "starts": dt.date(2026, 3, 1), "author": "operator", "opened_at": NOW},
    Reached: {"id": 56, "milestone": "first", "person_id": 2, "version": 1, "announced": True, **MOMENTS},
    Outgoing: {
        "account_id": 1,
        "id": 57,
        "key": "57",
        "team_id": "T1",
        "channel_id": "C1",
        "category": "news",
        "kind": "board",
        "subject": {},
        "due_at": NOW,
        "good_until": NOW,
        "created_at": NOW,
    },
    RewardStock: {"reward": "course"},
    OwnTerms: {"reward": "visit", "own": True, "says": {}, "author": "manager:1", "at": NOW},
    Redemption: {
        "id": 58,
        "person_id": 1,
        "reward": "course",
        "own": False,
        "points": 5,
        "paid_by": "person",
        "version": 1,
        "hold_id": 43,
        "request_key": "58",
        "state": "requested",
        "local_day": DAY,
        "requested_at": NOW,
        "wait_until": NOW,
    },
    SavingGoal: {"id": 59, "person_id": 1, "reward": "course", "author": "person:1", "at": NOW},
    VipMember: {"person_id": 1, "invited_at": NOW, "invited_by": "manager:1"},
    TierHeld: {"id": 60, "person_id": 1, "tier": "gold", "since": NOW},
    TierReview: {"day": DAY},
    WebinarSeries: {"key": "basics", "complete": 3, "created_at": NOW},
    Webinar: {
        "key": "reports",
        "kind": "webinar",
        "title": "Reports",
        "local_start": NOW.replace(tzinfo=None),
        "timezone": "UTC",
        "minutes": 30,
        "starts_at": NOW,
        "ends_at": NOW + dt.timedelta(minutes=30),
        "created_at": NOW,
        "created_by": "operator",
    },
    WebinarReport: {
        "webinar": "held",
        "id": 1,
        "digest": b"1",
        "platform": "zoom",
        "applied_at": NOW,
        "applied_by": "operator",
    },
    WebinarAudience: {"webinar": "held", "invited_by": "manager:1", "invited_at": NOW},
    WebinarRsvp: {"webinar": "held", "person_id": 1, "answer": "going"},
    WebinarEvidence: {"webinar": "held", "person_id": 1, "kind": "code", "at": NOW, "author": "person:1"},
    WebinarAttendance: {"webinar": "held", "person_id": 1, "came": True},
    CourseCompletion: {"series": "course", "person_id": 1, "completed": True},
    WebinarCodeTry: {"webinar": "held", "person_id": 1},
    CalendarFeed: {"person_id": 1, "secret_hash": b"9", "made_at": NOW},
    TrainingRequest: {"id": 63, "person_id": 1, "topic": "Reports", "wish": "", "at": NOW},
}
"""A row that each table takes, beside those of `standing`."""

SECOND = {"id": 70, "key": "70", "source_key": b"70"}
"""What a second row must have of its own, so that only the key in question is the same."""

CHECKED: list[tuple[type[SQLModel], str, Mapping[str, Any]]] = [
    (Account, "mode", {"mode": "public"}),
    (Account, "serial", {"serial": -1}),
    (UsageBefore, "events", {"events": 0}),
    (Person, "role", {"role": "boss"}),
    (Member, "user_id", {"user_id": ""}),
    (Unmatched, "reason", {"reason": "odd"}),
    (Unmatched, "user_id", {"user_id": ""}),
    (Refusal, "reason", {"reason": "odd"}),
    (ProgrammeVersion, "number", {"number": 0}),
    (Usage, "door", {"door": "window"}),
    (Wallet, "kind", {"kind": "purse", "person_id": None}),
    (Wallet, "either", {"balance": -1}),
    (Wallet, "either", {"owed": -1}),
    (Wallet, "either", {"balance": 1, "owed": 1}),
    (Wallet, "person", {"person_id": None}),
    (Wallet, "person", {"kind": "pool_held"}),
    (Wallet, "cached", {"balance": None, "owed": None}),
    (Wallet, "cached", {"owed": None}),
    (Wallet, "cached", {"kind": "expired", "person_id": None}),
    (Transfer, "points", {"points": 0}),
    (Transfer, "ends", {"to_id": 41}),
    (Transfer, "kind", {"kind": "theft"}),
    (Transfer, "reverses", {"kind": "reverse"}),
    (Transfer, "reverses", {"reverses_id": 43}),
    (Score, "period", {"period": "decade"}),
    (TeamScore, "period", {"period": "decade"}),
    (Outgoing, "state", {"state": "lost"}),
    (Outgoing, "category", {"category": "advert"}),
    (Outgoing, "target", {"channel_id": None}),
    (Outgoing, "target", {"user_id": "U1"}),
    (Outgoing, "target", {"email": "ania@northwind.example"}),
    (Outgoing, "person", {"account_id": None, "person_id": 1}),
    (RewardStock, "taken", {"taken": -1}),
    (RewardStock, "total", {"total": -1}),
    (OwnTerms, "taken", {"taken": -1}),
    (OwnTerms, "total", {"total": -1}),
    (Redemption, "state", {"state": "lost"}),
    (Redemption, "paid_by", {"paid_by": "nobody"}),
    (Redemption, "points", {"points": -5, "hold_id": None}),
    (Redemption, "hold", {"hold_id": None}),
    (Redemption, "hold", {"points": 0}),
    (WebinarSeries, "complete", {"complete": 0}),
    (Webinar, "kind", {"kind": "party"}),
    (Webinar, "state", {"state": "lost"}),
    (Webinar, "fold", {"fold": 2}),
    (Webinar, "ends", {"ends_at": NOW}),
    (Webinar, "minutes", {"minutes": 4}),
    (Webinar, "minutes", {"minutes": 20_161}),
    (Webinar, "seats", {"seats": 0}),
    (Webinar, "seats", {"seats": 10_001}),
    (Webinar, "taken", {"seats_taken": -1}),
    (Webinar, "accounts", {"accounts": -1}),
    (Webinar, "where", {"link": "https://a.example", "place": "Room 1"}),
    (Webinar, "send_at", {"state": "scheduled"}),
    (Webinar, "send_at", {"send_at": NOW}),
    (Webinar, "cancelled", {"state": "cancelled"}),
    (WebinarAudience, "reach", {"reach": "pigeon"}),
    (WebinarRsvp, "answer", {"answer": "perhaps"}),
    (WebinarRsvp, "ticket", {"answer": "waitlisted"}),
    (WebinarRsvp, "ticket", {"ticket": 1}),
    (WebinarEvidence, "kind", {"kind": "rumour"}),
    (WebinarEvidence, "report", {"report": 1}),
    (WebinarEvidence, "report", {"kind": "report"}),
    (WebinarEvidence, "came", {"came": False}),
    (WebinarEvidence, "minutes", {"minutes": -1}),
    (WebinarAttendance, "revision", {"revision": -1}),
    (CourseCompletion, "revision", {"revision": -1}),
    (WebinarCodeTry, "wrong", {"wrong": -1}),
]
"""A table, its CHECK, and what it must not let in."""

UNIQUE: list[tuple[type[SQLModel], str, Mapping[str, Any]]] = [
    (Account, "uq_account_key", {"key": "northwind"}),
    (Channel, "uq_channel_team_id_channel_id", {}),
    (BoundWorkspace, "uq_workspace_team_id", {}),
    (Person, "uq_person_account_id_external_id", {}),
    (Member, "uq_member_account_id_enterprise_id_team_id_user_id", {}),
    (Manager, "uq_manager_account_id_email", {}),
    (Usage, "uq_usage_event_account_id_source_key", {"source_key": b"53"}),
    (Wallet, "uq_wallet_person", {}),
    (Wallet, "uq_wallet_shared", {"kind": "pool", "person_id": None}),
    (Transfer, "uq_transfer_account_id_source_key", {"source_key": b"55"}),
    (Transfer, "uq_transfer_reverses", {"kind": "reverse", "reverses_id": 43}),
    (Season, "uq_season_account_id_starts", {}),
    (Reached, "uq_milestone_reached_person", {}),
    (Reached, "uq_milestone_reached_team", {"person_id": None}),
    (Outgoing, "uq_outbox_account_id_key", {"key": "57"}),
    (Outgoing, "uq_outbox_vendor", {"account_id": None, "key": "57"}),
    (WebinarReport, "uq_webinar_report_webinar_digest", {}),
    (Redemption, "uq_redemption_account_id_request_key", {}),
    (SavingGoal, "uq_saving_goal_person", {}),
    (SavingGoal, "uq_saving_goal_team", {"person_id": None}),
    (TierHeld, "uq_tier_held_person", {}),
    (TierHeld, "uq_tier_held_account", {"person_id": None}),
]
"""A table, its unique key, and what both rows have."""


@pytest.fixture(autouse=True)
def standing(database: Database, two_clients: TwoClients) -> None:
    """Two system wallets and a transfer between them, in both clients."""

    def stand(session: Session) -> None:
        for client in (two_clients.northwind, two_clients.hanbit):
            session.add(Wallet(account_id=client.id, id=41, kind="issued"))
            session.add(Wallet(account_id=client.id, id=42, kind="redeemed"))
            session.flush()
            session.add(Transfer(account_id=client.id, **{**SOUND[Transfer], "id": 43, "source_key": b"43"}))
        session.add(Webinar(**{**SOUND[Webinar], "key": "held"}))
        session.add(WebinarSeries(key="course", created_at=NOW))

    database.write(OPERATOR, stand)


@pytest.mark.parametrize("table", SOUND, ids=lambda table: table.__name__)
def test_a_sound_row_goes_in_for_each_client(database: Database, table: type[SQLModel]) -> None:
    database.write(OPERATOR, lambda session: session.add(_row(table, 1)))
    if issubclass(table, Tenant) and table not in {Channel, BoundWorkspace}:  # these mean one client each
        database.write(OPERATOR, lambda session: session.add(_row(table, 2)))


@pytest.mark.parametrize(("table", "check", "odd"), CHECKED)
def test_what_a_check_forbids_stays_out(
    database: Database, table: type[SQLModel], check: str, odd: Mapping[str, Any]
) -> None:
    name = f"ck_{_table(table).name}_{check}"
    assert name in _refusal(database, _row(table, 1, **odd))


@pytest.mark.parametrize(("table", "key", "same"), UNIQUE)
def test_what_must_be_unique_is(database: Database, table: type[SQLModel], key: str, same: Mapping[str, Any]) -> None:
    if key != "uq_account_key":
        database.write(OPERATOR, lambda session: session.add(_row(table, 1, **same)))
    another = {**{name: value for name, value in SECOND.items() if name in _table(table).c}, **same}
    if table is Member:
        another["person_id"] = 3
    refusal = _refusal(database, _row(table, 1, **another))
    columns = [column.name for column in _unique(table, key)]
    assert key in refusal or ", ".join(f"{_table(table).name}.{name}" for name in columns) in refusal


@pytest.mark.parametrize(
    ("table", "odd"),
    [
        (Member, {"person_id": 44}),
        (Usage, {"person_id": 44}),
        (Transfer, {"to_id": 44}),
        (Transfer, {"kind": "reverse", "reverses_id": 44}),
        (TransferNote, {"transfer_id": 44}),
        (Score, {"person_id": 44}),
        (Transfer, {"version": 44}),
        (Redemption, {"person_id": 44}),
        (Redemption, {"hold_id": 44}),
        (Redemption, {"version": 44}),
        (SavingGoal, {"person_id": 44}),
        (VipMember, {"person_id": 44}),
        (TierHeld, {"person_id": 44}),
        (Outgoing, {"person_id": 44}),
        (WebinarRsvp, {"person_id": 44}),
        (WebinarEvidence, {"person_id": 44}),
        (WebinarAttendance, {"person_id": 44}),
        (CourseCompletion, {"person_id": 44}),
        (WebinarCodeTry, {"person_id": 44}),
        (CalendarFeed, {"person_id": 44}),
        (TrainingRequest, {"person_id": 44}),
    ],
)
def test_no_row_refers_to_another_clients(database: Database, table: type[SQLModel], odd: Mapping[str, Any]) -> None:
    def stand(session: Session) -> None:
        session.add(Person(account_id=2, id=44, external_id="u44", created_at=NOW))
        session.add(Wallet(account_id=2, id=44, kind="expired"))
        session.flush()
        session.add(Transfer(account_id=2, **{**SOUND[Transfer], "id": 44, "source_key": b"44"}))

    database.write(OPERATOR, stand)
    assert "foreign key constraint" in _refusal(database, _row(table, 1, **odd)).lower()


def test_every_check_and_unique_key_is_tried_here() -> None:
    checks, keys = set(), set()
    for table in SOUND:
        checks |= {(table, str(each.name)) for each in _table(table).constraints if isinstance(each, CheckConstraint)}
        keys |= {(table, str(name)) for name in _uniques(table)}
    assert checks == {(table, f"ck_{_table(table).name}_{check}") for table, check, _ in CHECKED}
    assert keys == {(table, key) for table, key, _ in UNIQUE}
    named = {table.name for table in SQLModel.metadata.sorted_tables} - {"audit"}
    assert {_table(table).name for table in SOUND} == named


def _uniques(table: type[SQLModel]) -> dict[str, UniqueConstraint | Index]:
    convention = "uq_" + _table(table).name + "_"
    named: dict[str, UniqueConstraint | Index] = {
        convention + "_".join(each.columns.keys()): each
        for each in _table(table).constraints
        if isinstance(each, UniqueConstraint)
    }
    return named | {str(each.name): each for each in _table(table).indexes if each.unique}


def _unique(table: type[SQLModel], key: str) -> list[Any]:
    return list(_uniques(table)[key].columns)


def _row(table: type[SQLModel], account_id: int, /, **odd: Any) -> SQLModel:
    of_account = {"account_id": account_id} if issubclass(table, Tenant) else {}
    return table(**{**SOUND[table], **of_account, **odd})


def _refusal(database: Database, row: SQLModel) -> str:
    with pytest.raises(IntegrityError) as caught:
        database.write(OPERATOR, lambda session: session.add(row))
    return str(caught.value.orig)


def _table(table: type[SQLModel]) -> Table:
    found = SQLModel.metadata.tables[table.__tablename__]  # type: ignore[index]
    assert isinstance(found, Table)
    return found
