"""Gifts: an account manager's thanks to a member or the team, in points or as a reward, within a monthly allowance."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from leaderboards.periods import at, span_of
from loyalty import audit
from loyalty.accounts.accounts import by_id, zone_of
from loyalty.accounts.authors import is_person, manager_name
from loyalty.accounts.channels import channels_of
from loyalty.errors import LoyaltyError
from loyalty.notifications.contact_policy import channel_hold, quiet_hours_end
from loyalty.notifications.outbox_messages import channel_message, member_message
from loyalty.notifications.recipients import recipient, recipient_or_drop
from loyalty.points.post import LedgerContext, TransferDraft, post, source_key
from loyalty.programme.versions import in_force
from loyalty.rewards.catalogue import offers, viewer
from loyalty.rewards.errors import NotEligibleError, RanOutError, WithdrawnError
from loyalty.rewards.redemption_queries import RedemptionState
from loyalty.rewards.redemptions import give
from storage import ledger, outbox
from storage.account_lock import lock_account
from storage.outbox import Claimed, Drop, Later, OutboxMessage
from storage.tables import AuditEntry, Redemption, Transfer, TransferNote

GIFT_KIND = "gift"
POINTS, REWARD = "gift.points", "gift.reward"
"""What the audit calls them."""
MAX_NOTE_CHARS = 500
"""The most characters that the words beside a gift have."""
GIFT_GOOD_FOR = dt.timedelta(days=7)


class GiftError(LoyaltyError):
    """A gift that cannot be made."""


class NoGiftsError(GiftError):
    """The programme gives account managers nothing to give."""


class AllowanceError(GiftError):
    """This month's allowance does not reach: `left` points of it are left."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} points of this month's allowance are left")
        self.left = left


class NoWordsError(GiftError):
    """A gift goes with words, at most 500 characters."""


class NoPointsError(GiftError):
    """A gift of points has at least one."""


class TeamRewardError(GiftError):
    """A reward goes to one person; a team is given points."""


class GiftGoneError(GiftError):
    """The reward left the programme, ran out or was taken out since it was chosen."""


