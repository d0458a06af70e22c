"""What people set: the language a member is spoken to in, the mode an owner gives the account."""

from datetime import datetime

from sqlmodel import Session

from loyalty import audit
from loyalty.errors import LoyaltyError
from storage.tables import Account, Member, Person
from storage.tables.base import MODES


class NoSuchModeError(LoyaltyError):
    """A mode is private, team or board."""


class NotOwnerError(LoyaltyError):
    """Only an owner of the account may do this."""


def set_language(session: Session, account_id: int, person_id: int, language: str | None) -> None:
    """Set the language a member is spoken to in; None: as their Slack says."""
    member = session.get_one(Member, (account_id, person_id))
    member.language = language
    session.add(member)


def switch_mode(session: Session, account_id: int, person_id: int, mode: str, *, now: datetime) -> str:
    """Give the account a mode, decided by its owner, and return the one it had. Raises NotOwnerError for others."""
    if mode not in MODES:
        raise NoSuchModeError(f"{mode!r} is no mode; modes are {', '.join(MODES)}")
    if not session.get_one(Person, (account_id, person_id)).owner:
        raise NotOwnerError(f"person {person_id} does not own account {account_id}")
    account = session.get_one(Account, account_id)
    former, account.mode = account.mode, mode
    session.add(account)
    if former != mode:
        details = {"from": former, "to": mode}
        audit.record(session, account_id, "account.mode", details, author=f"person:{person_id}", now=now)
    return former
