"""Who of the invited an attendee is: by e-mail, else by a name that exactly one of them has, else nobody knows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from unicodedata import normalize

from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from loyalty.webinars.attendance.union import Interval, minutes_together, united
from loyalty.webinars.audience.people import invited_accounts, invited_people
from loyalty.webinars.errors import NoSuchMatchError
from storage.tables import Person, WebinarAttendance, WebinarRsvp


class Attendee(Protocol):
    """Somebody whom a report names. `minutes` None: it does not say.

    Where the reader knows them, it also has `intervals`: pairs of instants in UTC at which they came and left.
    """

    @property
    def name(self) -> str:
        """Return the name, as the report has it."""

    @property
    def email(self) -> str | None:
        """Return the e-mail, None where there is none."""

    @property
    def minutes(self) -> int | None:
        """Return how long they were there, None where that is unknown."""


@dataclass(frozen=True, slots=True, order=True)
class AccountPerson:
    """A person of an account, by surrogate ids, and as the command line names them."""

    account_id: int
    person_id: int
    account: str = field(compare=False)
    external_id: str | None = field(compare=False)
    name: str | None = field(compare=False)


@dataclass(frozen=True, slots=True)
class OpenAttendee:
    """Somebody of a report who is nobody known (`candidates` empty), or could be several."""

    name: str
    email: str | None
    minutes: int | None
    candidates: tuple[AccountPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a person was there, as one report says: all their lines together."""

    minutes: int | None
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """A report's attendees: those who are one of the invited, and those left for a decision."""

    stays: Mapping[AccountPerson, Stay]
    unmatched: tuple[OpenAttendee, ...]
    ambiguous: tuple[OpenAttendee, ...]


def match_attendees(
    guests: Sequence[tuple[AccountPerson, str | None]],
    attendees: Sequence[Attendee],
    chosen: Mapping[str, tuple[int, int]],
) -> Matches:
    """Return who the attendees are. `guests`: the invited, each with their e-mail; `chosen`: decided by hand, by name.

    Errors: `NoSuchMatchError` where what was decided names nobody.
    """
    by_email: dict[str, list[AccountPerson]] = defaultdict(list)
    by_name: dict[str, list[AccountPerson]] = defaultdict(list)
    by_number = {(one.account_id, one.person_id): one for one, _ in guests}
    for one, email in guests:
        by_email[_mail(email)].append(one)
        by_name[_called(one.name)].append(one)
    decided = {_called(name): _chosen(by_number, name, who) for name, who in chosen.items()}
    strange = decided.keys() - {_called(each.name) for each in attendees}
    if strange:
        raise NoSuchMatchError(f"the report names nobody called {', '.join(sorted(strange))}")
    parts: dict[AccountPerson, list[tuple[tuple[Interval, ...], int | None]]] = defaultdict(list)
    unmatched: list[OpenAttendee] = []
    ambiguous: list[OpenAttendee] = []
    for each in attendees:
        name, email = _called(each.name), _mail(each.email)
        found = _candidates(name, email, decided, by_email, by_name)
        if len(found) == 1:
            parts[found[0]].append((tuple(getattr(each, "intervals", ())), each.minutes))
        else:
            left = OpenAttendee(each.name, each.email, each.minutes, tuple(sorted(found)))
            (ambiguous if found else unmatched).append(left)
    stays = {
        who: Stay(minutes_together(told), united(each for intervals, _ in told for each in intervals))
        for who, told in sorted(parts.items())
    }
    return Matches(stays, tuple(unmatched), tuple(ambiguous))


def _candidates(
    name: str,
    email: str,
    decided: Mapping[str, AccountPerson],
    by_email: Mapping[str, list[AccountPerson]],
    by_name: Mapping[str, list[AccountPerson]],
) -> list[AccountPerson]:
    """Return who it may be: as somebody decided, else by e-mail, else by name; a blank tells nothing."""
    if name in decided:
        return [decided[name]]
    same = by_email.get(email, []) if email else []
    return same or (by_name.get(name, []) if name else [])


def _chosen(by_number: Mapping[tuple[int, int], AccountPerson], name: str, who: tuple[int, int]) -> AccountPerson:
    if who not in by_number:
        raise NoSuchMatchError(f"{name} was matched with somebody who is not invited")
    return by_number[who]


def _mail(email: str | None) -> str:
    return (email or "").strip().lower()


def _called(name: str | None) -> str:
    return " ".join(normalize("NFC", name or "").casefold().split())


def guests_to_match(session: Session, key: str, *, now: dt.datetime) -> list[tuple[AccountPerson, str | None]]:
    """Return all who are invited, or answered, or are held to have come, with their e-mails. The operator's scope."""
    found = []
    for account_id in invited_accounts(session, key):
        account = by_id(session, account_id)
        people = set(invited_people(session, account_id, key, now=now))
        for table in (WebinarRsvp, WebinarAttendance):
            own = (col(table.account_id) == account_id, col(table.webinar) == key)
            people |= set(session.exec(select(table.person_id).where(*own)))
        wanted = select(Person).where(col(Person.account_id) == account_id, col(Person.erased_at).is_(None))
        found += [
            (AccountPerson(account_id, person.id, account.key, person.external_id, person.name), person.email)
            for person in session.exec(wanted.order_by(col(Person.id)))
            if person.id in people
        ]
    return found
