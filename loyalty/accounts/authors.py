"""Authors, as the ledger and the audit name them: a kind and a surrogate id, `manager:7`, `person:5`."""

from sqlmodel import Session

from storage.tables import Manager, Member, Person


def manager_name(session: Session, account_id: int, author: str | None) -> str | None:
    """Return what an account manager is called, by how the ledger names them; None for any other author."""
    account_manager = manager(session, account_id, author)
    return None if account_manager is None else account_manager.name or account_manager.email


def manager(session: Session, account_id: int, author: str | None) -> Manager | None:
    """Return the account manager whom the ledger names so; None for any other author."""
    kind, _, number = (author or "").partition(":")
    return session.get(Manager, (account_id, int(number))) if kind == "manager" and number.isdecimal() else None


def same_slack_user(one: Manager | Member, other: Manager | Member) -> bool:
    """Return whether both are one Slack user: whose id is the enterprise's where there is one, else the team's."""
    same = (one.user_id, one.enterprise_id or "") == (other.user_id, other.enterprise_id or "")
    return same and one.user_id is not None and (bool(one.enterprise_id) or one.team_id == other.team_id)


def is_person(session: Session, account_id: int, author: str, person_id: int) -> bool:
    """Return whether an author is that person: by name, as the same Slack user, or by e-mail."""
    if (account_manager := manager(session, account_id, author)) is None:
        return author == f"person:{person_id}"
    member = session.get(Member, (account_id, person_id))
    person = session.get_one(Person, (account_id, person_id))
    return (member is not None and same_slack_user(account_manager, member)) or person.email == account_manager.email
