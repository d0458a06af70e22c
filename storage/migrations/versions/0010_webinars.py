"""Webinars; messages of the vendor's own, and such as go by mail.

Revision: 0010
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.helpers import instant, only, tenant, whole, within

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _outbox()
    _usage_event()
    op.create_table(
        "webinar_series",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("complete", whole),
        sa.Column("created_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_webinar_series"),
        _check("webinar_series", "complete", "complete > 0"),
    )
    _webinar()
    op.create_table(
        "webinar_report",
        sa.Column("webinar", sa.String(64), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("replaced_by", sa.Integer()),
        sa.Column("applied_at", instant, nullable=False),
        sa.Column("applied_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("webinar", "id", name="pk_webinar_report"),
        _of_webinar("webinar_report"),
        sa.UniqueConstraint("webinar", "digest", name="uq_webinar_report_webinar_digest"),
    )
    _of_accounts()


def _outbox() -> None:
    """Make the outbox anew: its rows have a number of their own, so that one need not be a client's."""
    op.execute("CREATE TABLE outbox_before AS SELECT * FROM outbox")
    op.drop_table("outbox")
    op.create_table(
        "outbox",
        sa.Column("id", whole, nullable=False),
        sa.Column("account_id", whole),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("enterprise_id", sa.String(32), nullable=False),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(32)),
        sa.Column("user_id", sa.String(32)),
        sa.Column("email", sa.String(320)),
        sa.Column("person_id", whole),
        sa.Column("category", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.Column("good_until", instant, nullable=False),
        sa.Column("claimed_until", instant),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.Column("ts", sa.String(32)),
        sa.Column("posted_in", sa.String(32)),
        sa.Column("file_id", sa.String(32)),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("settled_at", instant),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_outbox_account_id"),
        sa.UniqueConstraint("account_id", "key", name="uq_outbox_account_id_key"),
        within("outbox", "person_id", "person"),
        _check("outbox", "category", "category IN ('answer', 'news', 'nudge')"),
        _check("outbox", "state", "state IN ('waiting', 'attempting', 'sent', 'unknown', 'dropped')"),
        _check(
            "outbox",
            "target",
            "(CASE WHEN channel_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN email IS NULL THEN 0 ELSE 1 END) = 1",
        ),
        _check("outbox", "person", "account_id IS NOT NULL OR person_id IS NULL"),
    )
    columns = (
        "account_id, key, enterprise_id, team_id, channel_id, user_id, person_id, category, kind, subject, due_at, "
        "good_until, claimed_until, state, attempts, reason, ts, posted_in, file_id, created_at, settled_at"
    )
    op.execute(
        f"INSERT INTO outbox ({columns}) SELECT {columns} FROM outbox_before ORDER BY created_at, account_id, id"
    )
    op.drop_table("outbox_before")
    waiting, attempting, nudges = only("state = 'waiting'"), only("state = 'attempting'"), only("category = 'nudge'")
    op.create_index("ix_outbox_waiting", "outbox", ["enterprise_id", "team_id", "due_at"], **waiting)
    op.create_index("ix_outbox_attempting", "outbox", ["claimed_until"], **attempting)
    op.create_index("ix_outbox_person", "outbox", ["account_id", "person_id", "due_at"], **nudges)
    op.create_index("uq_outbox_vendor", "outbox", ["key"], unique=True, **only("account_id IS NULL"))


