"""People of a client: they exist, with a wallet, from their first usage or their line in the roster."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import bindparam, func, insert, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from leaderboards.periods import ALWAYS
from loyalty.accounts.slack_profile import SlackUser
from loyalty.errors import LoyaltyError
from loyalty.suggestions import nearest
from storage.account_lock import next_ids
from storage.tables import Account, Member, Person, Refusal, Score, Wallet, core

ACCOUNT = core(Account)
PERSON = core(Person)
REFUSAL = core(Refusal)
SCORE = core(Score)
WALLET = core(Wallet)

_KNOWN = select(PERSON.c.external_id, PERSON.c.id).where(
    PERSON.c.account_id == bindparam("account_id"),
    PERSON.c.external_id.in_(bindparam("external_ids", expanding=True)),
)
_ALL = select(PERSON.c.external_id).where(PERSON.c.account_id == bindparam("account_id"))
_NAMED = select(PERSON.c.id, PERSON.c.name).where(
    PERSON.c.account_id == bindparam("account_id"), PERSON.c.external_id == bindparam("external_id")
)
_KEY = select(ACCOUNT.c.key).where(ACCOUNT.c.id == bindparam("account_id"))
_THERE = (PERSON.c.account_id == bindparam("account_id"), PERSON.c.erased_at.is_(None))
_FACTS = (PERSON.c.id, PERSON.c.external_id, PERSON.c.name, PERSON.c.email)
_CHOICE = (
    select(*_FACTS)
    .outerjoin(
        SCORE,
        (SCORE.c.account_id == PERSON.c.account_id)
        & (SCORE.c.person_id == PERSON.c.id)
        & (SCORE.c.period == "all")
        & (SCORE.c.start == bindparam("always")),
    )
    .where(*_THERE, PERSON.c.left_at.is_(None))
    .order_by(func.coalesce(SCORE.c.points, 0).desc(), PERSON.c.id)
    .limit(bindparam("limit"))
)
_CALLED = select(*_FACTS).where(
    *_THERE, (PERSON.c.external_id == bindparam("external_id")) | (PERSON.c.email == bindparam("email"))
)
_NUMBERED = select(*_FACTS).where(*_THERE, PERSON.c.id == bindparam("id"))
_REFUSED = select(REFUSAL.c.person_hash).where(
    REFUSAL.c.account_id == bindparam("account_id"),
    REFUSAL.c.person_hash.in_(bindparam("hashes", expanding=True)),
)


class NoSuchPersonError(LoyaltyError):
    """The account has no person of that id; the nearest one is named."""


class SeveralPeopleError(LoyaltyError):
    """More than one person has that e-mail; the product's user id tells them apart."""


class NobodyChosenError(LoyaltyError):
    """Nobody was chosen, and somebody has to be."""


def find_person(session: Session, account_id: int, external_id: str) -> tuple[int, str | None]:
    """Return the person's id, by the product's user id, and their name. Errors: `NoSuchPersonError`."""
    row = session.execute(_NAMED, {"account_id": account_id, "external_id": external_id}).first()
    if row is None:
        known = [
            known_id for known_id in session.execute(_ALL, {"account_id": account_id}).scalars() if known_id is not None
        ]
        raise NoSuchPersonError(f"there is no person `{external_id}` in this account{nearest(external_id, known)}")
    return row.id, row.name


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person who may be chosen from a list: what they are called there is for whoever shows it."""

    id: int
    external_id: str | None
    name: str | None
    email: str | None


def people_to_choose(session: Session, account_id: int, *, limit: int = 100) -> list[KnownPerson]:
    """Return people to choose from, by name; where there are more than `limit`, those with the most points."""
    rows = session.execute(_CHOICE, {"account_id": account_id, "limit": limit, "always": ALWAYS})
    people = [KnownPerson(row.id, row.external_id, row.name, row.email) for row in rows]
    return sorted(people, key=lambda person: (person.name or person.external_id or person.email or "").casefold())


def person_called(session: Session, account_id: int, written: str) -> KnownPerson:
    """Return the one person with this user id of the product, or else this e-mail.

    Errors: `NoSuchPersonError`, `SeveralPeopleError`.
    """
    parameters = {"account_id": account_id, "external_id": written, "email": written.lower()}
    rows = [KnownPerson(*row) for row in session.execute(_CALLED, parameters)]
    exact = [person for person in rows if person.external_id == written]
    if not rows:
        raise NoSuchPersonError(f"there is nobody called {written} in this account")
    if len(exact or rows) > 1:
        raise SeveralPeopleError(f"{len(rows)} people have the e-mail {written}: say the user id")
    return (exact or rows)[0]


def person_known(session: Session, account_id: int, person_id: int) -> KnownPerson:
    """Return a person by their number. Errors: `NoSuchPersonError`, where they were erased."""
    row = session.execute(_NUMBERED, {"account_id": account_id, "id": person_id}).first()
    if row is None:
        raise NoSuchPersonError(f"person {person_id} was erased, or never was")
    return KnownPerson(*row)


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
    first = next_ids(session, account_id, 2 * len(new))
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
    session.execute(insert(PERSON), rows)
    session.execute(insert(WALLET), wallets)
    return people | {external_id: person_id for person_id, external_id in enumerate(new, first)}


def known_people(session: Session, account_id: int, external_ids: Collection[str]) -> dict[str, int]:
    """Return the ids of those who exist already, by the product's user id."""
    rows = session.execute(_KNOWN, {"account_id": account_id, "external_ids": list(dict.fromkeys(external_ids))})
    return dict(rows.all())


def refused(session: Session, account_id: int, external_ids: Collection[str]) -> set[str]:
    """Return those of the product's user ids whose usage is refused: they declined, or asked for erasure."""
    account_key = session.execute(_KEY, {"account_id": account_id}).scalar_one()
    by_hash = {person_hash(account_key, external_id): external_id for external_id in external_ids}
    hashes = session.execute(_REFUSED, {"account_id": account_id, "hashes": list(by_hash)}).scalars()
    return {by_hash[bytes(digest)] for digest in hashes}


def person_hash(account_key: str, external_id: str) -> bytes:
    """Return what stands for a person who wants to be forgotten: 32 bytes, of the account's key and the user id."""
    return blake2b(f"{account_key}\0{external_id}".encode(), digest_size=32).digest()


def member_of(session: Session, account_id: int, user: SlackUser) -> Member | None:
    """Return the account's member who is this Slack user, if they joined."""
    query = select_rows(Member).where(
        col(Member.account_id) == account_id,
        col(Member.enterprise_id) == user.enterprise_id,
        col(Member.user_id) == user.user_id,
    )
    members = session.exec(query if user.enterprise_id else query.where(col(Member.team_id) == user.team_id))
    return members.first()
