"""What a vendor's programme says, as values that cannot be changed. Names are the file's own (`from_` is its `from`).

A setting's value lives here; its meaning in the file that uses it. A field's description is what an error says where
the field is missing.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, StrictBool, Tag, model_validator

from loyalty.programme.errors import WrongValueError, shown
from loyalty.programme.field_types import (
    Amount,
    Bound,
    Channel,
    Cooldown,
    Day,
    Days,
    Email,
    Expiry,
    Goal,
    Hour,
    Key,
    Language,
    Name,
    Notice,
    Number,
    Pattern,
    Plain,
    PointsGiven,
    Post,
    QuietHours,
    Share,
    Times,
    Unit,
    Zone,
    one_of,
)
from loyalty.programme.localized_text import LocalizedText, Title
from loyalty.programme.schema_base import Receiver, SchemaPart
from loyalty.programme.schema_rewards import Gifts, Reward
from loyalty.programme.schema_tiers import Tiers
from loyalty.programme.times import PostTime, Quiet, read_hour
from loyalty.suggestions import nearest

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Mode = Literal["private", "team", "board"]
LimitPeriod = Literal["day", "week", "month"]
BoardPeriod = Literal["day", "week", "month", "quarter", "year"]
Weekends = Literal["quiet", "open"]


class Settings(SchemaPart):
    """The programme as a whole. `points_expire` None is never; `product` is what the points are earned in."""

    name: Title = Field(description="what its people call it, like Orbit Champions")
    product: Name | None = None
    week_starts: Annotated[Weekday, one_of(Weekday)] = "monday"
    unjoined_days: Days = 30
    points_expire: Expiry = None


class AccountTerms(SchemaPart):
    """A client account. `mode`, `channel`, `managers` and `owners` are first values: later Slack may say otherwise."""

    key: Key = Field(description="the id by which usage names it, like northwind")
    name: Title = Field(description="the company's name, like Northwind")
    timezone: Zone = Field(description="where its days begin, like Europe/Warsaw")
    language: Language = "en"
    mode: Annotated[Mode, one_of(Mode)] = "team"
    channel: Channel | None = None
    managers: tuple[Email, ...] = ()
    owners: tuple[Email, ...] = ()
    cohort: Key | None = None
    yearly_value: Amount | None = None
    invited: Day | None = None


class PerUnit(SchemaPart):
    """Points by a property: `worth` for each full `each` of `of`, at most `at_most` for one event."""

    each: Unit = Field(description="how much of the property makes one step, like 100")
    of: Name = Field(description="the property that is counted, like rows")
    worth: PointsGiven = 1
    at_most: Bound | None = None


class Limit(SchemaPart):
    """At most so many points, or so many times, by one person from one rule in one local calendar period."""

    points: Bound | None = None
    times: Bound | None = None
    per: Annotated[LimitPeriod, one_of(LimitPeriod)] = Field(description="day, week or month")

    @model_validator(mode="after")
    def _points_or_times(self) -> Self:
        if (self.points is None) == (self.times is None):
            raise WrongValueError("either points or times are wanted: {points: 50, per: day} or {times: 3, per: day}")
        return self


class OnceEach(SchemaPart):
    """Once for each value of a property."""

    each: Name = Field(description="the property whose values count once each, like feature")


class Condition(SchemaPart):
    """What a property must be; whatever is said of it must hold together."""

    in_: tuple[Plain, ...] | None = Field(default=None, alias="in")
    at_least: Number | None = None
    at_most: Number | None = None
    exists: StrictBool | None = None


def _plain_or(kind: type[SchemaPart]) -> Discriminator:
    """Return what tells a plain value from a mapping. A model's tag is its name after `a `: no key of a file is so."""
    return Discriminator(
        lambda value: f"a {kind.__name__}" if isinstance(value, dict | SchemaPart) else "a plain value"
    )


class Rule(SchemaPart):
    """What a usage event earns. `until` is the first local day on which it no longer does."""

    key: Key = Field(description="a short name of its own, like report")
    event: Name = Field(description="the usage event's name, like Report Scheduled")
    points: Annotated[
        Annotated[PointsGiven, Tag("a plain value")] | Annotated[PerUnit, Tag("a PerUnit")],
        _plain_or(PerUnit),
    ] = Field(description="how many it gives, like 15 or {each: 100, of: rows, worth: 1, at_most: 20}")
    limit: Limit | None = None
    once: Annotated[
        Annotated[StrictBool, Tag("a plain value")] | Annotated[OnceEach, Tag("a OnceEach")],
        _plain_or(OnceEach),
    ] = False
    cooldown: Cooldown | None = None
    where: dict[
        str,
        Annotated[
            Annotated[Plain, Tag("a plain value")] | Annotated[Condition, Tag("a Condition")],
            _plain_or(Condition),
        ],
    ] = Field(default_factory=dict)
    to: Annotated[Receiver, one_of(Receiver)] = "person"
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    cohort: Key | None = None
    accounts: tuple[Key, ...] = ()


