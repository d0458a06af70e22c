"""Corrections: points given or taken by hand, and transfers taken back.

Nothing is edited; each has a reason and an author.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from sqlmodel import Session, col, select

from loyalty import audit
from loyalty.errors import LoyaltyError
from loyalty.people.people import NoSuchPersonError
from loyalty.points import correction_notice
from loyalty.points.expiry import past_term
from loyalty.points.post import LedgerContext, TransferDraft, post, source_key
from loyalty.programme import Points, TeamPoints
from loyalty.programme.versions import in_force
from loyalty.recognition.announce import announce_milestones
from loyalty.recognition.milestones import watch
from storage import ledger
from storage.account_lock import lock_account
from storage.tables import Person, Transfer

SCORED = ("earn", "adjust")
REVERSIBLE = ("earn", "adjust", "gift")
MAX_POINTS = 1_000_000_000
"""The most points one correction may move."""
MAX_REASON_CHARS = 500
"""The most characters a reason has."""
ADJUSTED, REVERSED = "points.adjust", "points.reverse"
"""What the audit calls them."""


class NoSuchTransferError(LoyaltyError):
    """The account has no transfer of that number."""


class NotReversibleError(LoyaltyError):
    """The transfer was reversed already, or is of a kind that is undone in its own way."""


class PastTermError(NotReversibleError):
    """The points had their term: they ran out, or were spent in time."""


class BadCorrectionError(LoyaltyError):
    """A correction without points, without a reason, or too large."""


class NoReasonError(BadCorrectionError):
    """A correction says why, in at most 500 characters."""


class ChangedMeanwhileError(LoyaltyError):
    """The person has another balance by now than the author of the correction saw."""


def adjust_points(
    session: Session,
    context: LedgerContext,
    *,
    person_id: int,
    points: int,
    reason: str,
    local_day: dt.date,
    key: str,
    seen: int | None = None,
) -> int:
    """Correct a person's points by `points`, more or fewer, and return the transfer's id; once for a `key`.

    A member is told; a milestone that is reached with it counts as any other. `seen`: the balance (less what is owed)
    that the author went by; where it has moved since, `ChangedMeanwhileError` and nothing happens.
    """
    check_reason(reason)
    check_points(points)
    lock_account(session, context.account_id)
    key_hash = source_key("adjust", key)
    if (existing_id := _transfer_with_key(session, context.account_id, key_hash)) is not None:
        return existing_id
    person = session.get(Person, (context.account_id, person_id))
    if person is None or person.erased_at is not None:
        raise NoSuchPersonError(f"person {person_id} of {context.account_key} was erased, or never was")
    if seen is not None and correction_notice.net(session, context.account_id, person_id) != seen:
        raise ChangedMeanwhileError(f"person {person_id} had {seen} points when this was decided")
    wallets = ledger.wallets(session, context.account_id, [person_id])
    own, issued = wallets["person", person_id], wallets["issued", None]
    draft = TransferDraft(
        from_id=issued if points > 0 else own,
        to_id=own if points > 0 else issued,
        points=abs(points),
        kind="adjust",
        cause_kind="correction",
        cause_id=0,
        source_key=key_hash,
        occurred_at=context.now,
        local_day=local_day,
        person_id=person_id,
        counts_for="person",
        gains=points > 0,
        version=in_force(session).number,
    )
    return _post_correction(session, context, draft, reason, ADJUSTED)


def check_points(points: int) -> None:
    """Raise `BadCorrectionError` where that many points are no correction."""
    if points == 0 or abs(points) > MAX_POINTS:
        raise BadCorrectionError(f"{points} is no correction; it is between 1 and {MAX_POINTS}, or as many fewer")


def check_reason(reason: str) -> None:
    """Raise `NoReasonError` where a reason says nothing, or too much."""
    if not reason.strip():
        raise NoReasonError("a correction says why: give a reason in words")
    if len(reason) > MAX_REASON_CHARS:
        raise NoReasonError(f"the reason has {len(reason)} characters; at most {MAX_REASON_CHARS} fit")


def reverse_transfers(session: Session, context: LedgerContext, *, transfer_id: int, reason: str) -> int:
    """Take a transfer back, whole and once, and return the reversal's id.

    It bears the original's instant and local day, and gives room in caps, once and cooldown back to what arrives later.
    """
    check_reason(reason)
    lock_account(session, context.account_id)
    original = session.get(Transfer, (context.account_id, transfer_id))
    if original is None:
        raise NoSuchTransferError(f"there is no transfer {transfer_id} in {context.account_key}")
    if original.kind not in REVERSIBLE:
        raise NotReversibleError(f"transfer {transfer_id} is a {original.kind}; reversed are {', '.join(REVERSIBLE)}")
    if _reversal_of(session, context.account_id, transfer_id) is not None:
        raise NotReversibleError(f"transfer {transfer_id} was reversed already")
    if past_term(session, original, now=context.now):
        raise PastTermError(f"the points of transfer {transfer_id} are past their term: they cannot be taken back")
    return _post_correction(session, context, _draft_reversal(session, original), reason, REVERSED)


def _post_correction(session: Session, context: LedgerContext, draft: TransferDraft, reason: str, action: str) -> int:
    """Post a correction with all that follows from it, and return its transfer's id."""
    account_id, force = context.account_id, in_force(session)
    by_points = [
        milestone for milestone in force.programme.milestones if isinstance(milestone.when, Points | TeamPoints)
    ]
    watching = watch(session, account_id, by_points, [] if draft.person_id is None else [draft.person_id], ())
    transfer_id = post(session, context, [draft])
    ledger.note_reason(session, account_id, transfer_id, reason.strip())
    details = {"transfer": transfer_id} | ({"reverses": draft.reverses_id} if draft.reverses_id else {})
    audit.record(session, account_id, action, details, author=context.author, now=context.now)
    if draft.person_id is not None and draft.counts_for is not None:
        points = draft.points if draft.gains else -draft.points
        if draft.counts_for == "person":
            watching.corrected(draft.person_id, points)
        else:
            watching.pooled(points)
        reached = watching.completed(draft.person_id, draft.local_day, None, context.now)
        announce_milestones(session, account_id, reached, in_force=force, now=context.now)
    if draft.person_id is not None and _touches_own_wallet(session, account_id, draft):
        correction_notice.notify_corrections(session, account_id, draft.person_id, transfer_id, now=context.now)
    return transfer_id


