"""Webinars: what takes place, who of which client is invited, what they answered, who came and how that is known.

What takes place is the vendor's, as the programme's reward stock is: it may be for several clients. Who is invited,
answers and attendance are each client's own.
"""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import Instant, Json, Numbered, Tenant, Whole, one_of, within_account

WEBINAR_KINDS = ("webinar", "training", "onboarding", "seminar", "retreat", "course", "conference")
WEBINAR_STATES = ("draft", "scheduled", "announced", "running", "over", "cancelled")
RSVP_ANSWERS = ("going", "maybe", "declined", "waitlisted")
EVIDENCE_KINDS = ("report", "code", "mark")
REACHES = ("channel", "direct")
MAX_SEATS = 10_000


class WebinarSeries(SQLModel, table=True):
    """Several webinars of one name; where `complete` is said, a course that so many parts complete."""

    __tablename__ = "webinar_series"
    __table_args__ = (CheckConstraint("complete > 0", name="complete"),)

    key: str = Field(max_length=64, primary_key=True)
    complete: int | None = Field(default=None, sa_type=Whole)
    created_at: dt.datetime = Field(sa_type=Instant)


class Webinar(SQLModel, table=True):
    """Something people come to. Its row is locked before any account, by whatever moves a seat or the waitlist."""

    __tablename__ = "webinar"
    __table_args__ = (
        one_of("kind", *WEBINAR_KINDS),
        one_of("state", *WEBINAR_STATES),
        CheckConstraint("fold IN (0, 1)", name="fold"),
        CheckConstraint("ends_at > starts_at", name="ends"),
        CheckConstraint("minutes BETWEEN 5 AND 20160", name="minutes"),
        CheckConstraint(f"seats BETWEEN 1 AND {MAX_SEATS}", name="seats"),
        CheckConstraint("seats_taken >= 0", name="taken"),
        CheckConstraint("accounts >= 0", name="accounts"),
        CheckConstraint("link IS NULL OR place IS NULL", name="where"),
        CheckConstraint("(state = 'scheduled') = (send_at IS NOT NULL)", name="send_at"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        Index("ix_webinar_state", "state", "starts_at"),
        Index("ix_webinar_series", "series", "starts_at"),
    )

    key: str = Field(max_length=64, primary_key=True)
    kind: str = Field(max_length=16)
    title: Any = Field(sa_type=Json, nullable=False)
    """A text, or a text by language, as `LocalizedText` reads it; so is `why`."""
    why: Any = Field(default=None, sa_type=Json, nullable=True)
    local_start: dt.datetime = Field(sa_type=DateTime)
    """What clocks show in `timezone`, without an offset: if the zone's rules change it stays, the instant moves."""
    timezone: str = Field(max_length=64)
    fold: int = 0
    """Which one is meant where that local time comes twice: 0 the first, 1 the second."""
    minutes: int
    starts_at: dt.datetime = Field(sa_type=Instant)
    ends_at: dt.datetime = Field(sa_type=Instant)
    link: str | None = Field(default=None, max_length=2000)
    place: str | None = Field(default=None, max_length=500)
    seats: int | None = None
    """None: as many as come. Fewer than were taken is possible: nobody is thrown out."""
    seats_taken: int = 0
    seats_freed: int = 0
    """How often a seat was given up: each time it is offered anew, near the start."""
    waitlist: list[int] = Field(default_factory=list, sa_type=Json)
    """The tickets of whoever waits, in order: numbers that tell nobody's name and no client's."""
    last_ticket: int = 0
    accounts: int = 0
    """How many are invited: one's own place on the list is told only where it is one."""
    organizer: str | None = Field(default=None, max_length=320)
    """The organizer's e-mail, by which they look after accounts; None: the operator."""
    state: str = Field(default="draft", max_length=16)
    send_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    announced_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    remind: list[int] = Field(default_factory=list, sa_type=Json)
    """How many seconds before the start, the longest first."""
    min_minutes: int | None = None
    """How long one has to be there to have come."""
    recording: str | None = Field(default=None, max_length=2000)
    recording_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    survey: str | None = Field(default=None, max_length=64)
    series: str | None = Field(default=None, max_length=64, foreign_key="webinar_series.key")
    code: str | None = Field(default=None, max_length=32)
    """What is said in the session, so that who was there can type it."""
    sequence: int = 0
    """Raised by each change of time, link, place and title, and by cancelling: a calendar's SEQUENCE."""
    moved_from: dt.datetime | None = Field(default=None, sa_type=Instant)
    moved_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    change_why: str | None = Field(default=None, sa_type=Text)
    cancelled_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    attendance_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    """When attendance was applied for the first time: then thanks go."""
    created_at: dt.datetime = Field(sa_type=Instant)
    created_by: str = Field(max_length=64)


class WebinarReport(SQLModel, table=True):
    """A platform's report of attendance that was applied. Those that none replaced stand, together."""

    __tablename__ = "webinar_report"
    __table_args__ = (UniqueConstraint("webinar", "digest"),)

    webinar: str = Field(max_length=64, primary_key=True, foreign_key="webinar.key")
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    digest: bytes = Field(sa_type=LargeBinary)
    platform: str = Field(max_length=32)
    replaced_by: int | None = None
    applied_at: dt.datetime = Field(sa_type=Instant)
    applied_by: str = Field(max_length=64)


class WebinarAudience(Tenant, table=True):
    """Who of a client is invited: all, or only those of some roles, tiers, or by name; and how they hear of it."""

    __tablename__ = "webinar_audience"
    __table_args__ = (one_of("reach", *REACHES), Index("ix_webinar_audience_webinar", "webinar"))

    webinar: str = Field(max_length=64, primary_key=True, foreign_key="webinar.key")
    roles: list[str] = Field(default_factory=list, sa_type=Json)
    tiers: list[str] = Field(default_factory=list, sa_type=Json)
    people: list[int] = Field(default_factory=list, sa_type=Json)
    reach: str = Field(default="channel", max_length=8)
    invited_by: str = Field(max_length=64)
    invited_at: dt.datetime = Field(sa_type=Instant)
    withdrawn_at: dt.datetime | None = Field(default=None, sa_type=Instant)


class WebinarRsvp(Tenant, table=True):
    """What somebody answered; before they did, that they were invited by a direct message."""

    __tablename__ = "webinar_rsvp"
    __table_args__ = (
        within_account("person_id", "person"),
        one_of("answer", *RSVP_ANSWERS, optional=True),
        CheckConstraint("(ticket IS NOT NULL) = (answer IS NOT NULL AND answer = 'waitlisted')", name="ticket"),
        Index("ix_webinar_rsvp_webinar", "webinar"),
        Index("ix_webinar_rsvp_person", "account_id", "person_id"),
    )

    webinar: str = Field(max_length=64, primary_key=True, foreign_key="webinar.key")
    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    answer: str | None = Field(default=None, max_length=16)
    ticket: int | None = None
    """Their number on the waitlist: the lowest is next."""
    wants_recording: bool = False
    other_time: bool = False
    by_hand: bool = False
    """Whether the organizer gave them the seat."""
    seat_came_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    """When a seat came to them from the waitlist."""
    seat_declined: bool = False
    """Whether they declined a seat that came: then none is offered again."""
    invited_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    answered_at: dt.datetime | None = Field(default=None, sa_type=Instant)


class WebinarEvidence(Tenant, table=True):
    """Why somebody is held to have come, or not: a line of a report, the code, the organizer's mark."""

    __tablename__ = "webinar_evidence"
    __table_args__ = (
        within_account("person_id", "person"),
        one_of("kind", *EVIDENCE_KINDS),
        CheckConstraint("(kind = 'report') = (report > 0)", name="report"),
        CheckConstraint("came OR kind = 'mark'", name="came"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    webinar: str = Field(max_length=64, primary_key=True, foreign_key="webinar.key")
    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=8, primary_key=True)
    report: int = Field(default=0, primary_key=True, sa_column_kwargs={"autoincrement": False})
    """The report's number among the webinar's; 0 for what is no report."""
    came: bool = True
    """False: the organizer's mark that they were not there, which overrules."""
    minutes: int | None = None
    """None: unknown, never 0."""
    intervals: list[list[str]] | None = Field(default=None, sa_type=Json)
    """When they were there, in UTC, where the report says so: two reports' are united."""
    at: dt.datetime = Field(sa_type=Instant)
    author: str = Field(max_length=64)


class WebinarAttendance(Tenant, table=True):
    """What all evidence says of somebody, as it was last recorded as a usage event."""

    __tablename__ = "webinar_attendance"
    __table_args__ = (within_account("person_id", "person"), CheckConstraint("revision >= 0", name="revision"))

    webinar: str = Field(max_length=64, primary_key=True, foreign_key="webinar.key")
    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    came: bool
    minutes: int | None = None
    revision: int = 0
    """Of the event on record that says they came: 0 before the first."""
    thanked_at: dt.datetime | None = Field(default=None, sa_type=Instant)


class CourseCompletion(Tenant, table=True):
    """Whether somebody has completed a course, as it was last recorded as a usage event."""

    __tablename__ = "course_completion"
    __table_args__ = (within_account("person_id", "person"), CheckConstraint("revision >= 0", name="revision"))

    series: str = Field(max_length=64, primary_key=True, foreign_key="webinar_series.key")
    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    completed: bool
    revision: int = 0


class WebinarCodeTry(Tenant, table=True):
    """How often somebody typed a wrong code, and until when they wait."""

    __tablename__ = "webinar_code_try"
    __table_args__ = (within_account("person_id", "person"), CheckConstraint("wrong >= 0", name="wrong"))

    webinar: str = Field(max_length=64, primary_key=True, foreign_key="webinar.key")
    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    wrong: int = 0
    wait_until: dt.datetime | None = Field(default=None, sa_type=Instant)


class TrainingRequest(Numbered, table=True):
    """A training that somebody asked for."""

    __tablename__ = "training_request"
    __table_args__ = (within_account("person_id", "person"),)

    person_id: int = Field(sa_type=Whole)
    topic: str = Field(max_length=200)
    wish: str = Field(max_length=500)
    at: dt.datetime = Field(sa_type=Instant)


class CalendarFeed(Tenant, table=True):
    """The address at which somebody's calendar fetches their webinars: of the secret in it only the hash is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (within_account("person_id", "person"), Index("ix_calendar_feed_secret_hash", "secret_hash"))

    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    secret_hash: bytes = Field(sa_type=LargeBinary)
    made_at: dt.datetime = Field(sa_type=Instant)
