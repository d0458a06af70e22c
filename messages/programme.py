"""The programme's rules in plain words: what earns, how often, and what there is to reach."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from babel.dates import format_timedelta

from loyalty.programme import (
    Condition,
    Count,
    Distinct,
    Limit,
    Milestone,
    OnceEach,
    PerUnit,
    Points,
    Rule,
    Streak,
    TeamPoints,
)
from messages.actions import PointsAction as Mine
from messages.kit.blocks import Button, Message, buttons, context, message, section
from messages.kit.event_names import spoken, titled
from messages.kit.reader import Mrkdwn, Reader, escape, join_text

MAX_SECTION_LINES = 20
"""How many rules stand in one section, which holds 3,000 characters."""

UNITS: tuple[tuple[Literal["day", "hour", "minute", "second"], int], ...] = (
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
    ("second", 1),
)


def rules_message(
    reader: Reader, name: str, earning: Sequence[Rule], milestones: Sequence[Milestone], *, rewards: bool = False
) -> Message:
    """Return the rules that hold for an account; `name` is the programme's, `rewards` whether it has any."""
    earned = [rule_line(reader, rule) for rule in earning]
    ahead = [milestone_line(reader, milestone) for milestone in milestones if milestone.badge is not None]
    return message(
        section(reader.say("*{name}: what earns points*", name=name)),
        *(section(join_text(earned[at : at + MAX_SECTION_LINES])) for at in range(0, len(earned), MAX_SECTION_LINES)),
        section(join_text((reader.say("*Badges on the way*"), *ahead[:MAX_SECTION_LINES]))) if ahead else None,
        section(
            reader.say(
                "Points become rewards that help you in your work. None of them is money, or can be turned into money."
            )
        )
        if rewards
        else None,
        section(
            reader.say(
                "Points are a thank-you, never money. Nobody sees yours unless you choose so, and nobody is ever shown"
                " last. Each point says where it came from; a mistake is taken back with its reason, never hidden."
            )
        ),
        buttons(Button(label=reader.label("My points"), action=Mine.POINTS)),
        context(reader.say("Only you see this.")),
    )


def rule_line(reader: Reader, rule: Rule) -> Mrkdwn:
    """Return one rule as a line."""
    more = [
        *_limit(reader, rule.limit),
        *_once(reader, rule),
        *([reader.say("not twice within {time}", time=_time(reader, rule.cooldown))] if rule.cooldown else []),
        *(_where(reader, name, condition) for name, condition in rule.where.items()),
        *([reader.say("until {day}", day=reader.date(rule.until - dt.timedelta(days=1)))] if rule.until else []),
    ]
    line = reader.say("• {event}: {worth}", event=titled(rule.event), worth=_worth(reader, rule))
    return join_text((line, *more), ", ")


def _worth(reader: Reader, rule: Rule) -> Mrkdwn:
    points = rule.points
    if isinstance(points, PerUnit):
        worth = reader.count("{n} point", "{n} points", points.worth)
        worth_text = reader.say(
            "{worth} for every {each} {of}", worth=worth, each=_number(reader, points.each), of=spoken(points.of)
        )
        limit = points.at_most
        worth_text = (
            reader.say("{told}, at most {most} at a time", told=worth_text, most=limit)
            if limit is not None
            else worth_text
        )
    else:
        worth_text = reader.count("{n} point", "{n} points", points)
    return reader.say("{told} for the whole team", told=worth_text) if rule.to == "pool" else worth_text


def _limit(reader: Reader, limit: Limit | None) -> list[Mrkdwn]:
    if limit is None:
        return []
    per = {"day": reader.say("a day"), "week": reader.say("a week"), "month": reader.say("a month")}[limit.per]
    if limit.times is not None:
        return [reader.count("at most once {per}", "at most {n} times {per}", limit.times, per=per)]
    return [reader.count("at most {n} point {per}", "at most {n} points {per}", limit.points or 0, per=per)]


def _once(reader: Reader, rule: Rule) -> list[Mrkdwn]:
    if isinstance(rule.once, OnceEach):
        return [reader.say("once for each {property}", property=spoken(rule.once.each))]
    return [reader.say("the first time")] if rule.once else []


def _where(reader: Reader, name: str, condition: Condition | str | float) -> Mrkdwn:
    if not isinstance(condition, Condition):
        return reader.say("where {property} is {value}", property=spoken(name), value=_plain(condition))
    conditions = []
    if condition.in_ is not None:
        values: Mrkdwn = join_text((escape(_plain(value)) for value in condition.in_), " / ")
        conditions.append(reader.say("where {property} is {value}", property=spoken(name), value=values))
    if condition.at_least is not None:
        conditions.append(
            reader.say(
                "where {property} is at least {value}", property=spoken(name), value=_number(reader, condition.at_least)
            )
        )
    if condition.at_most is not None:
        conditions.append(
            reader.say(
                "where {property} is at most {value}", property=spoken(name), value=_number(reader, condition.at_most)
            )
        )
    if condition.exists is not None:
        conditions.append(
            reader.say("where {property} is given", property=name)
            if condition.exists
            else reader.say("where {property} is not given", property=name)
        )
    return join_text(conditions, ", ")


def _number(reader: Reader, value: float | Decimal) -> str:
    return reader.number(int(value)) if value == int(value) else str(value)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _time(reader: Reader, length: dt.timedelta) -> str:
    """Return a length of time in the largest unit that says it exactly."""
    seconds = round(length.total_seconds())
    unit = next(unit for unit, size in UNITS if seconds % size == 0)
    return format_timedelta(length, granularity=unit, threshold=seconds + 1, locale=reader.locale)


def milestone_line(reader: Reader, milestone: Milestone) -> Mrkdwn:
    """Return one milestone as a line."""
    badge = milestone.badge.get(reader.language) if milestone.badge else milestone.key
    return reader.say("• {badge}: {what}", badge=badge, what=_goal(reader, milestone))


def _goal(reader: Reader, milestone: Milestone) -> Mrkdwn:
    match milestone.when:
        case Points(points=points):
            return reader.count("{n} point", "{n} points", points)
        case Count(count=count, of=event):
            return reader.count("{event}, once", "{event}, {n} times", count, event=spoken(event))
        case Distinct(distinct=distinct, of=of, event=event):
            return reader.count(
                "{event} with any {property}",
                "{event}, {n} times, each with another {property}",
                distinct,
                event=spoken(event),
                property=spoken(of),
            )
        case Streak(streak=streak):
            return reader.count("points on {n} working day", "points on {n} working days in a row", streak)
        case TeamPoints(team_points=together_):
            return reader.count("{n} point together", "{n} points together", together_)