class Points(SchemaPart):
    """A person's all-time score reaches so many points."""

    points: Goal


class Count(SchemaPart):
    """A person's recorded events of one name, paid or not, reach a number."""

    count: Goal
    of: Name = Field(description="the usage event's name, like Report Scheduled")


class Distinct(SchemaPart):
    """A person's recorded events of one name show so many different values of a property."""

    distinct: Goal
    of: Name = Field(description="the property, like feature")
    event: Name = Field(description="the usage event's name, like Feature Used")


class Streak(SchemaPart):
    """A person earns on so many local Mondays to Fridays in a row."""

    streak: Goal


class TeamPoints(SchemaPart):
    """All the account's people and its pool reach so many points together."""

    team_points: Goal


Reached = Points | Count | Distinct | Streak | TeamPoints
_GOALS: dict[str, type[SchemaPart]] = {
    "points": Points,
    "count": Count,
    "distinct": Distinct,
    "streak": Streak,
    "team_points": TeamPoints,
}
_GOAL_FORMS = (
    "{points: 100}, {count: 100, of: Report Scheduled}, {distinct: 5, of: feature, event: Feature Used}, "
    "{streak: 5} or {team_points: 3000}"
)


def _goal(value: Any) -> str:
    kind = type(value) if isinstance(value, SchemaPart) else next(kind for key, kind in _GOALS.items() if key in value)
    return f"a {kind.__name__}"


def _one_goal(value: Any) -> Any:
    if isinstance(value, SchemaPart):
        return value
    if not isinstance(value, dict):
        raise WrongValueError(f"{_GOAL_FORMS} is wanted, not {shown(value)}")
    goals = [key for key in _GOALS if key in value]
    if not goals:
        near = next((guess for guess in (nearest(key, _GOALS) for key in value) if guess), f": write {_GOAL_FORMS}")
        raise WrongValueError(f"it says nothing that can be reached{near}")
    if len(goals) > 1:
        raise WrongValueError(f"one thing to reach is wanted, and {' and '.join(f'`{key}`' for key in goals)} are more")
    return value


class Milestone(SchemaPart):
    """Something worth celebrating, once."""

    key: Key = Field(description="a short name of its own, like first-hundred")
    when: Annotated[
        Annotated[Points, Tag("a Points")]
        | Annotated[Count, Tag("a Count")]
        | Annotated[Distinct, Tag("a Distinct")]
        | Annotated[Streak, Tag("a Streak")]
        | Annotated[TeamPoints, Tag("a TeamPoints")],
        Discriminator(_goal),
        BeforeValidator(_one_goal),
    ] = Field(description=f"what is reached: {_GOAL_FORMS}")
    badge: Title | None = None
    says: LocalizedText | None = None


class Boards(SchemaPart):
    """The board posted in a channel after each period; `post` None is never."""

    post: Post = PostTime(0, read_hour("09:00"))
    period: Annotated[BoardPeriod, one_of(BoardPeriod)] = "week"
    chart: StrictBool = True


class Shoutouts(SchemaPart):
    """When the day's later shoutouts go out together, local time."""

    gather_at: Hour = read_hour("16:00")


class Contact(SchemaPart):
    """When and how often people are written to unasked. `quiet` None is no quiet hours."""

    quiet: QuietHours = Quiet(read_hour("18:00"), read_hour("08:00"))
    weekends: Annotated[Weekends, one_of(Weekends)] = "quiet"
    unasked_per_week: Times = 1


class Webinars(SchemaPart):
    """What holds for all webinars. `min_share` of the length is enough to have come.

    `remind`: how long before the start whoever is coming is reminded, unless a webinar says otherwise; `silent_until`:
    how long before it people are still moved up from the waitlist without being asked.
    """

    min_share: Share = Decimal("0.5")
    remind: Annotated[tuple[Notice, ...], Field(max_length=5)] = (timedelta(days=1), timedelta(minutes=30))
    silent_until: Notice = timedelta(hours=12)


class Exclude(SchemaPart):
    """Who is recorded but earns nothing: patterns of person ids, with `*`, `?` and `[…]`."""

    people: tuple[Pattern, ...] = ()


class Programme(SchemaPart):
    """Everything a programme file says."""

    settings: Settings = Field(alias="programme", description="{name: …}")
    accounts: tuple[AccountTerms, ...] = ()
    earn: tuple[Rule, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    value_cap: Amount | None = None
    """What one reward may cost the vendor at most, for a person."""
    rewards: tuple[Reward, ...] = ()
    tiers: Tiers = Tiers()
    gifts: Gifts = Gifts()
    boards: Boards = Boards()
    shoutouts: Shoutouts = Shoutouts()
    contact: Contact = Contact()
    webinars: Webinars = Webinars()
    exclude: Exclude = Exclude()
