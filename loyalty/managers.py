"""Account managers: people of the vendor who look after a client's account."""

from datetime import datetime

from sqlmodel import Session, col, select

from loyalty.joining import Profile
from storage.serials import take
from storage.tables import Manager


def add_manager(session: Session, account_id: int, email: str, *, now: datetime) -> bool:
    """Let whoever has this e-mail look after the account; return whether that is new."""
    email = email.strip().lower()
    if _with_email(session, account_id, email) is not None:
        return False
    session.add(Manager(account_id=account_id, id=take(session, account_id), email=email, created_at=now))
    session.flush()
    return True


def recognise(session: Session, account_id: int, profile: Profile) -> bool:
    """Return whether this Slack user looks after the account, by e-mail; remember who they are in Slack."""
    manager = _with_email(session, account_id, profile.email) if profile.email and not profile.outsider else None
    if manager is None:
        return False
    user = profile.user
    manager.enterprise_id, manager.team_id, manager.user_id = user.enterprise_id, user.team_id, user.user_id
    session.add(manager)
    session.flush()
    return True


def _with_email(session: Session, account_id: int, email: str) -> Manager | None:
    wanted = select(Manager).where(col(Manager.account_id) == account_id, col(Manager.email) == email)
    return session.exec(wanted).first()
