"""What a usage event is, and what becomes of it: recorded once, worth what the rules in force say, explained."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session

from loyalty.digests import event_body, event_key, transfer_key
from loyalty.people.people import open_people, refused
from loyalty.points.post import LedgerContext, TransferDraft, post
from loyalty.programme import ReadyRule, Skip
from loyalty.programme.versions import InForce
from loyalty.recognition import milestones
from loyalty.recognition.announce import announce_milestones
from loyalty.recognition.milestones import Completion
from loyalty.usage import limits
from loyalty.usage.reserved import why_reserved
from storage import bulk, ledger
from storage.account_lock import lock_account, next_ids
from storage.tables import Account, Usage, UsageBefore, core

Door = Literal["command", "api", "laurels"]
MAX_AHEAD = dt.timedelta(minutes=5)
"""How far a clock may be ahead of ours."""
MAX_AGE = dt.timedelta(days=90)
"""How old usage may be that comes over the API; a backfill by command knows no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageEvent:
    """One thing that one person did in the product, whatever door it came through.

    `occurred_at` knows its offset. `source` is CloudEvents' source, else empty: never the door or the file's name, so
    that the same event by two doors is one event. Two events are the same one when account, source and id agree, and
    have the same body when person, name, instant and properties do.
    """

    account: str
    person: str
    name: str
    occurred_at: dt.datetime
    id: str
    source: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)


class Award(NamedTuple):
    """What one rule gave for an event, and the reason where it gave nothing, or less than the event was worth."""

    rule: str
    points: int
    to: Literal["person", "pool"]
    reason: str = ""
    skipped: bool = False
    """Whether the event lacked the number, or the value, that the rule goes by."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The event is on record. `excluded`: by the programme; `counted`: from before the invitation, nobody's."""

    awards: tuple[Award, ...] = ()
    excluded: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Replayed:
    """The event was on record already."""


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """The event is not on record, and why."""

    reason: str


Outcome = Recorded | Replayed | RefusedEvent

USAGE = core(Usage)
_COLUMNS = (
    "account_id",
    "id",
    "source_key",
    "body",
    "person_id",
    "name",
    "occurred_at",
    "local_day",
    "recorded_at",
    "door",
    "version",
    "properties",
)
_KNOWN_BODIES = """
    SELECT source_key, (
        SELECT body FROM usage_event AS known
        WHERE known.account_id = given.account_id AND known.source_key = given.source_key
    ) FROM given
"""
_KEY = {"source_key": USAGE.c.source_key.type}


class _New(NamedTuple):
    """An event that is to be recorded, and where it stands in what was given."""

    place: int
    event: UsageEvent
    key: bytes
    body: bytes
    day: dt.date
    counted: bool


def record_usage(
    session: Session,
    account: Account,
    events: Sequence[UsageEvent],
    *,
    in_force: InForce,
    now: dt.datetime,
    door: Door,
) -> list[Outcome]:
    """Record one account's usage events in their order of arrival, and return what became of each.

    Points, scores, milestones and what is to be said of them go in with them, in the transaction handed in. An event
    that is there already is a replay; the same id with another body is refused, as is one from the future.
    """
    assert account.id is not None  # noqa: S101 - read from the database
    lock_account(session, account.id)
    outcomes: list[Outcome | None] = [None] * len(events)
    new = _sort_out(session, account, events, outcomes, now=now, door=door)
    if new:
        _Recording(session, account, account.id, in_force, now, door).go(new, outcomes)
    return [outcome for outcome in outcomes if outcome is not None]


