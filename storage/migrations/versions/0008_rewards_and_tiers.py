"""Rewards, who asked for which; tiers; in which conversation a message was posted.

Revision: 0008
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.helpers import instant, only, tenant, whole, within

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("posted_in", sa.String(32)))
    op.create_table(
        "reward_stock",
        sa.Column("reward", sa.String(64), nullable=False),
        sa.Column("total", whole),
        sa.Column("taken", whole, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("reward", name="pk_reward_stock"),
        *_counted("reward_stock"),
    )
    tenant(
        "own_terms",
        sa.Column("reward", sa.String(64), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("says", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("total", whole),
        sa.Column("taken", whole, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("at", instant, nullable=False),
        *_counted("own_terms"),
        key=("reward",),
    )
    _redemption()
    tenant(
        "saving_goal",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("person_id", whole),
        sa.Column("reward", sa.String(64), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("at", instant, nullable=False),
        within("saving_goal", "person_id", "person"),
    )
    _one_each("saving_goal", "uq_saving_goal_person", "uq_saving_goal_team")
    tenant(
        "vip_member",
        sa.Column("person_id", whole, autoincrement=False, nullable=False),
        sa.Column("invited_at", instant, nullable=False),
        sa.Column("invited_by", sa.String(64), nullable=False),
        sa.Column("accepted_at", instant),
        sa.Column("left_at", instant),
        within("vip_member", "person_id", "person"),
        key=("person_id",),
    )
    _tiers()


def _redemption() -> None:
    tenant(
        "redemption",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("person_id", whole, nullable=False),
        sa.Column("reward", sa.String(64), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("points", whole, nullable=False),
        sa.Column("paid_by", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hold_id", whole),
        sa.Column("request_key", sa.String(200), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("requested_at", instant, nullable=False),
        sa.Column("wait_until", instant, nullable=False),
        sa.Column("decided_at", instant),
        sa.Column("decided_by", sa.String(64)),
        sa.Column("settled_at", instant),
        sa.Column("settled_by", sa.String(64)),
        sa.Column("words", sa.Text()),
        sa.ForeignKeyConstraint(["version"], ["programme_version.number"], name="fk_redemption_version"),
        within("redemption", "person_id", "person"),
        within("redemption", "hold_id", "transfer"),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'fulfilled', 'declined', 'cancelled', 'expired')",
            name=op.f("ck_redemption_state"),
        ),
        sa.CheckConstraint("paid_by IN ('person', 'pool')", name=op.f("ck_redemption_paid_by")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_redemption_points")),
        sa.CheckConstraint("(points > 0) = (hold_id IS NOT NULL)", name=op.f("ck_redemption_hold")),
        sa.UniqueConstraint("account_id", "request_key", name="uq_redemption_account_id_request_key"),
    )
    op.create_index("ix_redemption_person", "redemption", ["account_id", "person_id", "id"])
    under_way = only("state IN ('requested', 'approved')")
    op.create_index("ix_redemption_open", "redemption", ["account_id", "wait_until"], **under_way)


def _tiers() -> None:
    tenant(
        "tier_held",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("person_id", whole),
        sa.Column("tier", sa.String(64)),
        sa.Column("since", instant, nullable=False),
        sa.Column("below_since", sa.Date()),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("chosen", sa.String(64)),
        sa.Column("chosen_until", sa.Date()),
        sa.Column("chosen_by", sa.String(64)),
        sa.Column("reason", sa.Text()),
        within("tier_held", "person_id", "person"),
    )
    _one_each("tier_held", "uq_tier_held_person", "uq_tier_held_account")
    tenant(
        "tier_review",
        sa.Column("transfer_id", whole, nullable=False),
        sa.Column("day", sa.Date()),
        key=(),
    )


def _counted(name: str) -> tuple[sa.CheckConstraint, sa.CheckConstraint]:
    return (
        sa.CheckConstraint("taken >= 0", name=op.f(f"ck_{name}_taken")),
        sa.CheckConstraint("total >= 0", name=op.f(f"ck_{name}_total")),
    )


def _one_each(name: str, of_person: str, of_account: str) -> None:
    op.create_index(of_person, name, ["account_id", "person_id"], unique=True)
    op.create_index(of_account, name, ["account_id"], unique=True, **only("person_id IS NULL"))
