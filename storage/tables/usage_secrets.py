"""What usage is signed with. The operator's table: a secret may speak for several clients."""

import datetime as dt

from sqlmodel import Field, SQLModel

from storage.tables.base import Instant, Json, Whole


class UsageSecret(SQLModel, table=True):
    """A signing secret: what it is made of, not what it is. See `loyalty.usage.secrets`."""

    __tablename__ = "usage_secret"

    id: int | None = Field(default=None, sa_type=Whole, primary_key=True)
    seed: bytes
    """Random. The secret follows from it and from the deployment's own key, which is not in the database."""
    fingerprint: str = Field(max_length=16)
    """The beginning of the secret's SHA-256: tells whether the deployment's key is still the one it was made with."""
    accounts: list[str] | None = Field(default=None, sa_type=Json)
    """Keys of the accounts that it may speak for; None: all."""
    created_at: dt.datetime = Field(sa_type=Instant)
    revoked_at: dt.datetime | None = Field(default=None, sa_type=Instant)