def _sort_out(
    session: Session,
    account: Account,
    events: Sequence[UsageEvent],
    outcomes: list[Outcome | None],
    *,
    now: dt.datetime,
    door: Door,
) -> list[_New]:
    """Return the events to record; for the others, what became of them goes into `outcomes`."""
    account_id: Any = account.id
    zone = ZoneInfo(account.timezone)
    keys = [event_key(event.source, event.id) for event in events]
    rows = bulk.execute(session, account_id, _KEY, [(key,) for key in keys], _KNOWN_BODIES)
    known = {bytes(key): bytes(body) for key, body in rows.all() if body is not None}
    refused_people = refused(session, account_id, {event.person for event in events})
    new, invited = [], account.invited
    for place, (event, key) in enumerate(zip(events, keys, strict=True)):
        body = event_body(event.name, event.person, event.occurred_at, event.properties)
        if key in known:
            outcomes[place] = Replayed() if known[key] == body else RefusedEvent(_OTHER_BODY.format(id=event.id))
        elif reason := _why_not(event, now, door):
            outcomes[place] = RefusedEvent(reason)
        elif event.person in refused_people:
            outcomes[place] = RefusedEvent("this person declined, or asked for erasure: nothing of theirs is recorded")
        else:
            known[key] = body
            day = event.occurred_at.astimezone(zone).date()
            counted = invited is not None and day < invited
            new.append(_New(place=place, event=event, key=key, body=body, day=day, counted=counted))
    return new


_OTHER_BODY = "the id {id} is on record with another body: the first stays; give a new event an id of its own"


def _why_not(event: UsageEvent, now: dt.datetime, door: Door) -> str:
    reserved = "" if door == "laurels" else why_reserved(event.name, event.source)
    return reserved or _too_far(event.occurred_at, now, door)


def _too_far(at: dt.datetime, now: dt.datetime, door: Door) -> str:
    if at > now + MAX_AHEAD:
        latest = now.isoformat(timespec="seconds")
        return f"{at.isoformat()} is in the future: at most 5 minutes ahead of {latest} is taken"
    if door == "api" and at < now - MAX_AGE:
        return f"{at.isoformat()} is more than 90 days ago: import older usage with `laurels usage import`"
    return ""


