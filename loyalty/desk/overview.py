"""An account as its manager sees it: how it goes, and what waits for them."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from leaderboards.periods import Weekday, start_of
from loyalty.accounts.requester import AccountInfo
from loyalty.boards.seasons import Opened, opened
from loyalty.people.eligibility import is_eligible
from loyalty.people.roster import UnmatchedPerson, unmatched
from loyalty.points.corrections import ADJUSTED
from loyalty.programme import Tiers
from loyalty.programme.versions import in_force
from loyalty.rewards.redemption_queries import PendingRedemption, pending_redemptions
from storage import ledger
from storage.outbox import Claimed
from storage.outbox_recovery import unknowns
from storage.tables import AuditEntry, Channel, Member, Person, TeamScore, Transfer, TransferNote

LATEST_CORRECTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Points given (or with a minus taken) by hand, and why. `person` is a name, else the product's user id."""

    transfer_id: int
    points: int
    person: str | None
    at: dt.datetime
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One account: people who joined of those known, points together, its channels in Slack, and what waits.

    `knocks` want to join and were not matched; of `unknown` messages nobody knows whether they were said;
    `corrections` are the latest that still stand, newest first; `season` is the one opened last; `requests` are rewards
    to decide on, or to hand over.
    """

    client: AccountInfo
    known: int
    joined: int
    this_week: int
    last_week: int
    channels: tuple[str, ...]
    knocks: tuple[UnmatchedPerson, ...]
    unknown: tuple[Claimed, ...]
    corrections: tuple[Correction, ...]
    tiers: bool = False
    """Whether the programme has tiers, which may be chosen."""
    season: Opened | None = None
    requests: tuple[PendingRedemption, ...] = ()

    @property
    def waiting(self) -> int:
        """Return how many things wait for the account manager."""
        return len(self.knocks) + len(self.unknown) + len(self.requests) + (not self.channels)


def desk(session: Session, client: AccountInfo, *, today: dt.date, week_starts: Weekday) -> Desk:
    """Return how an account stands on the local day `today`. Wants the account's own scope."""
    known, joined = _count_people(session, client.id)
    week = start_of("week", today, week_starts)
    before = start_of("week", week - dt.timedelta(days=1), week_starts)
    points = _team_points(session, client.id, (week, before))
    channels = select(col(Channel.channel_id)).where(col(Channel.account_id) == client.id).order_by(col(Channel.id))
    return Desk(
        client=client,
        known=known,
        joined=joined,
        this_week=points.get(week, 0),
        last_week=points.get(before, 0),
        channels=tuple(session.execute(channels).scalars()),
        knocks=tuple(unmatched(session, client.id)),
        unknown=tuple(unknowns(session)),
        corrections=corrections(session, client.id),
        tiers=in_force(session).programme.tiers != Tiers(),
        season=next(iter(opened(session, client.id)), None),
        requests=pending_redemptions(session, client.id),
    )


def _count_people(session: Session, account_id: int) -> tuple[int, int]:
    member = and_(col(Member.account_id) == col(Person.account_id), col(Member.person_id) == col(Person.id))
    counted = select(func.count(), func.count(col(Member.person_id))).select_from(Person).outerjoin(Member, member)
    known, joined = session.execute(counted.where(col(Person.account_id) == account_id, is_eligible(Person))).one()
    return known, joined


def _team_points(session: Session, account_id: int, weeks: tuple[dt.date, dt.date]) -> dict[dt.date, int]:
    rows = session.execute(
        select(col(TeamScore.start), col(TeamScore.points)).where(
            col(TeamScore.account_id) == account_id, col(TeamScore.period) == "week", col(TeamScore.start).in_(weeks)
        )
    )
    return dict(rows.all())


def corrections(session: Session, account_id: int, *, limit: int = 5) -> tuple[Correction, ...]:
    """Return the latest corrections that still stand, newest first; those before the last twenty are not looked for.

    They are found by the audit: the ledger is too long to look through.
    """
    decided = (
        select(AuditEntry)
        .where(col(AuditEntry.account_id) == account_id, col(AuditEntry.action) == ADJUSTED)
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
        .limit(LATEST_CORRECTIONS)
    )
    ids = [entry.details["transfer"] for entry in session.execute(decided).scalars()]
    return _standing_corrections(session, account_id, ids)[:limit]


def _standing_corrections(session: Session, account_id: int, ids: list[int]) -> tuple[Correction, ...]:
    undone = select(col(Transfer.reverses_id)).where(
        col(Transfer.account_id) == account_id, col(Transfer.reverses_id).in_(ids)
    )
    reversed_ids = set(session.execute(undone).scalars())
    person = and_(col(Person.account_id) == col(Transfer.account_id), col(Person.id) == col(Transfer.person_id))
    note = and_(
        col(TransferNote.account_id) == col(Transfer.account_id), col(TransferNote.transfer_id) == col(Transfer.id)
    )
    issued = ledger.wallets(session, account_id)["issued", None]
    rows = session.execute(
        select(Transfer, func.coalesce(Person.name, Person.external_id), col(TransferNote.text))
        .outerjoin(Person, person)
        .outerjoin(TransferNote, note)
        .where(col(Transfer.account_id) == account_id, col(Transfer.id).in_(ids))
        .order_by(col(Transfer.id).desc())
    )
    return tuple(
        Correction(
            transfer_id=transfer.id,
            points=-transfer.points if transfer.to_id == issued else transfer.points,
            person=name,
            at=transfer.recorded_at,
            reason=reason,
        )
        for transfer, name, reason in rows
        if transfer.id not in reversed_ids
    )
