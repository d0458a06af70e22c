"""Months that were opened anew, client by client: nothing is kept for them but where they begin."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Instant, Numbered


class Season(Numbered, table=True):
    """A season: from `starts`, a month's first local day, until the next one begins."""

    __table_args__ = (UniqueConstraint("account_id", "starts"),)

    starts: dt.date
    name: str | None = Field(default=None, max_length=80)
    author: str = Field(max_length=64)
    opened_at: dt.datetime = Field(sa_type=Instant)