def _touches_own_wallet(session: Session, account_id: int, draft: TransferDraft) -> bool:
    """Whether points came into the person's own wallet, or left it: what the pool was given is not told them."""
    own = ledger.wallets(session, account_id, [draft.person_id or 0]).get(("person", draft.person_id))
    return own in {draft.from_id, draft.to_id}


def _draft_reversal(session: Session, original: Transfer) -> TransferDraft:
    people = [] if original.person_id is None else [original.person_id]
    return reversal_draft(original, ledger.wallets(session, original.account_id, people))


def reversal_draft(original: Transfer, wallets: Mapping[tuple[str, int | None], int]) -> TransferDraft:
    """Return the move that takes a transfer back; `wallets`: as `ledger.wallets` returns them."""
    ends = {original.from_id, original.to_id}
    counts_for: Literal["person", "pool"] | None = None
    # What moved no score, a gift, moves none as it is taken back.
    if original.kind in SCORED:
        counts_for = "pool" if wallets["pool", None] in ends else "person"
    return TransferDraft(
        from_id=original.to_id,
        to_id=original.from_id,
        points=original.points,
        kind="reverse",
        cause_kind="transfer",
        cause_id=original.id,
        source_key=source_key("reverse", str(original.id)),
        occurred_at=original.occurred_at,
        local_day=original.local_day,
        person_id=original.person_id,
        counts_for=counts_for,
        # What took points away, a negative correction, gives them back.
        gains=original.to_id == wallets["issued", None],
        version=original.version,
        rule=original.rule,
        reverses_id=original.id,
    )


def _transfer_with_key(session: Session, account_id: int, key: bytes) -> int | None:
    query = select(Transfer.id).where(col(Transfer.account_id) == account_id, col(Transfer.source_key) == key)
    return session.exec(query).first()


def _reversal_of(session: Session, account_id: int, transfer_id: int) -> int | None:
    query = select(Transfer.id).where(col(Transfer.account_id) == account_id, col(Transfer.reverses_id) == transfer_id)
    return session.exec(query).first()
