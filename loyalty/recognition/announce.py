"""What becomes of a milestone that was completed, by usage or by a correction: it goes on record and is announced."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel import Session

from loyalty.programme.versions import InForce
from loyalty.recognition import milestones, shoutouts
from loyalty.recognition.milestones import Completion
from storage.account_lock import next_ids


def announce_milestones(
    session: Session, account_id: int, completions: Sequence[Completion], *, in_force: InForce, now: dt.datetime
) -> None:
    """Write down what was completed, and put what of it is news into the outbox. Wants the account's lock."""
    if not completions:
        return
    reached = milestones.record(
        session,
        account_id,
        completions,
        first_id=next_ids(session, account_id, len(completions)),
        version=in_force.number,
        now=now,
    )
    shoutouts.announce_shoutouts(session, account_id, in_force.programme, reached, now)
