"""One's history: every entry in a line, page by page; and a month's statement in words."""

import datetime as dt
from collections.abc import Mapping

from leaderboards.periods import start_of
from loyalty.points.entries import Entry, Page
from loyalty.points.monthly_statement import Earned, MonthlyStatement
from messages.actions import PointsAction
from messages.kit.blocks import Button, Message, buttons, context, message, section
from messages.kit.event_names import spoken
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.points.overview import entry_position, entry_text

EARLIER, LATER = "earlier", "later"


def history_message(reader: Reader, page: Page, *, now: dt.datetime) -> Message:
    """Return a page of what came and went, latest first."""
    if not page.entries:
        return message(
            section(reader.say("*History*\nNothing there yet: whatever comes and goes will stand here.")),
            context(reader.say("Only you see this.")),
        )
    first, last = page.entries[0], page.entries[-1]
    return message(
        section(join_text((reader.say("*History*"), *(_line(reader, entry, now) for entry in page.entries)))),
        buttons(
            _turn(reader.label("Earlier"), EARLIER, last) if page.earlier else None,
            _turn(reader.label("Later"), LATER, first) if page.later else None,
            Button(label=reader.label("Why these points"), action=PointsAction.WHY),
            Button(label=reader.label("My points"), action=PointsAction.POINTS),
        ),
        context(reader.say("Only you see this.")),
    )


def _turn(label: str, way: str, entry: Entry) -> Button:
    return Button(label=label, action=PointsAction.HISTORY, value=f"{way} {entry_position(entry)}", key=way)


def _line(reader: Reader, entry: Entry, now: dt.datetime) -> Mrkdwn:
    told = reader.say(
        "{when}: *{points}* {what}",
        when=reader.moment(entry.occurred_at, now=now),
        points=reader.signed(entry.points),
        what=entry_text(reader, entry),
    )
    return reader.say("{told} (taken back later)", told=told) if entry.reversed else told


def statement_message(reader: Reader, month: MonthlyStatement, events: Mapping[str, str], *, today: dt.date) -> Message:
    """Return a month in words; `events` are the events' names by the rules' keys."""
    this = start_of("month", today)
    before = start_of("month", month.start - dt.timedelta(days=1))
    return message(
        section(_title(reader, month, this)),
        section(join_text(_statement_lines(reader, month, events))),
        section(_balance(reader, month, this)),
        buttons(
            _month(reader.label("The month before"), before, "before") if month.earlier else None,
            _month(reader.label("This month"), this, "this") if month.start != this else None,
            Button(label=reader.label("History"), action=PointsAction.HISTORY),
            Button(label=reader.label("My points"), action=PointsAction.POINTS),
        ),
        context(reader.say("Only you see this.")),
    )


def _month(label: str, start: dt.date, key: str) -> Button:
    return Button(label=label, action=PointsAction.STATEMENT, value=start.isoformat(), key=key)


def _title(reader: Reader, month: MonthlyStatement, this: dt.date) -> Mrkdwn:
    name = reader.month(month.start)
    return reader.say("*{month}, so far*", month=name) if month.start == this else reader.say("*{month}*", month=name)


def _statement_lines(reader: Reader, month: MonthlyStatement, events: Mapping[str, str]) -> list[Mrkdwn]:
    earned = sum(each.points for each in month.earned)
    told = [
        reader.count("Earned: {n} point.", "Earned: {n} points.", earned)
        if month.earned
        else reader.say("Nothing earned.")
    ]
    told += [_earned(reader, each, events) for each in month.earned]
    if month.gifts:
        told.append(reader.say("Given to you: {points}.", points=month.gifts))
    if month.corrected:
        told.append(reader.say("Corrected: {points}.", points=reader.signed(month.corrected)))
    if month.spent > 0:
        told.append(reader.say("Spent: {points}.", points=month.spent))
    if month.spent < 0:
        told.append(reader.say("Given back after requests: {points}.", points=-month.spent))
    if month.expired:
        told.append(reader.say("Expired: {points}.", points=month.expired))
    return told


def _earned(reader: Reader, each: Earned, events: Mapping[str, str]) -> Mrkdwn:
    event = spoken(events.get(each.rule, each.rule))
    return reader.count(
        "• {event}, once: {points}", "• {event}, {n} times: {points}", each.times, event=event, points=each.points
    )


def _balance(reader: Reader, month: MonthlyStatement, this: dt.date) -> Mrkdwn:
    if month.start == this:
        return reader.say("Before: {before}. Now: {after}.", before=month.before, after=month.after)
    return reader.say("Before: {before}. At the end: {after}.", before=month.before, after=month.after)
