"""An account's audience as a row."""

import datetime as dt

from sqlmodel import Session, col, update

from loyalty.webinars.details import AudienceSpec
from storage.tables import Webinar, WebinarAudience


def write_audience(
    session: Session, account_id: int, key: str, audience: AudienceSpec, *, author: str, now: dt.datetime
) -> None:
    """Write down who of an account is invited, in the place of what stood there."""
    row = session.get(WebinarAudience, (account_id, key))
    if row is None or row.withdrawn_at is not None:
        count_account(session, key, 1)
    row = row or WebinarAudience(account_id=account_id, webinar=key, invited_by=author, invited_at=now)
    row.roles, row.tiers, row.people = list(audience.roles), list(audience.tiers), sorted(set(audience.people))
    row.reach, row.invited_by, row.invited_at, row.withdrawn_at = audience.reach, author, now, None
    session.add(row)
    session.flush()


def count_account(session: Session, key: str, more: int) -> None:
    """Count an account more, or one less, among the invited."""
    changes = update(Webinar).where(col(Webinar.key) == key).values(accounts=col(Webinar.accounts) + more)
    session.exec(changes, execution_options={"synchronize_session": False})
