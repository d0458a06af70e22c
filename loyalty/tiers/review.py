"""Tiers reassessed by the clock: up for whoever earned since the last review, all of an account once a local day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func
from sqlmodel import Session, select

from loyalty.accounts.accounts import zone_of
from loyalty.programme import Programme
from loyalty.programme.versions import InForce, in_force
from loyalty.recognition import shoutouts
from loyalty.tier_rules import reassess, tier_index, tiers_of
from loyalty.tiers import notices, qualifying_points
from loyalty.tiers.holdings import TierChange, TierHolding, keep_holdings, tier_holdings
from loyalty.tiers.qualifying_points import Among
from storage.account_lock import lock_account
from storage.tables import Account, TierReview, Transfer, core

TIER_NEWS_FOR = dt.timedelta(days=1)
"""Whoever would be there without what they earned since then was raised by history: silently."""

TRANSFER = core(Transfer)
_NEWEST = select(func.coalesce(func.max(TRANSFER.c.id), 0)).where(TRANSFER.c.account_id == bindparam("account_id"))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many were raised, how many lost a tier, how many are told that one ends."""

    raised: int = 0
    lost: int = 0
    noticed: int = 0


def is_review_due(session: Session, account_id: int, *, now: dt.datetime) -> bool:
    """Return whether a review is due: points moved, or a local day began, since the last one."""
    tiers = in_force(session).programme.tiers
    if not (tiers.members or tiers.accounts):
        return False
    last_review = session.get(TierReview, account_id)
    if last_review is None or last_review.transfer_id < _newest_transfer(session, account_id):
        return True
    return last_review.day != _today(session, account_id, now)


def review_tiers(session: Session, account_id: int, *, now: dt.datetime) -> Reviewed:
    """Bring an account's tiers up to date, and return what came of it.

    Whoever's points moved since the last review is raised where they reach more. Grace, steps down and choices that
    are over are decided once a local day. An account's first review raises silently.
    """
    lock_account(session, account_id)
    if not is_review_due(session, account_id, now=now):
        return Reviewed()
    programme, today = in_force(session).programme, _today(session, account_id, now)
    last_review, newest = session.get(TierReview, account_id), _newest_transfer(session, account_id)
    if last_review is None:
        _raise_all(session, account_id, programme, today, now)
        _keep_review(session, account_id, newest, today)
        return Reviewed()
    daily, mark = last_review.day != today, last_review.transfer_id
    changes = _changes(session, account_id, programme, today, "changed or holding" if daily else "changed", mark)
    kept = keep_holdings(session, account_id, changes if daily else _upwards(changes, programme), now=now)
    _announce_raised(session, account_id, programme, kept, mark, now)
    notices.notify_tier_changes(session, account_id, programme, kept, now=now)
    _keep_review(session, account_id, newest, today)
    return _count_changes(kept)


def mark_tiers(session: Session, account: Account, new: InForce, old: InForce | None, *, now: dt.datetime) -> None:
    """Raise silently whoever holds more as a programme with other tiers comes into force."""
    tiers, account_id = new.programme.tiers, account.id
    if account_id is None or tiers == (old.programme.tiers if old else None) or not (tiers.members or tiers.accounts):
        return
    lock_account(session, account_id)
    today = now.astimezone(ZoneInfo(account.timezone)).date()
    _raise_all(session, account_id, new.programme, today, now)
    last_review = session.get(TierReview, account_id)
    _keep_review(
        session, account_id, _newest_transfer(session, account_id), today if last_review is None else last_review.day
    )


def _raise_all(session: Session, account_id: int, programme: Programme, today: dt.date, now: dt.datetime) -> None:
    changes = _changes(session, account_id, programme, today, "everyone", 0)
    keep_holdings(session, account_id, _upwards(changes, programme), now=now)


def _changes(
    session: Session, account_id: int, programme: Programme, today: dt.date, among: Among, mark: int
) -> list[TierChange]:
    """Return what changes for whom, the account itself first."""
    tiers = programme.tiers
    people = qualifying_points.by_person(session, account_id, tiers.members, today, among=among, mark=mark)
    together = {
        over: qualifying_points.team_total(session, account_id, over, today)
        for over in qualifying_points.lengths(tiers.accounts)
    }
    holdings = tier_holdings(session, account_id, changed_since=mark if among == "changed" else None)
    changes = []
    for person_id in (None, *sorted({*people, *(each for each in holdings if each is not None)})):
        before, points = (
            holdings.get(person_id, TierHolding(person_id)),
            together if person_id is None else people.get(person_id, {}),
        )
        held, chosen, what = reassess(before.held, before.chosen, points, tiers_of(programme, person_id), today)
        after = before._replace(held=held, chosen=chosen)
        if after != before or what is not None:
            changes.append(TierChange(before, after, points, what))
    return changes


def _upwards(changes: Sequence[TierChange], programme: Programme) -> list[TierChange]:
    """Return what leads up, or back to where one was: the rest waits for the day's whole review."""
    return [change for change in changes if change.after.held.below_since is None and _rise(change, programme) >= 0]


def _rise(change: TierChange, programme: Programme) -> int:
    """Return by how many tiers points lead up."""
    tiers = tiers_of(programme, change.after.person_id)
    return tier_index(tiers, change.after.held.tier) - tier_index(tiers, change.before.held.tier)


def _announce_raised(
    session: Session, account_id: int, programme: Programme, changes: Sequence[TierChange], mark: int, now: dt.datetime
) -> None:
    """Let shoutouts tell who was raised by what was earned just now."""
    raised = [change for change in changes if change.what == "raised" and _rise(change, programme) > 0]
    if not raised:
        return
    own = qualifying_points.newly(session, account_id, mark=mark, after=now - TIER_NEWS_FOR)
    team_points = sum(
        qualifying_points.newly(session, account_id, mark=mark, after=now - TIER_NEWS_FOR, whole=True).values()
    )
    news = []
    for change in raised:
        person_id, key = change.after.person_id, change.after.held.tier
        tier = next(tier for tier in tiers_of(programme, person_id) if tier.key == key)
        lately = team_points if person_id is None else own.get(person_id, 0)
        if tier.over is not None and tier.points is not None and change.points[tier.over] - lately < tier.points:
            news.append((change.after.row or 0, tier.key, person_id))
    shoutouts.announce_tiers(session, account_id, programme, news, now)


def _count_changes(changes: Sequence[TierChange]) -> Reviewed:
    return Reviewed(
        raised=sum(change.what == "raised" for change in changes),
        lost=sum(change.what == "lost" for change in changes),
        noticed=sum(change.what in {"notice", "ends"} for change in changes),
    )


def _keep_review(session: Session, account_id: int, transfer_id: int, day: dt.date | None) -> None:
    session.merge(TierReview(account_id=account_id, transfer_id=transfer_id, day=day))
    session.flush()


def _newest_transfer(session: Session, account_id: int) -> int:
    return int(session.execute(_NEWEST, {"account_id": account_id}).scalar_one())


def _today(session: Session, account_id: int, now: dt.datetime) -> dt.date:
    return now.astimezone(zone_of(session, account_id)).date()
