"""The roster: who the product's users are, as the vendor knows it, and who could not be matched with it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from loyalty import audit
from loyalty.accounts.slack_profile import SlackUser
from loyalty.errors import LoyaltyError
from loyalty.people.people import open_people, refused
from loyalty.programme.versions import in_force
from storage.account_lock import lock_account
from storage.tables import Member, Person, Unmatched
from storage.tables.people import ROLES

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
MAX_CELL_CHARS = {"external_id": 200, "name": 200, "email": 320}


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFault:
    """What is wrong with a line, or with several together; as text a sentence that names them and what is right."""

    kind: Literal["header", "unreadable", "no_id", "email", "role", "long", "twice"]
    lines: tuple[int, ...]
    said: str

    def __str__(self) -> str:
        return f"line{'s' * (len(self.lines) > 1)} {', '.join(map(str, self.lines))}: {self.said}"


class RosterError(LoyaltyError):
    """A roster that cannot be read whole; nothing of it was taken. `faults` are all there are."""

    def __init__(self, faults: Sequence[RosterFault] = ()) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One line: the product's user id, and what is known of the person. Absent facts leave what is known as it is."""

    line: int
    external_id: str
    email: str | None = None
    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterReport:
    """How many lines there were, and what became of them; `refused`: they declined or asked to be forgotten."""

    read: int
    added: int
    updated: int
    unchanged: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedPerson:
    """Somebody who wants in: what Slack says of them, why they are not, and the persons they could be."""

    user: SlackUser
    name: str | None
    email: str | None
    reason: str
    at: datetime
    candidates: tuple[str, ...]


def import_roster(session: Session, account_id: int, rows: Sequence[RosterRow], *, now: datetime) -> RosterReport:
    """Take a roster in: make whoever is new, renew what is known of the others, and return how many were which.

    Who declined or was erased is passed over. One bad line refuses the whole roster.
    """
    rows = [_tidy_row(row) for row in rows]
    faults = [fault for row in rows for fault in _row_faults(row)] + _duplicate_faults(rows)
    if faults:
        raise RosterError(faults)
    refused_ids = refused(session, account_id, [row.external_id for row in rows])
    accepted = {row.external_id: row for row in rows if row.external_id not in refused_ids}
    _adopt_external_ids(session, account_id, accepted, now)
    known = _people(session, account_id, accepted)
    open_people(session, account_id, list(accepted), excluded=in_force(session).book.excludes, now=now)
    people = known | _people(session, account_id, accepted.keys() - known.keys())
    updated = [external_id for external_id, row in accepted.items() if _renew_person(people[external_id], row)]
    session.flush()
    renewed = len([external_id for external_id in updated if external_id in known])
    return RosterReport(
        read=len(rows),
        added=len(accepted) - len(known),
        updated=renewed,
        unchanged=len(known) - renewed,
        refused=len(refused_ids),
    )


def renew_roster(
    session: Session, account_id: int, rows: Sequence[RosterRow], *, author: str, now: datetime
) -> RosterReport:
    """Take a roster in as `import_roster` does, and keep in the audit who changed something by it."""
    lock_account(session, account_id)
    report = import_roster(session, account_id, rows, now=now)
    if report.added or report.updated:
        details = {"added": report.added, "updated": report.updated}
        audit.record(session, account_id, "roster.import", details, author=author, now=now)
    return report


def unmatched(session: Session, account_id: int) -> list[UnmatchedPerson]:
    """Return those who want to join and whose person is not certain, longest waiting first."""
    query = select(Unmatched).where(col(Unmatched.account_id) == account_id)
    rows = session.exec(query.order_by(col(Unmatched.at), col(Unmatched.user_id))).all()
    return [
        UnmatchedPerson(
            user=SlackUser(row.enterprise_id, row.team_id, row.user_id),
            name=row.name,
            email=row.email,
            reason=row.reason,
            at=row.at,
            candidates=_candidates(session, account_id, row.email),
        )
        for row in rows
    ]


def _candidates(session: Session, account_id: int, email: str | None) -> tuple[str, ...]:
    if email is None:
        return ()
    query = select(Person.external_id).where(col(Person.account_id) == account_id, col(Person.email) == email)
    return tuple(sorted(external_id for external_id in session.exec(query) if external_id is not None))


def _tidy_row(row: RosterRow) -> RosterRow:
    return replace(
        row,
        external_id=row.external_id.strip(),
        email=(row.email or "").strip().lower() or None,
        name=" ".join((row.name or "").split()) or None,
        role=(row.role or "").strip().lower() or None,
    )


def _row_faults(row: RosterRow) -> Iterator[RosterFault]:
    at = (row.line,)
    if not row.external_id:
        yield RosterFault(kind="no_id", lines=at, said="the id is empty; it is the product's user id")
    if row.email is not None and not _EMAIL.fullmatch(row.email):
        yield RosterFault(
            kind="email", lines=at, said=f"{row.email!r} is no e-mail; one looks like ania@northwind.example"
        )
    if row.role is not None and row.role not in ROLES:
        yield RosterFault(kind="role", lines=at, said=f"{row.role!r} is no role; roles are {', '.join(ROLES)}")
    for field, most in MAX_CELL_CHARS.items():
        length = len(getattr(row, field) or "")
        if length > most:
            said = f"the {field.replace('external_', '')} has {length} characters; at most {most} fit"
            yield RosterFault(kind="long", lines=at, said=said)


def _duplicate_faults(rows: Sequence[RosterRow]) -> list[RosterFault]:
    counts = Counter(row.external_id for row in rows if row.external_id)
    lines = {external_id: tuple(row.line for row in rows if row.external_id == external_id)
             for external_id, count in counts.items() if count > 1}  # fmt: skip
    return [
        RosterFault(kind="twice", lines=numbers, said=f"{external_id!r} stands there more than once; one line a person")
        for external_id, numbers in lines.items()
    ]


def _adopt_external_ids(session: Session, account_id: int, accepted: Mapping[str, RosterRow], now: datetime) -> None:
    """Give those who were known by e-mail only, an owner for instance, the user id that the roster has for it."""
    by_email = {row.email: external_id for external_id, row in accepted.items() if row.email}
    nameless = select(Person).where(
        col(Person.account_id) == account_id, col(Person.external_id).is_(None), col(Person.email).in_(list(by_email))
    )
    for person in session.exec(nameless).all():
        external_id = by_email[person.email or ""]
        known = _people(session, account_id, [external_id]).get(external_id)
        if known is None:
            person.external_id = external_id
        else:
            _merge_person(session, account_id, person, known, now)
        session.flush()


def _merge_person(session: Session, account_id: int, person: Person, known: Person, now: datetime) -> None:
    """Let `known`, whom the product's usage made, take the place of `person`, who was known by e-mail only."""
    known.owner = known.owner or person.owner
    member = session.get(Member, (account_id, person.id))
    if member is not None and session.get(Member, (account_id, known.id)) is None:
        member.person_id = known.id
    person.email, person.owner, person.erased_at = None, False, now


def _people(session: Session, account_id: int, external_ids: Collection[str]) -> dict[str, Person]:
    query = select(Person).where(col(Person.account_id) == account_id, col(Person.external_id).in_(list(external_ids)))
    return {person.external_id: person for person in session.exec(query) if person.external_id is not None}


def _renew_person(person: Person, row: RosterRow) -> bool:
    changes = {
        field: value
        for field, value in (("email", row.email), ("name", row.name), ("role", row.role))
        if value is not None and getattr(person, field) != value
    }
    for field, value in changes.items():
        setattr(person, field, value)
    return bool(changes)
