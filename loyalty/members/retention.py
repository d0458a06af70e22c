"""Sweeping: usage that nobody claimed is taken back and erased, and raw properties do not grow old.

What came over the API for somebody who never joined is kept for the programme's `unjoined_days`. Then its transfers are
reversed and the event stays without person, name and properties, so that a replay is still a replay. What the
operator imported stays, as does all of whoever joined once, also when they left.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from leaderboards.periods import months_on
from loyalty.members.erasure import forget
from loyalty.points.corrections import reversal_draft
from loyalty.points.post import LedgerContext, post
from loyalty.programme.versions import InForce, in_force
from storage import bulk, ledger
from storage.account_lock import lock_account
from storage.tables import Account, DistinctValue, Person, Transfer, TransferNote, Usage, Wallet, core

AUTHOR = "sweep"
"""As the ledger names it."""
BATCH_EVENTS = 500
"""Events looked at in one transaction: others who write for the account wait for a moment only."""
PROPERTIES_MONTHS = 13
"""Calendar months that raw properties are kept: a year, and a month to look back on it."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one batch did. `more`: there may be more to do at once."""

    events: int = 0
    transfers: int = 0
    forgotten: int = 0
    emptied: int = 0
    more: bool = False


def sweep(session: Session, account_id: int, now: dt.datetime, *, batch: int = BATCH_EVENTS) -> Swept:
    """Sweep one account, at most `batch` events of each kind, and return what was done. Safe to do again.

    Errors: `NoProgrammeError`; without a programme there is no usage either.
    """
    force = in_force(session)
    lock_account(session, account_id)
    unclaimed = _unclaimed_usage(
        session, account_id, now - dt.timedelta(days=force.programme.settings.unjoined_days), batch
    )
    people = sorted({person_id for _, person_id in unclaimed})
    ids = [usage_id for usage_id, _ in unclaimed]
    reversed_ = _reverse_earned(session, account_id, people, ids, force, now)
    _erase_usage(session, account_id, ids)
    forgotten = _forget_who_left_no_trace(session, account_id, people, now)
    emptied = _empty_properties(session, account_id, now, batch)
    return Swept(len(ids), reversed_, forgotten, emptied, more=batch in {len(ids), emptied})


def _unclaimed_usage(session: Session, account_id: int, before: dt.datetime, batch: int) -> list[tuple[int, int]]:
    """Return events, and whose they are, that came over the API for people who never joined."""
    rows = session.execute(_UNCLAIMED, {"account_id": account_id, "before": before, "batch": batch})
    return [(usage_id, person_id) for usage_id, person_id in rows]


def _reverse_earned(
    session: Session,
    account_id: int,
    people: Collection[int],
    usage_ids: Collection[int],
    force: InForce,
    now: dt.datetime,
) -> int:
    """Reverse what these events earned, and return how many transfers that were."""
    originals = _earned_transfers(session, account_id, people, usage_ids)
    if not originals:
        return 0
    wallets = ledger.wallets(session, account_id, people)
    context = LedgerContext(
        account_id=account_id,
        account_key=session.get_one(Account, account_id).key,
        week_starts=force.week_starts,
        now=now,
        author=AUTHOR,
    )
    first = post(session, context, [reversal_draft(original, wallets) for original in originals])
    reason = f"nobody joined within {force.programme.settings.unjoined_days} days"
    numbers = range(first, first + len(originals))
    notes = [{"account_id": account_id, "transfer_id": number, "text": reason} for number in numbers]
    bulk.insert(session, TransferNote, notes)
    return len(originals)


def _earned_transfers(
    session: Session, account_id: int, people: Collection[int], usage_ids: Collection[int]
) -> Sequence[Transfer]:
    """Return the transfers that these events caused and nobody took back yet, in their order."""
    if not usage_ids:
        return []
    reversal: Any = aliased(Transfer)
    query = (
        select(Transfer)
        .where(
            col(Transfer.account_id) == account_id,
            # Leads to the transfers by an index; the cause alone would not.
            col(Transfer.person_id).in_(people),
            col(Transfer.kind) == "earn",
            col(Transfer.cause_kind) == "usage",
            col(Transfer.cause_id).in_(usage_ids),
            ~exists().where(reversal.account_id == Transfer.account_id, reversal.reverses_id == col(Transfer.id)),
        )
        .order_by(col(Transfer.id))
    )
    return session.scalars(query).all()