class _Recording:
    """One batch on its way in: state for the length of one transaction."""

    def __init__(
        self, session: Session, account: Account, account_id: int, in_force: InForce, now: dt.datetime, door: Door
    ) -> None:
        self.session, self.account, self.account_id, self.in_force = session, account, account_id, in_force
        self.account_key, self.cohort = account.key, account.cohort
        self.now, self.door = now, door
        self.usage: list[tuple[Any, ...]] = []
        self.before: Counter[dt.date] = Counter()
        self.moves: list[TransferDraft] = []
        self.completions: list[Completion] = []
        self._in_play: dict[tuple[str, dt.date], tuple[ReadyRule, ...]] = {}

    def go(self, new: Sequence[_New], outcomes: list[Outcome | None]) -> None:
        programme = self.in_force.programme
        own = [item for item in new if not item.counted]
        people = list(dict.fromkeys(item.event.person for item in own))
        self.excluded = {person for person in people if self.in_force.book.excludes(person)}
        self.people = open_people(
            self.session, self.account_id, people, excluded=self.excluded.__contains__, now=self.now
        )
        earning = {self.people[person] for person in people if person not in self.excluded}
        self.wallets = ledger.wallets(self.session, self.account_id, earning)
        days = {item.day for item in own}
        names = {item.event.name for item in own}
        rules = [ready.rule for name in sorted(names) for ready in self.in_force.book.rules(name)]
        scope = limits.BatchScope(earning, days, self._claims(own))
        self.tally = limits.load(self.session, self.account_id, rules, scope, self.in_force.week_starts)
        self.watch = milestones.watch(self.session, self.account_id, programme.milestones, earning, days)
        first = next_ids(self.session, self.account_id, len(new))
        for number, item in enumerate(new, first):
            outcomes[item.place] = self._one(item, number)
        self._write()

    def _claims(self, own: Sequence[_New]) -> set[tuple[int, str, bytes]]:
        """Return the values that rules pay once for, by person and rule."""
        return {
            (self.people[item.event.person], ready.rule.key, key)
            for item in own
            for ready in self.in_force.book.rules(item.event.name)
            if (key := limits.once_key(ready, item.event.properties)) is not None
        }

    def _one(self, item: _New, number: int) -> Recorded:
        event = item.event
        person_id = None if item.counted else self.people[event.person]
        self.usage.append(
            (
                self.account_id,
                number,
                item.key,
                item.body,
                person_id,
                None if item.counted else event.name,
                event.occurred_at,
                item.day,
                self.now,
                self.door,
                self.in_force.number,
                None if item.counted else dict(event.properties),
            )
        )
        if person_id is None:
            self.before[item.day] += 1
            return Recorded(counted=True)
        if event.person in self.excluded:
            return Recorded(excluded=True)
        awards = tuple(
            self._award(ready, item, person_id, number)
            for ready in self._rules(event.name, item.day)
            if ready.holds(event.properties)
        )
        self.watch.saw(person_id, event.name, event.properties)
        self.completions += self.watch.completed(person_id, item.day, number, event.occurred_at)
        return Recorded(awards)

    def _rules(self, name: str, day: dt.date) -> tuple[ReadyRule, ...]:
        """Return the rules for events of one name that are there for the account on a local day."""
        ready_rules = self._in_play.get((name, day))
        if ready_rules is None:
            rules = self.in_force.book.rules(name)
            ready_rules = tuple(ready for ready in rules if ready.applies_to(self.account_key, self.cohort, day))
            self._in_play[name, day] = ready_rules
        return ready_rules

    def _award(self, ready: ReadyRule, item: _New, person_id: int, number: int) -> Award:
        event, day, rule = item.event, item.day, ready.rule
        worth = _worth(ready, event.properties)
        if isinstance(worth, Skip):
            return Award(rule.key, 0, rule.to, worth.reason, skipped=True)
        once_key = limits.once_key(ready, event.properties)
        points, reason = self.tally.remaining(rule, person_id, day, event.occurred_at, once_key, worth)
        if points <= 0:
            return Award(rule.key, 0, rule.to, reason)
        self.tally.record(rule, person_id, day, event.occurred_at, once_key, points)
        to_person = rule.to == "person"
        if to_person:
            self.watch.earned(person_id, day, points)
        else:
            self.watch.pooled(points)
        self.moves.append(
            TransferDraft(
                from_id=self.wallets["issued", None],
                to_id=self.wallets["person", person_id] if to_person else self.wallets["pool", None],
                points=points,
                kind="earn",
                cause_kind="usage",
                cause_id=number,
                source_key=transfer_key(item.key, rule.key),
                occurred_at=event.occurred_at,
                local_day=day,
                person_id=person_id,
                counts_for=rule.to,
                version=self.in_force.number,
                rule=rule.key,
                once_key=once_key,
            )
        )
        return Award(rule.key, points, rule.to, reason)

    def _write(self) -> None:
        bulk.insert_values(self.session, Usage, _COLUMNS, self.usage)
        counts = [
            {"account_id": self.account_id, "local_day": day, "events": events} for day, events in self.before.items()
        ]
        bulk.insert(self.session, UsageBefore, counts, on_conflict=_ADD_TO_COUNT)
        context = LedgerContext(
            account_id=self.account_id,
            account_key=self.account_key,
            week_starts=self.in_force.week_starts,
            now=self.now,
            author="usage",
        )
        if self.moves:
            post(self.session, context, self.moves)
        milestones.keep_values(self.session, self.account_id, self.watch.new_values)
        announce_milestones(self.session, self.account_id, self.completions, in_force=self.in_force, now=self.now)


_ADD_TO_COUNT = "ON CONFLICT (account_id, local_day) DO UPDATE SET events = usage_before.events + excluded.events"


def _worth(ready: ReadyRule, properties: Mapping[str, Any]) -> int | Skip:
    property_name = ready.once_each
    if property_name is not None and properties.get(property_name) is None:
        return Skip(f"`{property_name}` is missing")
    return ready.worth(properties)
