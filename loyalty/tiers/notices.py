"""What is said of a tier in private: that it ends, that it has ended, that somebody chose it.

Of an account's own tier: to its owners and its account managers.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from loyalty.accounts.authors import manager_name
from loyalty.accounts.managers import managers_in_slack
from loyalty.notifications.contact_policy import quiet_hold, quiet_hours_end
from loyalty.notifications.outbox_messages import member_message
from loyalty.notifications.recipients import Recipient, manager_recipient, recipient
from loyalty.programme import Duration, Programme
from loyalty.programme.versions import InForce, in_force
from loyalty.tier_rules import Tier, effective, grace_ends, tier_index, tiers_of
from loyalty.tiers.holdings import TierChange
from loyalty.tiers.qualifying_points import kept_until
from storage import outbox
from storage.outbox import Claimed, Drop, Later
from storage.tables import Member, Person, TierHeld

TIER_KIND = "tier"
TIER_GOOD_FOR = dt.timedelta(days=21)
"""The week's budget may hold it back; as it leaves it is asked whether it is still so."""

Word = Literal["notice", "lost", "ends", "chosen"]
"""Points no longer reach it; it is lost; a choice ends, and with it a tier; an account manager chose it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierFacts:
    """What is said of a tier, by its name or else its key.

    `account` is whose own it is, None for the reader's own. `then`: what is held once it has ended. `until`: the day
    it ends. `to_go` points `over` a time keep it, or bring it back. `reason` and `author` are a choice's; `author`
    None: the operator.
    """

    word: Word
    tier: str
    account: str | None = None
    then: str | None = None
    until: dt.date | None = None
    to_go: int = 0
    over: Duration | None = None
    reason: str | None = None
    author: str | None = None
    product: str
    language: str
    timezone: str


def notify_tier_changes(
    session: Session, account_id: int, programme: Programme, changes: Sequence[TierChange], *, now: dt.datetime
) -> None:
    """Put messages about tiers that are lost, or will be, into the outbox, due once quiet hours are over."""
    for change in changes:
        after, before = change.after, change.before
        match change.what:
            case "notice":
                tier, since = after.held.tier or "", after.held.below_since
            case "ends" if after.chosen is not None:
                tier, since = after.chosen.tier, after.chosen.until
            case "lost":
                tier, since = (before.chosen.tier if before.chosen else before.held.tier) or "", now.date()
            case _:
                continue
        row = after.row or 0
        mark = f"{change.what}/{row}/{tier}/{since}"
        notify_tier_change(
            session, account_id, programme, after.person_id, row=row, word=change.what, tier=tier, mark=mark, now=now
        )


def notify_tier_change(
    session: Session,
    account_id: int,
    programme: Programme,
    person_id: int | None,
    *,
    row: int,
    word: Word,
    tier: str,
    mark: str,
    now: dt.datetime,
) -> None:
    """Put a message about a tier into the outbox for whom it concerns; the same `mark` twice is sent once."""
    for number, (to, reader_id) in enumerate(_tier_readers(session, account_id, person_id)):
        at_once = word == "chosen"
        due_at = now if at_once else quiet_hours_end(programme.contact, now, ZoneInfo(to.timezone))
        message = member_message(
            to,
            reader_id,
            key=f"tier/{mark}" + (f"/{number}" if person_id is None else ""),
            kind=TIER_KIND,
            # Nobody asked for it, but for a choice that was just made, and whoever looks after the account.
            category="answer" if at_once or reader_id is None else "nudge",
            subject={"held": row, "word": word, "tier": tier, "manager": reader_id is None},
            due_at=due_at,
            good_for=TIER_GOOD_FOR,
        )
        outbox.put_message(session, account_id, [message], now=now)


def tier_facts(session: Session, claimed: Claimed, now: dt.datetime) -> TierFacts | Drop | Later:
    """Return what is said of a tier that is about to leave, or why it is not, or not now."""
    account_id, subject = claimed.account_id, claimed.message.subject
    holding = session.get(TierHeld, (account_id, subject["held"]))
    if holding is None:
        return Drop("nothing is held there any more")
    to = next(
        (
            to
            for to, _ in _tier_readers(session, account_id, holding.person_id)
            if to.user_id == claimed.message.user_id
        ),
        None,
    )
    if to is None:
        return Drop("it does not concern them any more")
    force = in_force(session)
    quiet = quiet_hold(force.programme.contact, now, ZoneInfo(to.timezone))
    if subject["word"] != "chosen" and quiet is not None:
        return quiet
    return _tier_facts(session, holding, subject["word"], subject["tier"], force=force, to=to, now=now)


def _tier_facts(
    session: Session, holding: TierHeld, word: Word, key: str, *, force: InForce, to: Recipient, now: dt.datetime
) -> TierFacts | Drop:
    account = by_id(session, holding.account_id)
    today, tiers = now.astimezone(ZoneInfo(account.timezone)).date(), tiers_of(force.programme, holding.person_id)
    index, counts = tier_index(tiers, key), tier_index(tiers, effective(holding, today))
    if index < 0 and key:
        return Drop("the programme has no such tier any more")
    plain = TierFacts(
        word=word,
        tier=called(tiers[index], to.language) if key else "",
        account=account.name if holding.person_id is None else None,
        product=force.product(to.language),
        language=to.language,
        timezone=to.timezone,
    )
    by_points = tier_index(tiers, holding.tier)
    match word:
        case "notice" if holding.below_since is not None and holding.tier == key and counts == index:
            end = grace_ends(holding.below_since, tiers[index])
            to_go = to_keep(session, holding, tiers[index], today, end)
            return replace(plain, until=end, to_go=to_go, over=tiers[index].over)
        case "lost" if counts < index:
            to_go = to_keep(session, holding, tiers[index], today, today)
            then = called(tiers[counts], to.language) if counts >= 0 else None
            return replace(plain, then=then, to_go=to_go, over=tiers[index].over)
        case "ends" if (
            holding.chosen == key and holding.chosen_until and today < holding.chosen_until and by_points < index
        ):
            then = called(tiers[by_points], to.language) if by_points >= 0 else None
            return replace(plain, until=holding.chosen_until, then=then)
        case "chosen" if holding.chosen == key:
            author = manager_name(session, holding.account_id, holding.chosen_by or "")
            return replace(plain, until=holding.chosen_until, reason=holding.reason, author=author)
        case _:
            return Drop("it is not so any more")


def to_keep(session: Session, holding: TierHeld, tier: Tier, today: dt.date, end: dt.date) -> int:
    """Return how many points, earned before `end`, certainly reach a tier again; 0 for one that points never reach."""
    if tier.points is None or tier.over is None:
        return 0
    # What leaves the time it is counted over until then is left out, so that the promise holds on any day.
    kept = kept_until(session, holding.account_id, holding.person_id, tier.over, today, end - dt.timedelta(days=1))
    return max(tier.points - kept, 0)


def called(tier: Tier, language: str) -> str:
    """Return what a tier is called in a language: its name, or its key where it has none."""
    return tier.name.get(language) if tier.name else tier.key


def _tier_readers(session: Session, account_id: int, person_id: int | None) -> Iterator[tuple[Recipient, int | None]]:
    """Yield who is told of a holding, each with their person id, None for account managers."""
    if person_id is not None:
        own = recipient(session, account_id, person_id)
        if own is not None:
            yield own, person_id
        return
    owners = select(Person.id).join(
        Member, (col(Member.account_id) == col(Person.account_id)) & (col(Member.person_id) == col(Person.id))
    )
    for owner in session.exec(
        owners.where(col(Person.account_id) == account_id, col(Person.owner)).order_by(col(Person.id))
    ):
        to = recipient(session, account_id, owner)
        if to is not None:
            yield to, owner
    account = by_id(session, account_id)
    for manager in managers_in_slack(session, account_id):
        yield manager_recipient(manager, account), None
