"""What an account manager puts in place of points: a tier for a person or for the account, with a reason and an end."""

import datetime as dt

from sqlmodel import Session, col, select

from loyalty import audit
from loyalty.errors import LoyaltyError
from loyalty.people.people import person_known
from loyalty.points.corrections import check_reason
from loyalty.points.post import LedgerContext
from loyalty.programme.versions import in_force
from loyalty.recognition import shoutouts
from loyalty.suggestions import nearest
from loyalty.tier_rules import NO_TIER, effective, tier_index, tiers_of
from loyalty.tiers.notices import notify_tier_change
from storage.account_lock import lock_account, next_ids
from storage.tables import TierHeld

CHOSEN, RELEASED = "tier.choose", "tier.release"
"""What the audit calls them."""


class NoSuchTierError(LoyaltyError):
    """The programme has no such tier for people, or for accounts."""


class OverAlreadyError(LoyaltyError):
    """A choice ends on a day to come."""


class NothingChosenError(LoyaltyError):
    """There is no choice to take back: points decide already."""


def read_until(written: str, today: dt.date) -> dt.date | None:
    """Return the day that was written, like 2026-12-31; None where nothing was. Errors: `OverAlreadyError`."""
    if not written.strip():
        return None
    try:
        until = dt.date.fromisoformat(written.strip())
    except ValueError:
        raise OverAlreadyError(f"{written!r} is no day: write it like 2026-12-31") from None
    _check_until(until, today)
    return until


def _check_until(until: dt.date | None, today: dt.date) -> None:
    if until is not None and until <= today:
        raise OverAlreadyError(f"{until} is over already: a day after {today} is wanted")


def override_tier(
    session: Session,
    context: LedgerContext,
    *,
    person_id: int | None,
    tier: str | None,
    until: dt.date | None,
    reason: str,
    today: dt.date,
) -> bool:
    """Put a tier (None: no tier) in place of points, for a person or (None) the account, and return whether it is new.

    In effect at once, and until the local day `until`, or until it is taken back. Who is raised is announced as
    whoever is by points; the person, or the account's owners and managers, are told with the reason. The author's name
    and the reason are kept beside; the audit has ids only. Errors: `NoReasonError`, `NoSuchTierError`,
    `OverAlreadyError`, `NoSuchPersonError`.
    """
    check_reason(reason)
    account_id, programme = context.account_id, in_force(session).programme
    tiers = tiers_of(programme, person_id)
    if tier is not None and tier_index(tiers, tier) < 0:
        keys = [known_tier.key for known_tier in tiers]
        raise NoSuchTierError(
            f"the programme has no tier `{tier}` for {'accounts' if person_id is None else 'people'}"
            f"{nearest(tier, keys)}"
        )
    _check_until(until, today)
    lock_account(session, account_id)
    if person_id is not None:
        person_known(session, account_id, person_id)
    holding = _find_or_open_holding(session, account_id, person_id, context.now)
    override = (tier or NO_TIER, until, reason.strip())
    if (holding.chosen, holding.chosen_until, holding.reason) == override:
        return False
    before = tier_index(tiers, effective(holding, today))
    holding.chosen, holding.chosen_until, holding.reason = override
    holding.chosen_by = context.author
    session.add(holding)
    number = _audit_override(
        session, context, holding, CHOSEN, {"tier": tier, "until": until.isoformat() if until else None}
    )
    if tier is not None and tier_index(tiers, tier) > before:
        shoutouts.announce_tiers(session, account_id, programme, [(holding.id, tier, person_id)], context.now)
    mark = f"chosen/{holding.id}/{number}"
    at = context.now
    notify_tier_change(
        session,
        account_id,
        programme,
        person_id,
        row=holding.id,
        word="chosen",
        tier=tier or NO_TIER,
        mark=mark,
        now=at,
    )
    return True


def end_override(session: Session, context: LedgerContext, *, person_id: int | None, today: dt.date) -> None:
    """Let points decide again, at once; a step down that comes with it is told. Errors: `NothingChosenError`."""
    account_id, programme = context.account_id, in_force(session).programme
    lock_account(session, account_id)
    holding = _find_holding(session, account_id, person_id)
    if holding is None or holding.chosen is None:
        raise NothingChosenError("no tier was chosen there")
    held = effective(holding, today)
    holding.chosen = holding.chosen_until = holding.chosen_by = holding.reason = None
    session.add(holding)
    number = _audit_override(session, context, holding, RELEASED, {})
    tiers = tiers_of(programme, person_id)
    if held is not None and tier_index(tiers, holding.tier) < tier_index(tiers, held):
        mark = f"lost/{holding.id}/{number}"
        at = context.now
        notify_tier_change(
            session, account_id, programme, person_id, row=holding.id, word="lost", tier=held, mark=mark, now=at
        )


def _find_holding(session: Session, account_id: int, person_id: int | None) -> TierHeld | None:
    return session.exec(
        select(TierHeld).where(
            col(TierHeld.account_id) == account_id, col(TierHeld.person_id).is_not_distinct_from(person_id)
        )
    ).first()


def _find_or_open_holding(session: Session, account_id: int, person_id: int | None, now: dt.datetime) -> TierHeld:
    holding = _find_holding(session, account_id, person_id)
    return holding or TierHeld(account_id=account_id, id=next_ids(session, account_id), person_id=person_id, since=now)


def _audit_override(
    session: Session,
    context: LedgerContext,
    holding: TierHeld,
    action: str,
    extra: dict[str, str | None],
) -> int:
    """Write the decision into the audit, ids only, and return a number of its own."""
    details = {"held": holding.id, "person": holding.person_id} | extra
    audit.record(session, context.account_id, action, details, author=context.author, now=context.now)
    session.flush()
    return next_ids(session, context.account_id)
