"""An account's people as a list: who is known, in which role, and who has joined."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import Session

from loyalty.people.eligibility import is_eligible
from storage.tables import Member, Person, core

PERSON = core(Person)
MEMBER = core(Member)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """Somebody of an account. `external_id` is the product's user id, None where only the e-mail is known."""

    external_id: str | None
    email: str | None
    name: str | None
    role: str
    joined: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some of an account's people by name; `first` of them come before, `of` there are in all."""

    people: tuple[ListedPerson, ...]
    first: int
    of: int


def list_people(session: Session, account_id: int, *, first: int = 0, size: int) -> PeoplePage:
    """Return at most `size` people from the one at `first`; beyond the end, those who come last."""
    parameters = {"account_id": account_id}
    count: int = session.execute(_COUNT, parameters).scalar_one()
    first = min(first, max(count - 1, 0) // size * size)
    rows = session.execute(_PAGE, parameters | {"first": first, "size": size})
    return PeoplePage(tuple(ListedPerson(**row._asdict()) for row in rows), first, count)


_LISTED = (PERSON.c.account_id == bindparam("account_id"), is_eligible(PERSON.c))
_COUNT = select(func.count()).select_from(PERSON).where(*_LISTED)
_PAGE = (
    select(
        PERSON.c.external_id,
        PERSON.c.email,
        PERSON.c.name,
        PERSON.c.role,
        MEMBER.c.person_id.is_not(None).label("joined"),
    )
    .select_from(
        PERSON.outerjoin(MEMBER, and_(MEMBER.c.account_id == PERSON.c.account_id, MEMBER.c.person_id == PERSON.c.id))
    )
    .where(*_LISTED)
    .order_by(func.lower(func.coalesce(PERSON.c.name, PERSON.c.external_id, PERSON.c.email)), PERSON.c.id)
    .offset(bindparam("first"))
    .limit(bindparam("size"))
)
