"""Shoutouts: which milestones and tiers are told in the account's channels, when, and who is named.

Nobody is named who did not choose it. That is asked twice: when the milestone is reached, so that nothing waits for
somebody who wants no shoutout, and when the message leaves, because one may change one's mind in between. In mode
`private` nobody is named at all. What is reached together, an account's own tier too, names nobody, so it is told in
every mode.

A channel's first shoutout of a day goes at once, later ones gather into one post. What falls into quiet hours gathers
into the first post of the next loud day.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlmodel import Session, col

from leaderboards.periods import ALWAYS, at
from loyalty.accounts.channels import channels_of
from loyalty.notifications.contact_policy import channel_hold, quiet_hours_end
from loyalty.notifications.outbox_messages import channel_message
from loyalty.people.eligibility import is_eligible
from loyalty.programme import Count, LocalizedText, Milestone, Points, Programme, TeamPoints
from loyalty.programme.versions import in_force
from loyalty.tier_rules import effective, tier_index, tiers_of
from storage import outbox
from storage.outbox import Claimed, Drop, Later
from storage.tables import Account, Channel, Member, Person, Reached, TeamScore, TierHeld, Usage

SHOUTOUT_KIND = "shoutout"
SHOUTOUT_NEWS_FOR = dt.timedelta(days=1)
"""How long a shoutout is good for."""
_DAYS_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """What the account's people have together so far: points, or uses of `event`."""

    count: int
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shoutout:
    """One milestone to be told. `name` is None where all reached it together."""

    reached_id: int
    milestone: str
    name: str | None
    badge: LocalizedText | None
    says: LocalizedText | None
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Raised:
    """A tier that somebody holds by now, what it is called and what it brings. `name` is None for the account's own."""

    name: str | None
    tier: LocalizedText | None
    key: str
    benefits: tuple[LocalizedText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoutoutFacts:
    """What a shoutout says: milestones in the order they were reached, then tiers, in the account's language."""

    account_id: int
    account: str
    language: str
    timezone: str
    shoutouts: tuple[Shoutout, ...]
    raised: tuple[Raised, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A post that a channel may have: its local day, which of that day's, when it leaves. `alone`: it takes one."""

    day: dt.date
    place: Literal["first", "gathered"]
    due_at: dt.datetime
    alone: bool = False


def announce_shoutouts(
    session: Session, account_id: int, programme: Programme, reached: Sequence[Reached], now: dt.datetime
) -> None:
    """Write what of these newly reached milestones is news into the outbox, for each of the account's channels.

    Wants the account's lock (`storage.account_lock`), so that two batches never gather at once.
    """
    news = [row for row in reached if row.announced]
    if not news:
        return
    account = session.get_one(Account, account_id)
    named = _people_to_name(session, account, {row.person_id for row in news if row.person_id is not None})
    ids = sorted(row.id for row in news if row.person_id is None or row.person_id in named)
    _announce_in_channels(session, account, programme, "reached", ids, now)


def announce_tiers(
    session: Session,
    account_id: int,
    programme: Programme,
    raised: Sequence[tuple[int, str, int | None]],
    now: dt.datetime,
) -> None:
    """Write who was raised into the outbox, as milestones are.

    `raised`: the id of each holding's row, the tier's key, and the person's id, None for the account's own.

    Wants the account's lock.
    """
    if not raised:
        return
    account = session.get_one(Account, account_id)
    named = _people_to_name(session, account, {person_id for _, _, person_id in raised if person_id is not None})
    to_announce = [[row, tier] for row, tier, person_id in raised if person_id is None or person_id in named]
    _announce_in_channels(session, account, programme, "tiers", to_announce, now)


def _announce_in_channels(
    session: Session, account: Account, programme: Programme, field: str, items: Sequence[Any], now: dt.datetime
) -> None:
    for channel in channels_of(session, account.id or 0) if items else ():
        _gather_into_slots(session, channel, field, items, list(slots(programme, now, ZoneInfo(account.timezone))), now)


def slots(programme: Programme, now: dt.datetime, zone: ZoneInfo) -> Iterator[Slot]:
    """Yield the posts that may take a shoutout reached now, the soonest first."""
    contact, gather_at = programme.contact, programme.shoutouts.gather_at
    first = quiet_hours_end(contact, now, zone)
    today = first.astimezone(zone).date()
    yield Slot(today, "first", first, alone=first == now)
    for day in (today + dt.timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)):
        morning = quiet_hours_end(contact, at(day, dt.time(0), zone), zone)
        if day > today and morning.astimezone(zone).date() == day:
            yield Slot(day, "first", morning)
        gathered = quiet_hours_end(contact, at(day, gather_at, zone), zone)
        if gathered > first and gathered.astimezone(zone).date() == day:
            yield Slot(day, "gathered", gathered)


def shoutout_facts(session: Session, claimed: Claimed, now: dt.datetime) -> ShoutoutFacts | Drop | Later:
    """Return what a shoutout says that is about to leave, or why it does not leave, or not now."""
    account_id = claimed.account_id
    account = session.get_one(Account, account_id)
    programme = in_force(session).programme
    if (hold := channel_hold(session, claimed, now)) is not None:
        return hold
    milestones = {milestone.key: milestone for milestone in programme.milestones}
    shoutouts = tuple(
        _shoutout(session, milestones[row.milestone], row, name)
        for row, name in _reached_to_announce(session, account, claimed.message.subject.get("reached", ()))
        if row.milestone in milestones
    )
    raised = _raised_to_announce(session, account, programme, claimed.message.subject.get("tiers", ()), now)
    if not (shoutouts or raised):
        return Drop("nobody of them may be named any more")
    return ShoutoutFacts(
        account_id=account_id,
        account=account.name,
        language=account.language,
        timezone=account.timezone,
        shoutouts=shoutouts,
        raised=raised,
    )


def _gather_into_slots(
    session: Session,
    channel: Channel,
    field: str,
    items: Sequence[Any],
    slots_in_order: Sequence[Slot],
    now: dt.datetime,
) -> None:
    """Put milestones or tiers into the first slots that still take them."""
    for slot in slots_in_order:
        fitting = items[:1] if slot.alone else items
        if fitting and _put_into_slot(session, channel, slot, field, fitting, now):
            items = items[len(fitting) :]


def _put_into_slot(
    session: Session, channel: Channel, slot: Slot, field: str, items: Sequence[Any], now: dt.datetime
) -> bool:
    message = channel_message(
        channel,
        key=f"shoutouts/{channel.id}/{slot.day}/{slot.place}",
        kind=SHOUTOUT_KIND,
        subject={field: list(items)},
        due_at=slot.due_at,
        good_for=SHOUTOUT_NEWS_FOR,
    )
    if outbox.put_message(session, channel.account_id, [message], now=now):
        return True
    return not slot.alone and outbox.extend(session, channel.account_id, message.key, field, items)


def _may_be_named(account: Account) -> ColumnElement[bool]:
    if account.mode == "private":
        return false()
    return and_(col(Member.celebrated), is_eligible(Person))


_SAME_PERSON = and_(col(Member.account_id) == col(Person.account_id), col(Member.person_id) == col(Person.id))


def _people_to_name(session: Session, account: Account, people: set[int]) -> set[int]:
    """Return those of the people who want to be named, and may."""
    query = select(col(Person.id)).join(Member, _SAME_PERSON).where(col(Person.account_id) == account.id)
    person_ids = session.execute(query.where(col(Person.id).in_(people), _may_be_named(account))).scalars()
    return set(person_ids)


def _reached_to_announce(session: Session, account: Account, ids: Sequence[int]) -> list[tuple[Reached, str | None]]:
    """Return the reached milestones that may still be told, with the name to say; in order of arrival."""
    person = and_(col(Person.account_id) == col(Reached.account_id), col(Person.id) == col(Reached.person_id))
    rows = session.execute(
        select(Reached, func.coalesce(Person.name, Person.external_id))
        .outerjoin(Person, person)
        .outerjoin(Member, _SAME_PERSON)
        .where(col(Reached.account_id) == account.id, col(Reached.id).in_(ids))
        .where(col(Reached.person_id).is_(None) | _may_be_named(account))
        .order_by(col(Reached.id))
    )
    return [(row, name) for row, name in rows]


def _raised_to_announce(
    session: Session, account: Account, programme: Programme, raised: Collection[Any], now: dt.datetime
) -> tuple[Raised, ...]:
    """Return the tiers that may still be told: held still, or gone beyond."""
    if not raised:
        return ()
    today = now.astimezone(ZoneInfo(account.timezone)).date()
    since: dict[int, str] = dict(raised)
    person = and_(col(Person.account_id) == col(TierHeld.account_id), col(Person.id) == col(TierHeld.person_id))
    rows = session.execute(
        select(TierHeld, func.coalesce(Person.name, Person.external_id))
        .outerjoin(Person, person)
        .outerjoin(Member, _SAME_PERSON)
        .where(col(TierHeld.account_id) == account.id, col(TierHeld.id).in_(since))
        .where(col(TierHeld.person_id).is_(None) | _may_be_named(account))
        .order_by(col(TierHeld.id))
    )
    to_announce = []
    for holding, name in rows:
        tiers = tiers_of(programme, holding.person_id)
        index = tier_index(tiers, effective(holding, today))
        if index >= 0 and index >= tier_index(tiers, since[holding.id]):
            to_announce.append(Raised(name, tiers[index].name, tiers[index].key, tiers[index].benefits))
    return tuple(to_announce)


def _shoutout(session: Session, milestone: Milestone, reached: Reached, name: str | None) -> Shoutout:
    return Shoutout(
        reached_id=reached.id,
        milestone=milestone.key,
        name=name,
        badge=milestone.badge,
        says=milestone.says,
        figure=_figure(session, reached.account_id, milestone),
    )


def _figure(session: Session, account_id: int, milestone: Milestone) -> Figure | None:
    match milestone.when:
        case Count(of=event):
            return Figure(_times_used(session, account_id, event), event)
        case Points() | TeamPoints():
            total = session.get(TeamScore, (account_id, "all", ALWAYS))
            return Figure(total.points) if total else None
        case _:
            return None


def _times_used(session: Session, account_id: int, event: str) -> int:
    """Return how often an account's people used something; by person, so that the index serves."""
    of_people = and_(col(Usage.account_id) == col(Person.account_id), col(Usage.person_id) == col(Person.id))
    counted = select(func.count()).select_from(Person).join(Usage, of_people)
    count = session.execute(
        counted.where(col(Person.account_id) == account_id, col(Person.excluded).is_(False), col(Usage.name) == event)
    )
    return int(count.scalar_one())
