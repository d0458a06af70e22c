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
    entry_line = reader.say(
        "{when}: *{points}* {what}",
        when=reader.moment(entry.occurred_at, now=now),
        points=reader.signed(entry.points),
        what=entry_text(reader, entry),
    )
    return reader.say("{told} (taken back later)", told=entry_line) if entry.reversed else entry_line


def statement_message(reader: Reader, month: MonthlyStatement, events: Mapping[str, str], *, today: dt.date) -> Message:
    """Return a month in words; `events` are the events' names by the rules' keys."""
    this_month = start_of("month", today)
    before = start_of("month", month.start - dt.timedelta(days=1))
    return message(
        section(_title(reader, month, this_month)),
        section(join_text(_statement_lines(reader, month, events))),
        section(_balance(reader, month, this_month)),
        buttons(
            _month(reader.label("The month before"), before, "before") if month.earlier else None,
            _month(reader.label("This month"), this_month, "this") if month.start != this_month else None,
            Button(label=reader.label("History"), action=PointsAction.HISTORY),
            Button(label=reader.label("My points"), action=PointsAction.POINTS),
        ),
        context(reader.say("Only you see this.")),
    )


def _month(label: str, start: dt.date, key: str) -> Button:
    return Button(label=label, action=PointsAction.STATEMENT, value=start.isoformat(), key=key)


def _title(reader: Reader, month: MonthlyStatement, this_month: dt.date) -> Mrkdwn:
    name = reader.month(month.start)
    return (
        reader.say("*{month}, so far*", month=name)
        if month.start == this_month
        else reader.say("*{month}*", month=name)
    )


def _statement_lines(reader: Reader, month: MonthlyStatement, events: Mapping[str, str]) -> list[Mrkdwn]:
    earned = sum(rule_total.points for rule_total in month.earned)
    statement_lines = [
        reader.count("Earned: {n} point.", "Earned: {n} points.", earned)
        if month.earned
        else reader.say("Nothing earned.")
    ]
    statement_lines += [_earned(reader, rule_total, events) for rule_total in month.earned]
    if month.gifts:
        statement_lines.append(reader.say("Given to you: {points}.", points=month.gifts))
    if month.corrected:
        statement_lines.append(reader.say("Corrected: {points}.", points=reader.signed(month.corrected)))
    if month.spent > 0:
        statement_lines.append(reader.say("Spent: {points}.", points=month.spent))
    if month.spent < 0:
        statement_lines.append(reader.say("Given back after requests: {points}.", points=-month.spent))
    if month.expired:
        statement_lines.append(reader.say("Expired: {points}.", points=month.expired))
    return statement_lines


def _earned(reader: Reader, rule_total: Earned, events: Mapping[str, str]) -> Mrkdwn:
    event = spoken(events.get(rule_total.rule, rule_total.rule))
    return reader.count(
        "• {event}, once: {points}",
        "• {event}, {n} times: {points}",
        rule_total.times,
        event=event,
        points=rule_total.points,
    )


def _balance(reader: Reader, month: MonthlyStatement, this_month: dt.date) -> Mrkdwn:
    if month.start == this_month:
        return reader.say("Before: {before}. Now: {after}.", before=month.before, after=month.after)
    return reader.say("Before: {before}. At the end: {after}.", before=month.before, after=month.after)
