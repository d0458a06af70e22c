"""One's own points: how they stand, and where each came from."""

import datetime as dt
from collections.abc import Sequence

from loyalty.overview.goal_progress import GoalProgress
from loyalty.overview.hints import Hint
from loyalty.overview.overview import Ahead, Overview
from loyalty.points.entries import Entry
from messages.actions import PointsAction
from messages.actions import SettingsAction as Settings
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, section
from messages.kit.event_names import spoken
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.points import expiry
from messages.points.reasons import quoted_reason
from messages.rewards import links
from messages.tiers import progress


def overview_message(reader: Reader, overview: Overview, *, now: dt.datetime) -> Message:
    """Return how somebody stands."""
    return message(
        section(join_text(overview_lines(reader, overview, now=now))),
        buttons(
            Button(label=reader.label("Why these points"), action=PointsAction.WHY),
            links.rewards_button(reader),
            Button(label=reader.label("My settings"), action=Settings.SETTINGS),
            Button(label=reader.label("What you can ask"), action=PointsAction.HELP),
        ),
        context(reader.say("Only you see this.")),
    )


def overview_lines(reader: Reader, overview: Overview, *, now: dt.datetime) -> list[Mrkdwn]:
    """Return a standing as lines of text."""
    if overview.latest is None:
        none = reader.say("*No points yet.* They come by themselves when you use the product; nothing to do here.")
        return [none, *progress.tier_lines(reader, overview.tier)]
    lines = [_balance(reader, overview)]
    if overview.owed:
        lines.append(
            reader.count(
                "{n} point that was taken back is still missing: what comes next goes there first.",
                "{n} points that were taken back are still missing: what comes next goes there first.",
                overview.owed,
            )
        )
    if overview.goal is not None:
        lines.append(_saving(reader, overview.goal))
    if overview.expiring is not None:
        lines.append(expiry.expiry_line(reader, overview.expiring))
    if overview.ahead is not None:
        lines.append(_ahead(reader, overview.ahead))
    lines += progress.tier_lines(reader, overview.tier)
    lines.append(_latest(reader, overview.latest, now))
    return lines


def _balance(reader: Reader, overview: Overview) -> Mrkdwn:
    to_spend = reader.count("*{n} point to spend*", "*{n} points to spend*", overview.balance)
    if overview.this_week <= 0:
        return reader.say("{to_spend}, none earned yet this week.", to_spend=to_spend)
    return reader.say("{to_spend}, {earned} earned this week.", to_spend=to_spend, earned=overview.this_week)


def _ahead(reader: Reader, ahead: Ahead) -> Mrkdwn:
    badge = ahead.badge.get(reader.language) if ahead.badge else ahead.milestone
    if ahead.hint is None:
        return reader.count("{n} to go to *{badge}*.", "{n} to go to *{badge}*.", ahead.to_go, badge=badge)
    return reader.count(
        "{n} to go to *{badge}*: for instance {hint}.",
        "{n} to go to *{badge}*: for instance {hint}.",
        ahead.to_go,
        badge=badge,
        hint=_hint(reader, ahead.hint),
    )


def _saving(reader: Reader, goal: GoalProgress) -> Mrkdwn:
    reward = goal.reward.name.get(reader.language)
    if not goal.to_go:
        return reader.say("You have the points for *{reward}*.", reward=reward)
    if goal.hint is None:
        return reader.count("{n} to go to *{reward}*.", "{n} to go to *{reward}*.", goal.to_go, reward=reward)
    return reader.count(
        "{n} to go to *{reward}*: for instance {hint}.",
        "{n} to go to *{reward}*: for instance {hint}.",
        goal.to_go,
        reward=reward,
        hint=_hint(reader, goal.hint),
    )


def _hint(reader: Reader, hint: Hint) -> Mrkdwn:
    event = spoken(hint.event)
    if hint.each is None:
        return reader.count("{event}, once", "{event}, {n} times", hint.times, event=event)
    return reader.count(
        "{event} with a {each} that is new to you",
        "{event}, {n} times, each with another {each} that is new to you",
        hint.times,
        event=event,
        each=spoken(hint.each),
    )


def _latest(reader: Reader, entry: Entry, now: dt.datetime) -> Mrkdwn:
    return reader.say(
        "Latest: {what}, {points}, {when}.",
        what=entry_text(reader, entry),
        points=reader.signed(entry.points),
        when=reader.moment(entry.occurred_at, now=now),
    )


def entries_message(reader: Reader, entries: Sequence[Entry], *, more: bool, now: dt.datetime) -> Message:
    """Return where points came from, an entry a line; `more`: whether there are earlier ones."""
    if not entries:
        return message(
            section(reader.say("*Why these points*\nNothing there yet: each point will stand here with its reason.")),
            context(reader.say("Only you see this.")),
        )
    return message(
        section(reader.say("*Why these points*")),
        *(entry_part(reader, entry, now=now) for entry in entries),
        buttons(
            Button(label=reader.label("Earlier entries"), action=PointsAction.WHY, value=entry_position(entries[-1]))
            if more
            else None,
            Button(label=reader.label("History"), action=PointsAction.HISTORY),
            Button(label=reader.label("Statement"), action=PointsAction.STATEMENT),
            Button(label=reader.label("My points"), action=PointsAction.POINTS),
        ),
        context(reader.say("Only you see this.")),
    )


def entry_part(reader: Reader, entry: Entry, *, now: dt.datetime) -> BlockPart:
    """Return one entry with all that explains it: event, rule, version, instant; author and reason of a correction."""
    sentences = [
        reader.say(
            "*{points}* {what}, {when}.",
            points=reader.signed(entry.points),
            what=entry_text(reader, entry),
            when=reader.moment(entry.occurred_at, now=now),
        )
    ]
    if entry.rule is not None:
        sentences.append(reader.say("Rule {rule}, version {version}.", rule=entry.rule, version=entry.version))
    if entry.reversed:
        sentences.append(reader.say("Taken back later."))
    if entry.note is not None:
        sentences.append(quoted_reason(reader, entry.note))
    return section(join_text(sentences, " "))


def entry_text(reader: Reader, entry: Entry) -> Mrkdwn:
    """Return what an entry was, in words: the product's name for it where there is one."""
    if entry.kind == "reverse":
        if entry.event:
            return reader.say("{event}, taken back", event=spoken(entry.event))
        return reader.say("a correction, undone") if entry.points > 0 else reader.say("taken back")
    if entry.kind == "earn" and entry.event is not None:
        return escape(spoken(entry.event))
    return {
        "earn": reader.say("earned; what for was erased"),
        "adjust": reader.say("corrected by hand"),
        "gift": reader.say("a gift"),
        "hold": reader.say("set aside for a request"),
        "release": reader.say("given back after a request"),
        "capture": reader.say("spent"),
        "expire": reader.say("expired"),
    }[entry.kind]


def entry_position(entry: Entry) -> str:
    """Return an entry's place as a button carries it."""
    return f"{entry.local_day.isoformat()}/{entry.id}"
