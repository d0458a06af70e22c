"""Account managers: people of the vendor who look after a client's account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from loyalty.accounts.requester import AccountInfo
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.errors import LoyaltyError
from storage.account_lock import next_ids
from storage.tables import Account, Manager


class NotManagerError(LoyaltyError):
    """Only an account manager may do this."""


class NotYourAccountError(LoyaltyError):
    """The account is looked after by others."""


@dataclass(frozen=True, slots=True)
class ManagedAccount:
    """An account that somebody looks after; `manager_id` is theirs in it."""

    account: AccountInfo
    manager_id: int

    @property
    def author(self) -> str:
        """Return how the ledger and the audit name them: a surrogate id."""
        return f"manager:{self.manager_id}"


def add_manager(session: Session, account_id: int, email: str, *, now: datetime) -> bool:
    """Let whoever has this e-mail look after the account; return whether that is new."""
    email = email.strip().lower()
    if _with_email(session, account_id, email) is not None:
        return False
    session.add(Manager(account_id=account_id, id=next_ids(session, account_id), email=email, created_at=now))
    session.flush()
    return True


def recognise_manager(session: Session, account_id: int, profile: SlackProfile) -> bool:
    """Return whether this Slack user looks after the account, by e-mail; remember who they are in Slack."""
    manager = _with_email(session, account_id, profile.email) if profile.email and not profile.outsider else None
    if manager is None:
        return False
    _remember_profile(session, manager, profile)
    session.flush()
    return True


def meet_manager(session: Session, profile: SlackProfile) -> tuple[ManagedAccount, ...]:
    """Return the accounts this Slack user looks after, by e-mail, having looked. Wants the operator's scope.

    Who is a guest by now, or switched off, or has another e-mail, looks after none any more.
    """
    if profile.outsider or profile.email:
        for manager in session.exec(select(Manager).where(_is_manager(profile.user))).all():
            if profile.outsider or manager.email != profile.email:
                manager.enterprise_id = manager.team_id = manager.user_id = None
    if profile.email and not profile.outsider:
        for manager in session.exec(select(Manager).where(col(Manager.email) == profile.email)).all():
            _remember_profile(session, manager, profile)
    session.flush()
    return managed_accounts(session, profile.user)


def someone_unseen(session: Session) -> bool:
    """Return whether an account manager has not been seen in Slack yet. Wants the operator's scope."""
    return session.exec(select(Manager.id).where(col(Manager.user_id).is_(None)).limit(1)).first() is not None


def manager_emails(session: Session, user: SlackUser) -> frozenset[str]:
    """Return the e-mails by which somebody in Slack is known as an account manager. Wants the operator's scope."""
    return frozenset(session.exec(select(Manager.email).where(_is_manager(user))))


def managed_accounts(session: Session, user: SlackUser) -> tuple[ManagedAccount, ...]:
    """Return the accounts this Slack user looks after, by name. Wants the operator's scope."""
    rows = session.exec(
        select(Account, Manager.id)
        .join(Manager, col(Manager.account_id) == col(Account.id))
        .where(_is_manager(user))
        .order_by(col(Account.name), col(Account.id))
    )
    return tuple(ManagedAccount(_account_info(account), manager_id) for account, manager_id in rows)


def manager_names(session: Session, account_id: int) -> tuple[str, ...]:
    """Return what an account's managers are called, as far as their names are known."""
    query = select(Manager.name).where(col(Manager.account_id) == account_id).order_by(col(Manager.id))
    return tuple(name for name in session.exec(query) if name)


def managers_in_slack(session: Session, account_id: int) -> Sequence[Manager]:
    """Return those of an account's managers who were seen in Slack, and so can be written to, oldest first."""
    seen = select(Manager).where(col(Manager.account_id) == account_id, col(Manager.user_id).is_not(None))
    return session.exec(seen.order_by(col(Manager.id))).all()


def _account_info(account: Account) -> AccountInfo:
    assert account.id is not None  # noqa: S101 - read from the database
    return AccountInfo(
        id=account.id,
        key=account.key,
        name=account.name,
        timezone=account.timezone,
        language=account.language,
        mode=account.mode,
        cohort=account.cohort,
    )


def _remember_profile(session: Session, manager: Manager, profile: SlackProfile) -> None:
    user = profile.user
    manager.enterprise_id, manager.team_id, manager.user_id = user.enterprise_id, user.team_id, user.user_id
    manager.name = profile.name or manager.name
    manager.language = profile.language or manager.language
    manager.timezone = profile.timezone or manager.timezone
    session.add(manager)


def _is_manager(user: SlackUser) -> ColumnElement[bool]:
    same_team = or_(col(Manager.enterprise_id) != "", col(Manager.team_id) == user.team_id)
    same_user = and_(col(Manager.user_id) == user.user_id, col(Manager.enterprise_id) == user.enterprise_id)
    return and_(same_user, same_team)


def _with_email(session: Session, account_id: int, email: str) -> Manager | None:
    query = select(Manager).where(col(Manager.account_id) == account_id, col(Manager.email) == email)
    return session.exec(query).first()
