"""What people earned, period by period: kept from the ledger, and rebuilt from it."""

import datetime as dt

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Tenant, Whole, one_of, rowless, within_account

PERIODS = ("day", "week", "month", "quarter", "year", "all")


class TeamScore(Tenant, table=True):
    """What all of an account's people earned in one period, and its pool was given."""

    __tablename__ = "team_score"
    __table_args__ = rowless(one_of("period", *PERIODS))

    period: str = Field(primary_key=True, max_length=8)
    start: dt.date = Field(primary_key=True)
    points: int = Field(sa_type=Whole)


class Score(Tenant, table=True):
    """A person's points in one period. `start` is the period's first local day; for `all` it is 1970-01-01."""

    __table_args__ = rowless(
        within_account("person_id", "person"),
        Index("ix_score_points", "account_id", "period", "start", "points"),
        one_of("period", *PERIODS),
    )

    period: str = Field(primary_key=True, max_length=8)
    start: dt.date = Field(primary_key=True)
    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    points: int = Field(sa_type=Whole)
