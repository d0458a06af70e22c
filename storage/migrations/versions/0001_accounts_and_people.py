"""Accounts, their people and channels, the programme, the audit.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.helpers import instant, tenant, whole, within

revision = "0001"
down_revision = None


def upgrade() -> None:
    account()
    usage_before()
    programme_version()
    audit()
    channel()
    manager()
    person()
    member()
    unmatched()
    refusal()


def account() -> None:
    op.create_table(
        "account",
        sa.Column("id", whole, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(150), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("cohort", sa.String(64)),
        sa.Column("yearly_value", sa.Numeric(18, 2)),
        sa.Column("invited", sa.Date()),
        sa.Column("serial", whole, nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("key", name="uq_account_key"),
        sa.CheckConstraint("mode IN ('private', 'team', 'board')", name=op.f("ck_account_mode")),
        sa.CheckConstraint("serial >= 0", name=op.f("ck_account_serial")),
    )


def usage_before() -> None:
    tenant(
        "usage_before",
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("events", whole, nullable=False),
        sa.CheckConstraint("events > 0", name=op.f("ck_usage_before_events")),
        key=["local_day"],
        sqlite_with_rowid=False,
    )


def programme_version() -> None:
    op.create_table(
        "programme_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("applied_at", instant, nullable=False),
        sa.Column("restores", sa.Integer()),
        sa.PrimaryKeyConstraint("number", name="pk_programme_version"),
        sa.ForeignKeyConstraint(["restores"], ["programme_version.number"], name="fk_programme_version_restores"),
        sa.CheckConstraint("number > 0", name=op.f("ck_programme_version_number")),
    )


def audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", whole, nullable=False),
        sa.Column("account_id", whole),
        sa.Column("at", instant, nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_audit_account_id"),
    )
    op.create_index("ix_audit_account_id_at", "audit", ["account_id", "at"])


def channel() -> None:
    tenant(
        "channel",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("enterprise_id", sa.String(32), nullable=False),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(32), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.UniqueConstraint("team_id", "channel_id", name="uq_channel_team_id_channel_id"),
    )


def manager() -> None:
    tenant(
        "manager",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("enterprise_id", sa.String(32)),
        sa.Column("team_id", sa.String(32)),
        sa.Column("user_id", sa.String(32)),
        sa.Column("created_at", instant, nullable=False),
        sa.UniqueConstraint("account_id", "email", name="uq_manager_account_id_email"),
    )


def person() -> None:
    tenant(
        "person",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("external_id", sa.String(200)),
        sa.Column("name", sa.String(200)),
        sa.Column("email", sa.String(320)),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("owner", sa.Boolean(), nullable=False),
        sa.Column("staff", sa.Boolean(), nullable=False),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("invited_at", instant),
        sa.Column("left_at", instant),
        sa.Column("erased_at", instant),
        sa.Column("created_at", instant, nullable=False),
        sa.UniqueConstraint("account_id", "external_id", name="uq_person_account_id_external_id"),
        sa.CheckConstraint("role IN ('user', 'champion', 'manager', 'executive')", name=op.f("ck_person_role")),
    )
    op.create_index("ix_person_account_id_email", "person", ["account_id", "email"])


def member() -> None:
    tenant(
        "member",
        sa.Column("person_id", whole, autoincrement=False, nullable=False),
        sa.Column("enterprise_id", sa.String(32), nullable=False),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("terms", sa.String(64), nullable=False),
        sa.Column("joined_at", instant, nullable=False),
        sa.Column("on_boards", sa.Boolean(), nullable=False),
        sa.Column("celebrated", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("timezone", sa.String(64)),
        sa.Column("slack_language", sa.String(16)),
        sa.Column("slack_timezone", sa.String(64)),
        sa.UniqueConstraint(
            "account_id",
            "enterprise_id",
            "team_id",
            "user_id",
            name="uq_member_account_id_enterprise_id_team_id_user_id",
        ),
        within("member", "person_id", "person"),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_member_user_id")),
        key=["person_id"],
    )
    op.create_index("ix_member_user_id", "member", ["user_id"])


def unmatched() -> None:
    tenant(
        "unmatched",
        sa.Column("enterprise_id", sa.String(32), nullable=False),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200)),
        sa.Column("email", sa.String(320)),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.CheckConstraint("reason IN ('unknown', 'several', 'taken')", name=op.f("ck_unmatched_reason")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_unmatched_user_id")),
        key=["enterprise_id", "team_id", "user_id"],
    )


def refusal() -> None:
    tenant(
        "refusal",
        sa.Column("person_hash", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.CheckConstraint("reason IN ('declined', 'erased')", name=op.f("ck_refusal_reason")),
        key=["person_hash"],
        sqlite_with_rowid=False,
    )
