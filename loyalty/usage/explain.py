"""What usage would earn, rule by rule: it is recorded as always, in a transaction that is rolled back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session

from loyalty.accounts.accounts import by_id
from loyalty.programme import ReadyRule
from loyalty.programme.versions import InForce, in_force
from loyalty.usage.record import Award, Outcome, Recorded, RefusedEvent, Replayed, UsageEvent, record_usage
from storage.tables import Account


@dataclass(frozen=True, slots=True)
class Explained:
    """What would become of an event, every rule for events of its name, and why it would earn nothing at all."""

    outcome: Outcome
    rules: tuple[Award, ...] = ()
    reason: str = ""


def explain_usage(
    session: Session, account_id: int, events: Sequence[UsageEvent], *, now: dt.datetime
) -> list[Explained]:
    """Return what would become of one account's events, one after the other, if they came over the API now.

    It records them: call it by `Database.dry_run`, which rolls everything back.
    """
    account = by_id(session, account_id)
    programme = in_force(session)
    outcomes = record_usage(session, account, events, in_force=programme, now=now, door="api")
    return [_explained(account, programme, *pair) for pair in zip(events, outcomes, strict=True)]


def _explained(account: Account, programme: InForce, event: UsageEvent, outcome: Outcome) -> Explained:
    if isinstance(outcome, RefusedEvent):
        return Explained(outcome, reason=outcome.reason)
    if isinstance(outcome, Replayed):
        return Explained(outcome, reason="on record already: it would change nothing")
    if outcome.counted:
        return Explained(outcome, reason=f"before {account.invited}, when the account was invited: only counted by day")
    if outcome.excluded:
        return Explained(outcome, reason="the programme excludes this person")
    rules = _explain_rules(account, programme, event, outcome)
    return Explained(outcome, rules, "" if rules else f"no rule is for events of the name {event.name!r}")


def _explain_rules(account: Account, programme: InForce, event: UsageEvent, outcome: Recorded) -> tuple[Award, ...]:
    awards = {award.rule: award for award in outcome.awards}
    day = event.occurred_at.astimezone(ZoneInfo(account.timezone)).date()
    return tuple(
        awards.get(ready.rule.key) or Award(ready.rule.key, 0, ready.rule.to, _why_not(ready, account, event, day))
        for ready in programme.book.rules(event.name)
    )


def _why_not(ready: ReadyRule, account: Account, event: UsageEvent, day: dt.date) -> str:
    rule = ready.rule
    if rule.accounts and account.key not in rule.accounts:
        return "it is for other accounts"
    if rule.cohort is not None and rule.cohort != account.cohort:
        return f"it is for the cohort {rule.cohort} only"
    if rule.from_ is not None and day < rule.from_:
        return f"it begins on {rule.from_}, and the event is of {day} in {account.timezone}"
    if rule.until is not None and day >= rule.until:
        return f"it ended before {rule.until}, and the event is of {day} in {account.timezone}"
    wanting = ", ".join(f"`{name}`" for name in ready.wanting(event.properties))
    return f"its `where` wants something else of {wanting}"