def _erase_usage(session: Session, account_id: int, usage_ids: Sequence[int]) -> None:
    _change_usage(session, account_id, usage_ids, person_id=None, name=None, properties=None)


def _empty_properties(session: Session, account_id: int, now: dt.datetime, batch: int) -> int:
    """Let go of raw properties that were received long ago, and return of how many events; a digest of each stays."""
    last = months_on(now.date(), -PROPERTIES_MONTHS)
    before = dt.datetime.combine(last, dt.time(), dt.UTC)
    rows = session.execute(_OLD, {"account_id": account_id, "before": before, "batch": batch})
    usage_ids = list(rows.scalars())
    _change_usage(session, account_id, usage_ids, properties=None)
    return len(usage_ids)


def _change_usage(session: Session, account_id: int, usage_ids: Sequence[int], **values: None) -> None:
    if usage_ids:
        own = (col(Usage.account_id) == account_id, col(Usage.id).in_(usage_ids))
        changed = update(Usage).where(*own).values(**values)
        session.execute(changed, execution_options={"synchronize_session": False})


def _forget_who_left_no_trace(session: Session, account_id: int, people: Collection[int], now: dt.datetime) -> int:
    """Forget those of whom there is nothing but what was swept, and return how many they were.

    Whoever stands in the roster, still has usage or points, or was never more than a number already, is left as is.
    """
    without_usage = [
        person_id
        for person_id in people
        if session.execute(_STILL_USES, {"account_id": account_id, "person_id": person_id}).first() is None
    ]
    if without_usage:
        of_people = (col(DistinctValue.account_id) == account_id, col(DistinctValue.person_id).in_(without_usage))
        session.execute(delete(DistinctValue).where(*of_people), execution_options={"synchronize_session": False})
    strangers = [
        person for person in _people(session, account_id, without_usage) if not _known_otherwise(session, person)
    ]
    for person in strangers:
        forget(session, person, now=now)
    session.flush()
    return len(strangers)


def _people(session: Session, account_id: int, ids: Collection[int]) -> Sequence[Person]:
    query = select(Person).where(col(Person.account_id) == account_id, col(Person.id).in_(ids))
    return session.scalars(query.order_by(col(Person.id))).all()


def _known_otherwise(session: Session, person: Person) -> bool:
    if person.name or person.email or person.owner or person.staff or person.invited_at or person.role != "user":
        return True
    of_person = (col(Wallet.account_id) == person.account_id, col(Wallet.person_id) == person.id)
    wallets_in_use = select(col(Wallet.id)).where(*of_person, (col(Wallet.balance) > 0) | (col(Wallet.owed) > 0))
    return session.scalars(wallets_in_use.limit(1)).first() is not None


USAGE = core(Usage)
PERSON = core(Person)
_ACCOUNT: Any = bindparam("account_id")
_UNCLAIMED = (
    select(USAGE.c.id, USAGE.c.person_id)
    .join(PERSON, (PERSON.c.account_id == USAGE.c.account_id) & (PERSON.c.id == USAGE.c.person_id))
    .where(USAGE.c.account_id == _ACCOUNT, USAGE.c.door == "api", USAGE.c.recorded_at <= bindparam("before"))
    .where(PERSON.c.joined_at.is_(None))
    .order_by(USAGE.c.person_id, USAGE.c.id)
    .limit(bindparam("batch"))
)
_OLD = (
    select(USAGE.c.id)
    .where(USAGE.c.account_id == _ACCOUNT, USAGE.c.properties.is_not(None), USAGE.c.recorded_at < bindparam("before"))
    .order_by(USAGE.c.id)
    .limit(bindparam("batch"))
)
_STILL_USES = (
    select(USAGE.c.id).where(USAGE.c.account_id == _ACCOUNT, USAGE.c.person_id == bindparam("person_id")).limit(1)
)
