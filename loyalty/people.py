"""People of a client: they exist, with a wallet, from their first usage or their line in the roster."""

from collections.abc import Callable, Collection
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from loyalty.errors import LoyaltyError
from loyalty.nearest import nearest
from storage.serials import take
from storage.tables import Account, Person, Refusal, Wallet

_ACCOUNT: Any = Account.__table__  # type: ignore[attr-defined]
_PERSON: Any = Person.__table__  # type: ignore[attr-defined]
_REFUSAL: Any = Refusal.__table__  # type: ignore[attr-defined]
_WALLET: Any = Wallet.__table__  # type: ignore[attr-defined]

_KNOWN = select(_PERSON.c.external_id, _PERSON.c.id).where(
    _PERSON.c.account_id == bindparam("account_id"),
    _PERSON.c.external_id.in_(bindparam("external_ids", expanding=True)),
)
_ALL = select(_PERSON.c.external_id).where(_PERSON.c.account_id == bindparam("account_id"))
_NAMED = select(_PERSON.c.id, _PERSON.c.name).where(
    _PERSON.c.account_id == bindparam("account_id"), _PERSON.c.external_id == bindparam("external_id")
)
_KEY = select(_ACCOUNT.c.key).where(_ACCOUNT.c.id == bindparam("account_id"))
_REFUSED = select(_REFUSAL.c.person_hash).where(
    _REFUSAL.c.account_id == bindparam("account_id"),
    _REFUSAL.c.person_hash.in_(bindparam("hashes", expanding=True)),
)


class NoSuchPersonError(LoyaltyError):
    """The account has no person of that id; the nearest one is named."""


def find_person(session: Session, account_id: int, external_id: str) -> tuple[int, str | None]:
    """Return the person's id, by the product's user id, and their name. Errors: `NoSuchPersonError`."""
    found = session.execute(_NAMED, {"account_id": account_id, "external_id": external_id}).first()
    if found is None:
        known = [each for each in session.execute(_ALL, {"account_id": account_id}).scalars() if each is not None]
        raise NoSuchPersonError(f"there is no person `{external_id}` in this account{nearest(external_id, known)}")
    return found.id, found.name


def open_people(
    session: Session,
    account_id: int,
    external_ids: Collection[str],
    *,
    excluded: Callable[[str], bool],
    now: datetime,
) -> dict[str, int]:
    """Return the person's id for each of the product's user ids.

    Whoever is new is made, in the order given, with an empty wallet; `excluded` says whether the programme in force
    leaves a new one out.
    """
    people = known_people(session, account_id, external_ids)
    new = [external_id for external_id in dict.fromkeys(external_ids) if external_id not in people]
    if not new:
        return people
    first = take(session, account_id, 2 * len(new))
    rows = [
        {
            "account_id": account_id,
            "id": person_id,
            "external_id": external_id,
            "role": "user",
            "owner": False,
            "staff": False,
            "excluded": excluded(external_id),
            "created_at": now,
        }
        for person_id, external_id in enumerate(new, first)
    ]
    wallets = [
        {"account_id": account_id, "id": wallet_id, "kind": "person", "person_id": row["id"], "balance": 0, "owed": 0}
        for wallet_id, row in enumerate(rows, first + len(new))
    ]
    session.execute(insert(_PERSON), rows)
    session.execute(insert(_WALLET), wallets)
    return people | {external_id: person_id for person_id, external_id in enumerate(new, first)}


def known_people(session: Session, account_id: int, external_ids: Collection[str]) -> dict[str, int]:
    """Return the ids of those who exist already, by the product's user id."""
    found = session.execute(_KNOWN, {"account_id": account_id, "external_ids": list(dict.fromkeys(external_ids))})
    return dict(found.all())


def refused(session: Session, account_id: int, external_ids: Collection[str]) -> set[str]:
    """Return those of the product's user ids whose usage is refused: they declined, or asked for erasure."""
    account_key = session.execute(_KEY, {"account_id": account_id}).scalar_one()
    by_hash = {person_hash(account_key, external_id): external_id for external_id in external_ids}
    found = session.execute(_REFUSED, {"account_id": account_id, "hashes": list(by_hash)}).scalars()
    return {by_hash[bytes(digest)] for digest in found}


def person_hash(account_key: str, external_id: str) -> bytes:
    """Return what stands for a person who wants to be forgotten: 32 bytes, of the account's key and the user id."""
    return blake2b(f"{account_key}\0{external_id}".encode(), digest_size=32).digest()
