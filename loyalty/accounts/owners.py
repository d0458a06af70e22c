"""Owners: people of a client who decide about its part in the programme, its mode for instance."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage import bulk
from storage.account_lock import next_ids
from storage.tables import Person, Wallet


def add_owner(session: Session, account_id: int, email: str, *, now: datetime) -> bool:
    """Let the person with this e-mail own the account's part; return whether that is new.

    Who was never heard of is made, without a user id: the roster fills it in (`loyalty.people.roster`).
    """
    email = email.strip().lower()
    people = session.exec(select(Person).where(col(Person.account_id) == account_id, col(Person.email) == email)).all()
    for person in people:
        person.owner = True
        session.add(person)
    if people:
        return False
    first = next_ids(session, account_id, 2)
    session.add(Person(account_id=account_id, id=first, email=email, owner=True, created_at=now))
    session.flush()
    wallet = {"account_id": account_id, "id": first + 1, "kind": "person", "person_id": first, "balance": 0, "owed": 0}
    bulk.insert(session, Wallet, [wallet])
    return True
