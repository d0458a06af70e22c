"""From a request's JSON to what became of its events: each read, held to its secret, recorded account by account."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from handlers.formats import FormatError, read_item
from handlers.formats.checks import id_or_none
from handlers.usage_answers import Answer, Result
from loyalty.receiving import account_ids, receive
from loyalty.usage import Outcome, RefusedEvent, UsageEvent
from loyalty.usage_secrets import Secret
from storage.session import OPERATOR, Database

MOST = 1_000
"""Events of one request."""


class BatchError(Exception):
    """What was sent is no event and no list of them."""


class TooManyError(BatchError):
    """More events than a request may have."""


class _Placed(NamedTuple):
    """An event, and where it stands in the request."""

    place: int
    event: UsageEvent


def items(value: Any) -> list[Any]:
    """Return the events of a request's JSON: itself, or each of the list. Errors: `BatchError`."""
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise BatchError("is no event: right is a JSON object, or a list of them")
    if len(value) > MOST:
        raise TooManyError(f"has {len(value):,} events: right is {MOST:,} at most")
    return value


def record(database: Database, secret: Secret, given: list[Any], now: dt.datetime) -> Answer:
    """Record a request's events and return what became of each, in the order given."""
    results = [Result(outcome="refused")] * len(given)
    accounts: dict[str, list[_Placed]] = {}
    for place, value in enumerate(given):
        try:
            event = _readable(value, secret)
        except FormatError as error:
            results[place] = Result(id=_id(value), outcome="refused", reason=str(error))
        else:
            accounts.setdefault(event.account, []).append(_Placed(place, event))
    for placed, outcomes in _by_account(database, accounts, now):
        for (place, event), outcome in zip(placed, outcomes, strict=True):
            results[place] = Result.of(event.id, outcome)
    return Answer.of(results)


def _readable(value: Any, secret: Secret) -> UsageEvent:
    event = read_item(value)
    if not secret.speaks_for(event.account):
        # The same words whether there is such an account or not: that is nobody else's business.
        raise FormatError(f"this secret does not speak for the account {event.account!r}")
    return event


def _by_account(
    database: Database, accounts: dict[str, list[_Placed]], now: dt.datetime
) -> Iterator[tuple[list[_Placed], Sequence[Outcome]]]:
    """Record each account's events in a transaction of its own."""
    ids = database.read(OPERATOR, lambda session: account_ids(session, accounts.keys()))
    for key, placed in accounts.items():
        if key not in ids:
            yield placed, [RefusedEvent(f"there is no account {key!r}: the programme file lists them")] * len(placed)
            continue
        events = [event for _, event in placed]
        yield placed, database.write({ids[key]}, partial(receive, account_id=ids[key], events=events, now=now))


def _id(value: Any) -> str:
    """Return the id of what could not be read, where it has one that could be kept."""
    return id_or_none(value.get("id") or value.get("messageId")) if isinstance(value, dict) else ""
