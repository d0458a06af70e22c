"""What the vendor declared, version by version."""

import datetime as dt

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from storage.tables.base import Instant


class ProgrammeVersion(SQLModel, table=True):
    """One applied programme file; immutable. The highest number is in force."""

    __tablename__ = "programme_version"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str = Field(sa_type=Text)
    digest: str = Field(max_length=64)
    """The text's, in hexadecimal."""
    author: str = Field(max_length=64)
    applied_at: dt.datetime = Field(sa_type=Instant)
    restores: int | None = Field(default=None, foreign_key="programme_version.number")
    """The version that this one brought back, after a rollback."""
