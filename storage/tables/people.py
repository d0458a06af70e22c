"""People of the clients, those of them who joined, and those who look after the clients."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false
from sqlmodel import Field

from storage.tables.base import Instant, Numbered, Tenant, Whole, one_of, rowless, within_account

ROLES = ("user", "champion", "manager", "executive")
UNCERTAIN = ("unknown", "several", "taken")
"""Nobody of the roster has the e-mail; more than one has it; another Slack user is that person already."""


class Person(Numbered, table=True):
    """Somebody of a client, known by the product's user id; exists, and earns, from the first usage."""

    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        Index("ix_person_account_id_email", "account_id", "email"),
        one_of("role", *ROLES),
    )

    external_id: str | None = Field(default=None, max_length=200)
    """The product's user id; None once erased."""
    name: str | None = Field(default=None, max_length=200)
    email: str | None = Field(default=None, max_length=320)
    role: str = Field(default="user", max_length=16)
    owner: bool = False
    """Owns the account's part in the programme: may switch its mode."""
    staff: bool = False
    """Works for the vendor: never ranks."""
    excluded: bool = False
    """Excluded by the programme in force, a robot for instance: earns nothing, ranks nowhere."""
    invited_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    joined_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    """When they first joined; stays when they leave, so that what is theirs is kept."""
    left_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    erased_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(sa_type=Instant)


class Member(Tenant, table=True):
    """A person who joined: the link to a Slack user, with consent, and what they chose to show."""

    __table_args__ = (
        within_account("person_id", "person"),
        UniqueConstraint("account_id", "enterprise_id", "team_id", "user_id"),
        Index("ix_member_user_id", "user_id"),
        CheckConstraint("user_id <> ''", name="user_id"),
    )

    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    enterprise_id: str = Field(default="", max_length=32)
    team_id: str = Field(max_length=32)
    """The home team; the installation by which one is reached is a route, kept apart."""
    user_id: str = Field(max_length=32)
    terms: str = Field(max_length=64)
    """Which version of the terms was agreed to."""
    joined_at: dt.datetime = Field(sa_type=Instant)
    on_boards: bool = False
    celebrated: bool = False
    language: str | None = Field(default=None, max_length=16)
    """Their own choice; None: as Slack says, else as the account speaks."""
    timezone: str | None = Field(default=None, max_length=64)
    slack_language: str | None = Field(default=None, max_length=16)
    """As Slack last said, a locale like pl-PL."""
    slack_timezone: str | None = Field(default=None, max_length=64)
    meant: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether they chose this account among several: it is the one that is meant outside a client's channel."""


class Unmatched(Tenant, table=True):
    """Somebody who wants to join and whose person is not certain: the account manager says who it is."""

    __table_args__ = (one_of("reason", *UNCERTAIN), CheckConstraint("user_id <> ''", name="user_id"))

    enterprise_id: str = Field(default="", max_length=32, primary_key=True)
    team_id: str = Field(max_length=32, primary_key=True)
    user_id: str = Field(max_length=32, primary_key=True)
    name: str | None = Field(default=None, max_length=200)
    email: str | None = Field(default=None, max_length=320)
    reason: str = Field(max_length=16)
    at: dt.datetime = Field(sa_type=Instant)


class Manager(Numbered, table=True):
    """An account manager of the vendor, for one account: by e-mail, and by Slack user once seen there."""

    __table_args__ = (UniqueConstraint("account_id", "email"),)

    email: str = Field(max_length=320)
    enterprise_id: str | None = Field(default=None, max_length=32)
    team_id: str | None = Field(default=None, max_length=32)
    user_id: str | None = Field(default=None, max_length=32)
    name: str | None = Field(default=None, max_length=200)
    language: str | None = Field(default=None, max_length=16)
    """As Slack last said, a locale like pl-PL; so are name and timezone."""
    timezone: str | None = Field(default=None, max_length=64)
    created_at: dt.datetime = Field(sa_type=Instant)


class Refusal(Tenant, table=True):
    """A person's hash whose usage is refused: they declined, or asked for erasure. Gone when they join."""

    __table_args__ = rowless(one_of("reason", "declined", "erased"))

    person_hash: bytes = Field(primary_key=True)
    reason: str = Field(max_length=16)
    at: dt.datetime = Field(sa_type=Instant)
