"""How many of those who are to get a direct message get it now, and how many only in a later week."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, func, literal_column, select

from loyalty.notifications.contact_policy import CONTACT_WEEK
from loyalty.notifications.recipients import recipient
from loyalty.programme.versions import in_force
from storage.tables import Outgoing


@dataclass(frozen=True, slots=True)
class Reached:
    """How many members get a direct message `now` (once it is loud), and `later` because of their budget."""

    now: int
    later: int
    languages: tuple[str, ...]


def members_reached(session: Session, account_id: int, people: Collection[int], *, now: dt.datetime) -> Reached:
    """Return how the contact budget splits these people; who has not joined is in neither number."""
    a_week, written = in_force(session).programme.contact.unasked_per_week, _written(session, account_id, now)
    reached = {person_id: to for person_id in people if (to := recipient(session, account_id, person_id)) is not None}
    later = sum(written.get(person_id, 0) >= a_week for person_id in reached)
    languages = tuple(sorted({to.language for to in reached.values()}))
    return Reached(len(reached) - later, later, languages)


def _written(session: Session, account_id: int, now: dt.datetime) -> dict[int, int]:
    """Return how often each person was written to unasked in the last seven days, or is about to be."""
    said_at = func.coalesce(col(Outgoing.settled_at), col(Outgoing.claimed_until), now)
    found = session.execute(
        select(col(Outgoing.person_id), func.count())
        .where(
            col(Outgoing.account_id) == account_id,
            literal_column("category = 'nudge'"),
            col(Outgoing.state) != "dropped",
            col(Outgoing.good_until) > now - CONTACT_WEEK,
            said_at > now - CONTACT_WEEK,
        )
        .group_by(col(Outgoing.person_id))
    )
    return dict(found.all())
