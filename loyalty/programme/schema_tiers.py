"""Tiers: what a person or a whole account holds by what they earned over a time, or by choice."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from loyalty.programme.errors import WrongValueError
from loyalty.programme.field_types import Goal, Key, Span, one_of
from loyalty.programme.localized_text import LocalizedText, Title
from loyalty.programme.schema_base import SchemaPart


class MemberTier(SchemaPart):
    """What a person holds whose points over the last `over` reach `points`; lost `grace` after they no longer do."""

    key: Key = Field(description="a short name of its own, like silver")
    name: Title | None = None
    points: Goal = Field(description="how many points it takes, like 500")
    over: Span = Field(description="over how long, like 12 months")
    grace: Span = dt.timedelta(days=30)
    benefits: tuple[LocalizedText, ...] = ()


class AccountTier(SchemaPart):
    """What a whole account holds: by `points` of all its people `over` a time, or by choice, as its contract says."""

    key: Key = Field(description="a short name of its own, like partner")
    name: Title | None = None
    by: Annotated[Literal["choice"], one_of(Literal["choice"])] | None = None
    points: Goal | None = None
    over: Span | None = None
    grace: Span = dt.timedelta(days=30)
    benefits: tuple[LocalizedText, ...] = ()

    @model_validator(mode="after")
    def _points_or_choice(self) -> Self:
        by_points = self.points is not None and self.over is not None
        if by_points == (self.by is not None) or (self.points is None) != (self.over is None):
            raise WrongValueError(
                "either points over a time or a choice are wanted: {points: 9000, over: 12 months} or {by: choice}"
            )
        return self


class Tiers(SchemaPart):
    """The tiers of people and of accounts, from the lowest to the highest."""

    members: tuple[MemberTier, ...] = ()
    accounts: tuple[AccountTier, ...] = ()
