"""What points become: rewards worth something to people's work, and nothing in money."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, StrictBool, model_serializer

from loyalty.programme.errors import WrongValueError
from loyalty.programme.field_types import Amount, Cost, Given, Key, Many, UpTo, Wait, one_of
from loyalty.programme.localized_text import LocalizedText, Title
from loyalty.programme.money import NEVER, is_like_money, is_money_key
from loyalty.programme.schema_base import Receiver, SchemaPart

Role = Literal["user", "champion", "manager", "executive"]
RewardKind = Literal[
    "training_seat",
    "course",
    "onboarding",
    "consulting",
    "early_access",
    "extra_feature",
    "priority_support",
    "research_report",
    "content",
    "rnd_partnership",
    "seminar_seat",
    "partner_offer",
    "cause_sponsorship",
    "spotlight",
    "team_treat",
    "swag",
]
"""Closed: whatever is none of these is no reward. None of them is money."""
RewardPeriod = Literal["day", "week", "month", "quarter", "year", "ever"]
Fulfilment = Literal["by_hand", "at_once"]


def _no_money(value: Any) -> Any:
    if isinstance(value, str) and (is_money_key(value) or is_like_money(value.replace("_", " "))):
        raise WrongValueError(f'"{value}" is no kind of reward: {NEVER}')
    return value


class RewardLimit(SchemaPart):
    """At most so many times by one person in one local calendar period; `ever` has no end."""

    times: Many = Field(description="how many times, like 1")
    per: Annotated[RewardPeriod, one_of(RewardPeriod)] = Field(description="day, week, month, quarter, year or ever")


class Audience(SchemaPart):
    """Who sees a reward; what is left open is open to all. Of `tiers`, the person's own or their account's counts."""

    roles: tuple[Annotated[Role, one_of(Role)], ...] = ()
    tiers: tuple[Key, ...] = ()
    accounts: tuple[Key, ...] = ()
    vip: StrictBool = False

    @model_serializer(mode="wrap")
    def _said_only(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in serialize(self).items() if value}


class Approval(SchemaPart):
    """A request that costs more than `above` waits for an account manager; any other is approved at once."""

    above: UpTo = Field(description="up to how many points it is approved by itself, like 300")


class Reward(SchemaPart):
    """What points become. `cost` is in points; `value` is what it costs the vendor to give, in its own currency.

    `approval` None: an account manager always decides. `fulfilled` says whether somebody still does something for it.
    `stock` is a first value, for all clients together; None is as many as are asked for.
    """

    key: Key = Field(description="a short name of its own, like advanced")
    kind: Annotated[RewardKind, one_of(RewardKind), BeforeValidator(_no_money)] = Field(
        description="one of the kinds, like training_seat"
    )
    name: Title = Field(description="what people call it, like Advanced reporting")
    worth: LocalizedText = Field(description="what it is worth to somebody's work, in words")
    cost: Cost = Field(description="how many points it takes, like 400")
    value: Amount = Field(description="what it costs the vendor to give, like 90; at most `value_cap`")
    stock: Many | None = None
    limit: RewardLimit | None = None
    for_: Audience = Field(default=Audience(), alias="for")
    paid_by: Annotated[Receiver, one_of(Receiver)] = "person"
    approval: Approval | None = None
    wait: Wait = dt.timedelta(days=14)
    fulfilled: Annotated[Fulfilment, one_of(Fulfilment)] = "by_hand"
    gives: LocalizedText | None = None
    """What somebody is told once it is theirs: where to click, what happens next."""


class Gifts(SchemaPart):
    """What an account manager may give one account's people in a calendar month, in points; None is nothing."""

    monthly: Given | None = None