class OwnGiftError(GiftError):
    """Nobody gives to themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftFacts:
    """What is said of a gift of points. `name` is the account's, for the team; `by` the account manager's name."""

    account_id: int
    account: str
    team: bool
    points: int
    words: str | None
    by: str | None
    programme: str
    language: str
    timezone: str


def allowance_left(session: Session, account_id: int, author: str, *, now: dt.datetime) -> int:
    """Return how many points of this calendar month's allowance an author has left for the account.

    What was taken back is there again. Errors: `NoGiftsError`.
    """
    monthly = in_force(session).programme.gifts.monthly
    if monthly is None:
        raise NoGiftsError("the programme says nothing of gifts: `gifts: {monthly: 500}` would")
    zone = zone_of(session, account_id)
    month = span_of("month", now.astimezone(zone).date(), "monday").start
    gift_details = session.exec(
        select(AuditEntry.details).where(
            col(AuditEntry.account_id) == account_id,
            col(AuditEntry.at) >= at(month, dt.time(0), zone),
            col(AuditEntry.author) == author,
            col(AuditEntry.action).in_((POINTS, REWARD)),
        )
    ).all()
    reversed_ids = _taken_back(
        session, account_id, [details["transfer"] for details in gift_details if "transfer" in details]
    )
    spent: int = sum(details["points"] for details in gift_details if details.get("transfer") not in reversed_ids)
    return max(0, monthly - spent)


def give_points(
    session: Session,
    context: LedgerContext,
    *,
    person_id: int | None,
    points: int,
    words: str,
    key: str,
    today: dt.date,
) -> int:
    """Give points to a member, or (None) to the company's pool, with words; return the transfer's id.

    Once for a `key`. It moves no score: boards show what was earned. Errors: `NoWordsError`, `NoPointsError`,
    `AllowanceError`, `NoGiftsError`, `OwnGiftError`, `NotEligibleError`.
    """
    _check_words(words)
    if points < 1:
        raise NoPointsError(f"{points} is no gift")
    lock_account(session, context.account_id)
    key_hash = source_key("gift", key)
    if (existing_id := _transfer_with_key(session, context.account_id, key_hash)) is not None:
        return existing_id
    _check_gift(session, context, person_id, points, today)
    wallets = ledger.wallets(session, context.account_id, [] if person_id is None else [person_id])
    draft = TransferDraft(
        from_id=wallets["issued", None],
        to_id=wallets["pool", None] if person_id is None else wallets["person", person_id],
        points=points,
        kind="gift",
        cause_kind="gift",
        cause_id=0,
        source_key=key_hash,
        occurred_at=context.now,
        local_day=today,
        person_id=person_id,
        version=in_force(session).number,
    )
    transfer_id = post(session, context, [draft])
    ledger.note_reason(session, context.account_id, transfer_id, words.strip())
    _audit_gift(session, context, POINTS, {"transfer": transfer_id, "points": points})
    outbox.put_message(
        session, context.account_id, _gift_messages(session, context, person_id, transfer_id), now=context.now
    )
    return transfer_id


def give_reward(
    session: Session,
    context: LedgerContext,
    *,
    person_id: int,
    reward: str,
    words: str,
    key: str,
    today: dt.date,
) -> RedemptionState:
    """Give a reward to a member, with words; what it costs counts against the allowance. Return how it stands.

    Errors: as `give_points`, and `GiftGoneError`.
    """
    _check_words(words)
    lock_account(session, context.account_id)
    offer = next((offered for offered in offers(session, context.account_id) if offered.reward.key == reward), None)
    if offer is None:
        raise GiftGoneError(f"there is no reward `{reward}`")
    if not _was_given(session, context, person_id, key):
        _check_gift(session, context, person_id, offer.reward.cost, today)
        details = {"key": f"{person_id}/{key}", "points": offer.reward.cost}
        _audit_gift(session, context, REWARD, details)
    try:
        return give(session, context, person_id=person_id, reward=reward, key=key, today=today, words=words.strip())
    except (WithdrawnError, RanOutError) as error:
        raise GiftGoneError(str(error)) from error


def gift_facts(session: Session, claimed: Claimed, now: dt.datetime) -> GiftFacts | Drop | Later:
    """Return what is said of a gift that is about to be told, or why it is not, or not now."""
    account_id, transfer_id = claimed.account_id, claimed.message.subject["transfer"]
    transfer = session.get_one(Transfer, (account_id, transfer_id))
    if _taken_back(session, account_id, [transfer_id]):
        return Drop("it was taken back")
    account = by_id(session, account_id)
    language, timezone = account.language, account.timezone
    if transfer.person_id is not None:
        to = recipient_or_drop(session, claimed, transfer.person_id)
        if isinstance(to, Drop):
            return to
        language, timezone = to.language, to.timezone
    elif (hold := channel_hold(session, claimed, now)) is not None:
        return hold
    note = session.get(TransferNote, (account_id, transfer_id))
    return GiftFacts(
        account_id=account_id,
        account=account.name,
        team=transfer.person_id is None,
        points=transfer.points,
        words=note.text if note else None,
        by=manager_name(session, account_id, transfer.author),
        programme=in_force(session).programme.settings.name.get(language),
        language=language,
        timezone=timezone,
    )


def _check_words(words: str) -> None:
    if not words.strip() or len(words) > MAX_NOTE_CHARS:
        raise NoWordsError(f"a gift goes with words, 1 to {MAX_NOTE_CHARS} characters; these are {len(words)}")


def _check_gift(session: Session, context: LedgerContext, person_id: int | None, points: int, today: dt.date) -> None:
    """Raise where an author may not give so much, or to whom it is meant for."""
    account_id = context.account_id
    left = allowance_left(session, account_id, context.author, now=context.now)
    if person_id is not None:
        if is_person(session, account_id, context.author, person_id):
            raise OwnGiftError(f"{context.author} is person {person_id}")
        if not viewer(session, account_id, person_id, today=today).eligible:
            raise NotEligibleError(f"person {person_id} of {context.account_key} is no member")
    if points > left:
        raise AllowanceError(left)


def _gift_messages(
    session: Session, context: LedgerContext, person_id: int | None, transfer_id: int
) -> list[OutboxMessage]:
    """Return what tells of a gift: to the member, or to the account's channels once it is loud there."""
    account_id, now, subject = context.account_id, context.now, {"transfer": transfer_id}
    if person_id is not None:
        to = recipient(session, account_id, person_id)
        if to is None:
            return []
        message = member_message(
            to,
            person_id,
            key=f"{GIFT_KIND}/{transfer_id}",
            kind=GIFT_KIND,
            category="answer",
            subject=subject,
            due_at=now,
            good_for=GIFT_GOOD_FOR,
        )
        return [message]
    due_at = quiet_hours_end(in_force(session).programme.contact, now, zone_of(session, account_id))
    return [
        channel_message(
            channel,
            key=f"{GIFT_KIND}/{transfer_id}/{channel.id}",
            kind=GIFT_KIND,
            subject=subject,
            due_at=due_at,
            good_for=GIFT_GOOD_FOR,
        )
        for channel in channels_of(session, account_id)
    ]


def _taken_back(session: Session, account_id: int, transfer_ids: Collection[int]) -> set[int | None]:
    undone = select(Transfer.reverses_id).where(
        col(Transfer.account_id) == account_id, col(Transfer.reverses_id).in_(transfer_ids)
    )
    return set(session.exec(undone))


def _was_given(session: Session, context: LedgerContext, person_id: int, key: str) -> bool:
    """Return whether a gift of this key was made: then it is neither checked nor counted again."""
    query = select(Redemption.id).where(
        col(Redemption.account_id) == context.account_id, col(Redemption.request_key) == f"{person_id}/{key}"
    )
    return session.exec(query).first() is not None


def _transfer_with_key(session: Session, account_id: int, key: bytes) -> int | None:
    query = select(Transfer.id).where(col(Transfer.account_id) == account_id, col(Transfer.source_key) == key)
    return session.exec(query).first()


def _audit_gift(session: Session, context: LedgerContext, action: str, details: dict[str, Any]) -> None:
    audit.record(session, context.account_id, action, details, author=context.author, now=context.now)
    session.flush()
