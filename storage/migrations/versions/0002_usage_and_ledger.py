"""Usage events, wallets and transfers, and what is kept from them.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.helpers import instant, only, tenant, whole, within

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    usage_event()
    distinct_value()
    wallet()
    transfer()
    transfer_note()
    score()
    team_score()
    milestone_reached()


def usage_event() -> None:
    tenant(
        "usage_event",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("source_key", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", whole),
        sa.Column("name", sa.String(200)),
        sa.Column("occurred_at", instant, nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("recorded_at", instant, nullable=False),
        sa.Column("door", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("properties", sa.JSON(none_as_null=True)),
        sa.UniqueConstraint("account_id", "source_key", name="uq_usage_event_account_id_source_key"),
        within("usage_event", "person_id", "person"),
        sa.ForeignKeyConstraint(["version"], ["programme_version.number"], name="fk_usage_event_version"),
        sa.CheckConstraint("door IN ('command', 'api')", name=op.f("ck_usage_event_door")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_usage_event_account_id_person_id_name", "usage_event", ["account_id", "person_id", "name"])


def distinct_value() -> None:
    tenant(
        "distinct_value",
        sa.Column("person_id", whole, autoincrement=False, nullable=False),
        sa.Column("event", sa.String(200), nullable=False),
        sa.Column("property", sa.String(200), nullable=False),
        sa.Column("value_hash", sa.LargeBinary(), nullable=False),
        within("distinct_value", "person_id", "person"),
        key=["person_id", "event", "property", "value_hash"],
        sqlite_with_rowid=False,
    )


def wallet() -> None:
    tenant(
        "wallet",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("person_id", whole),
        sa.Column("balance", whole),
        sa.Column("owed", whole),
        within("wallet", "person_id", "person"),
        sa.CheckConstraint(
            "(kind IN ('issued', 'redeemed', 'expired')) = (balance IS NULL) AND (balance IS NULL) = (owed IS NULL)",
            name=op.f("ck_wallet_cached"),
        ),
        sa.CheckConstraint("balance >= 0 AND owed >= 0 AND (balance = 0 OR owed = 0)", name=op.f("ck_wallet_either")),
        sa.CheckConstraint(
            "kind IN ('person', 'person_held', 'pool', 'pool_held', 'issued', 'redeemed', 'expired')",
            name=op.f("ck_wallet_kind"),
        ),
        sa.CheckConstraint(
            "(kind IN ('person', 'person_held')) = (person_id IS NOT NULL)", name=op.f("ck_wallet_person")
        ),
    )
    op.create_index("uq_wallet_person", "wallet", ["account_id", "person_id", "kind"], unique=True)
    op.create_index("uq_wallet_shared", "wallet", ["account_id", "kind"], unique=True, **only("person_id IS NULL"))


def transfer() -> None:
    tenant(
        "transfer",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("from_id", whole, nullable=False),
        sa.Column("to_id", whole, nullable=False),
        sa.Column("points", whole, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("person_id", whole),
        sa.Column("cause_kind", sa.String(16), nullable=False),
        sa.Column("cause_id", whole, nullable=False),
        sa.Column("reverses_id", whole),
        sa.Column("source_key", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer()),
        sa.Column("rule", sa.String(64)),
        sa.Column("once_key", sa.LargeBinary()),
        sa.Column("occurred_at", instant, nullable=False),
        sa.Column("recorded_at", instant, nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("account_id", "source_key", name="uq_transfer_account_id_source_key"),
        within("transfer", "from_id", "wallet"),
        within("transfer", "person_id", "person"),
        within("transfer", "reverses_id", "transfer"),
        within("transfer", "to_id", "wallet"),
        sa.ForeignKeyConstraint(["version"], ["programme_version.number"], name="fk_transfer_version"),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_transfer_ends")),
        sa.CheckConstraint(
            "kind IN ('earn', 'adjust', 'gift', 'hold', 'release', 'capture', 'expire', 'reverse')",
            name=op.f("ck_transfer_kind"),
        ),
        sa.CheckConstraint("points > 0", name=op.f("ck_transfer_points")),
        sa.CheckConstraint("(kind = 'reverse') = (reverses_id IS NOT NULL)", name=op.f("ck_transfer_reverses")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_transfer_person_day", "transfer", ["account_id", "person_id", "local_day"])
    op.create_index("ix_transfer_person_rule", "transfer", ["account_id", "person_id", "rule", "once_key"])
    op.create_index(
        "uq_transfer_reverses",
        "transfer",
        ["account_id", "reverses_id"],
        unique=True,
        **only("reverses_id IS NOT NULL"),
    )


def transfer_note() -> None:
    tenant(
        "transfer_note",
        sa.Column("transfer_id", whole, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        within("transfer_note", "transfer_id", "transfer"),
        key=["transfer_id"],
    )


def score() -> None:
    tenant(
        "score",
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("person_id", whole, autoincrement=False, nullable=False),
        sa.Column("points", whole, nullable=False),
        within("score", "person_id", "person"),
        sa.CheckConstraint(
            "period IN ('day', 'week', 'month', 'quarter', 'year', 'all')", name=op.f("ck_score_period")
        ),
        key=["period", "start", "person_id"],
        sqlite_with_rowid=False,
    )
    op.create_index("ix_score_points", "score", ["account_id", "period", "start", "points"])


def team_score() -> None:
    tenant(
        "team_score",
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("points", whole, nullable=False),
        sa.CheckConstraint(
            "period IN ('day', 'week', 'month', 'quarter', 'year', 'all')", name=op.f("ck_team_score_period")
        ),
        key=["period", "start"],
        sqlite_with_rowid=False,
    )


def milestone_reached() -> None:
    tenant(
        "milestone_reached",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("milestone", sa.String(64), nullable=False),
        sa.Column("person_id", whole),
        sa.Column("usage_id", whole),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("occurred_at", instant, nullable=False),
        sa.Column("recorded_at", instant, nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        within("milestone_reached", "person_id", "person"),
        sa.ForeignKeyConstraint(["version"], ["programme_version.number"], name="fk_milestone_reached_version"),
    )
    op.create_index("ix_milestone_reached_person", "milestone_reached", ["account_id", "person_id"])
    op.create_index(
        "uq_milestone_reached_person", "milestone_reached", ["account_id", "milestone", "person_id"], unique=True
    )
    op.create_index(
        "uq_milestone_reached_team",
        "milestone_reached",
        ["account_id", "milestone"],
        unique=True,
        **only("person_id IS NULL"),
    )
