"""An account's people as a list: who is known, in which role, and who has joined."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import Session

from storage.tables import Member, Person

_PERSON: Any = Person.__table__  # type: ignore[attr-defined]
_MEMBER: Any = Member.__table__  # type: ignore[attr-defined]


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
    given = {"account_id": account_id}
    count: int = session.execute(_COUNT, given).scalar_one()
    first = min(first, max(count - 1, 0) // size * size)
    rows = session.execute(_PAGE, given | {"first": first, "size": size})
    return PeoplePage(tuple(ListedPerson(**row._asdict()) for row in rows), first, count)


_THERE = (
    _PERSON.c.account_id == bindparam("account_id"),
    _PERSON.c.erased_at.is_(None),
    _PERSON.c.left_at.is_(None),
    _PERSON.c.excluded.is_(False),
    _PERSON.c.staff.is_(False),
)
_COUNT = select(func.count()).select_from(_PERSON).where(*_THERE)
_PAGE = (
    select(
        _PERSON.c.external_id,
        _PERSON.c.email,
        _PERSON.c.name,
        _PERSON.c.role,
        _MEMBER.c.person_id.is_not(None).label("joined"),
    )
    .select_from(
        _PERSON.outerjoin(
            _MEMBER, and_(_MEMBER.c.account_id == _PERSON.c.account_id, _MEMBER.c.person_id == _PERSON.c.id)
        )
    )
    .where(*_THERE)
    .order_by(func.lower(func.coalesce(_PERSON.c.name, _PERSON.c.external_id, _PERSON.c.email)), _PERSON.c.id)
    .offset(bindparam("first"))
    .limit(bindparam("size"))
)
