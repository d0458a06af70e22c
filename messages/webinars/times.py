"""When a webinar is, in words: on the clock of one reader, or of a whole channel."""

import datetime as dt
from zoneinfo import ZoneInfo

from loyalty.webinars.details import WebinarFacts
from messages.kit.reader import Mrkdwn, Reader


def own_time(reader: Reader, facts: WebinarFacts) -> Mrkdwn:
    """Return when it is on one reader's clock: Thursday 20 March, 15:00–15:30 (Warsaw, your time)."""
    time = span(reader, facts.starts_at, facts.ends_at)
    return reader.say("{time} ({city}, your time)", time=time, city=reader.city(reader.timezone))


def account_time(reader: Reader, facts: WebinarFacts) -> Mrkdwn:
    """Return when it is on an account's clock: Thursday 20 March, 15:00–15:30 (Warsaw)."""
    time = span(reader, facts.starts_at, facts.ends_at)
    return reader.say("{time} ({city})", time=time, city=reader.city(reader.timezone))


def shown_time(reader: Reader, facts: WebinarFacts) -> Mrkdwn:
    """Return when it is as Slack shows it to each reader, on their own clock; else as `account_time`."""
    fallback = account_time(reader, facts)
    return Mrkdwn(f"<!date^{int(facts.starts_at.timestamp())}^{{date_long}}, {{time}}|{fallback}>")


def span(reader: Reader, first: dt.datetime, last: dt.datetime) -> Mrkdwn:
    """Return a time from its beginning to its end, on the reader's clock."""
    zone = ZoneInfo(reader.timezone)
    starts, ends = first.astimezone(zone), last.astimezone(zone)
    until = Mrkdwn(f"{ends:%H:%M}") if starts.date() == ends.date() else moment(reader, last)
    return Mrkdwn(f"{moment(reader, first)}–{until}")


def moment(reader: Reader, at: dt.datetime) -> Mrkdwn:
    """Return an instant ahead with its weekday, on the reader's clock: Thursday 20 March, 15:00."""
    local = at.astimezone(ZoneInfo(reader.timezone))
    return reader.say("{day}, {time}", day=reader.weekday(local.date()), time=Mrkdwn(f"{local:%H:%M}"))