def _usage_event() -> None:
    """Let events of Laurels' own in, by a door of theirs."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_usage_event_door"), "usage_event", type_="check")
        op.create_check_constraint(
            op.f("ck_usage_event_door"), "usage_event", "door IN ('command', 'api', 'laurels')"
        )
        return
    # SQLite changes no CHECK: the table is made anew, its rows in the order in which they lie.
    op.drop_index("ix_usage_event_account_id_person_id_name", "usage_event")
    op.rename_table("usage_event", "usage_event_before")
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
        _check("usage_event", "door", "door IN ('command', 'api', 'laurels')"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO usage_event SELECT * FROM usage_event_before ORDER BY account_id, id")
    op.drop_table("usage_event_before")
    op.create_index("ix_usage_event_account_id_person_id_name", "usage_event", ["account_id", "person_id", "name"])


def _webinar() -> None:
    op.create_table(
        "webinar",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("why", sa.JSON(none_as_null=True)),
        sa.Column("local_start", sa.DateTime(), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("fold", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", instant, nullable=False),
        sa.Column("ends_at", instant, nullable=False),
        sa.Column("link", sa.String(2000)),
        sa.Column("place", sa.String(500)),
        sa.Column("seats", sa.Integer()),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("seats_freed", sa.Integer(), nullable=False),
        sa.Column("waitlist", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("last_ticket", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("organizer", sa.String(320)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("send_at", instant),
        sa.Column("announced_at", instant),
        sa.Column("remind", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("min_minutes", sa.Integer()),
        sa.Column("recording", sa.String(2000)),
        sa.Column("recording_at", instant),
        sa.Column("survey", sa.String(64)),
        sa.Column("series", sa.String(64)),
        sa.Column("code", sa.String(32)),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("moved_from", instant),
        sa.Column("moved_at", instant),
        sa.Column("change_why", sa.Text()),
        sa.Column("cancelled_at", instant),
        sa.Column("attendance_at", instant),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_webinar"),
        sa.ForeignKeyConstraint(["series"], ["webinar_series.key"], name="fk_webinar_series"),
        _check(
            "webinar",
            "kind",
            "kind IN ('webinar', 'training', 'onboarding', 'seminar', 'retreat', 'course', 'conference')",
        ),
        _check(
            "webinar", "state", "state IN ('draft', 'scheduled', 'announced', 'running', 'over', 'cancelled')"
        ),
        _check("webinar", "fold", "fold IN (0, 1)"),
        _check("webinar", "ends", "ends_at > starts_at"),
        _check("webinar", "minutes", "minutes BETWEEN 5 AND 20160"),
        _check("webinar", "seats", "seats BETWEEN 1 AND 10000"),
        _check("webinar", "taken", "seats_taken >= 0"),
        _check("webinar", "accounts", "accounts >= 0"),
        _check("webinar", "where", "link IS NULL OR place IS NULL"),
        _check("webinar", "send_at", "(state = 'scheduled') = (send_at IS NOT NULL)"),
        _check("webinar", "cancelled", "(state = 'cancelled') = (cancelled_at IS NOT NULL)"),
    )
    op.create_index("ix_webinar_state", "webinar", ["state", "starts_at"])
    op.create_index("ix_webinar_series", "webinar", ["series", "starts_at"])


def _of_accounts() -> None:
    tenant(
        "webinar_audience",
        sa.Column("webinar", sa.String(64), nullable=False),
        sa.Column("roles", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("tiers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("people", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reach", sa.String(8), nullable=False),
        sa.Column("invited_by", sa.String(64), nullable=False),
        sa.Column("invited_at", instant, nullable=False),
        sa.Column("withdrawn_at", instant),
        _of_webinar("webinar_audience"),
        _check("webinar_audience", "reach", "reach IN ('channel', 'direct')"),
        key=("webinar",),
    )
    op.create_index("ix_webinar_audience_webinar", "webinar_audience", ["webinar"])
    _of_person(
        "webinar_rsvp",
        sa.Column("answer", sa.String(16)),
        sa.Column("ticket", sa.Integer()),
        sa.Column("wants_recording", sa.Boolean(), nullable=False),
        sa.Column("other_time", sa.Boolean(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("seat_came_at", instant),
        sa.Column("seat_declined", sa.Boolean(), nullable=False),
        sa.Column("invited_at", instant),
        sa.Column("answered_at", instant),
        _check(
            "webinar_rsvp",
            "answer",
            "answer IN ('going', 'maybe', 'declined', 'waitlisted') OR answer IS NULL",
        ),
        _check(
            "webinar_rsvp", "ticket", "(ticket IS NOT NULL) = (answer IS NOT NULL AND answer = 'waitlisted')"
        ),
    )
    op.create_index("ix_webinar_rsvp_webinar", "webinar_rsvp", ["webinar"])
    op.create_index("ix_webinar_rsvp_person", "webinar_rsvp", ["account_id", "person_id"])
    _of_person(
        "webinar_evidence",
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("intervals", sa.JSON(none_as_null=True)),
        sa.Column("at", instant, nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        _check("webinar_evidence", "kind", "kind IN ('report', 'code', 'mark')"),
        _check("webinar_evidence", "report", "(kind = 'report') = (report > 0)"),
        _check("webinar_evidence", "came", "came OR kind = 'mark'"),
        _check("webinar_evidence", "minutes", "minutes >= 0"),
        more_key=("kind", "report"),
    )
    _of_person(
        "webinar_attendance",
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("thanked_at", instant),
        _check("webinar_attendance", "revision", "revision >= 0"),
    )
    tenant(
        "course_completion",
        sa.Column("series", sa.String(64), nullable=False),
        sa.Column("person_id", whole, autoincrement=False, nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        within("course_completion", "person_id", "person"),
        sa.ForeignKeyConstraint(["series"], ["webinar_series.key"], name="fk_course_completion_series"),
        _check("course_completion", "revision", "revision >= 0"),
        key=("series", "person_id"),
    )
    tenant(
        "training_request",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("person_id", whole, nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("wish", sa.String(500), nullable=False),
        sa.Column("at", instant, nullable=False),
        within("training_request", "person_id", "person"),
    )
    _of_person(
        "webinar_code_try",
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wait_until", instant),
        _check("webinar_code_try", "wrong", "wrong >= 0"),
    )


def _of_person(name: str, *parts: Any, more_key: tuple[str, ...] = ()) -> None:
    tenant(
        name,
        sa.Column("webinar", sa.String(64), nullable=False),
        sa.Column("person_id", whole, autoincrement=False, nullable=False),
        *parts,
        within(name, "person_id", "person"),
        _of_webinar(name),
        key=("webinar", "person_id", *more_key),
    )


def _of_webinar(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["webinar"], ["webinar.key"], name=f"fk_{name}_webinar")


def _check(name: str, check: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{name}_{check}"))
