"""Who came, from evidence: reports, the code, the organizer's mark. Reports are a set: their order never matters."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session


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


@dataclass(frozen=True, slots=True)
class AccountPerson:
    """A person of an account, by surrogate ids, and as the command line names them."""

    account_id: int
    person_id: int
    account: str
    external_id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class MatchedAttendee:
    """Somebody of a report who is one of the invited, with all their lines together. `came`: as all evidence says."""

    person: AccountPerson
    minutes: int | None
    came: bool


@dataclass(frozen=True, slots=True)
class OpenAttendee:
    """Somebody of a report who is nobody known (`candidates` empty), or could be several."""

    name: str
    email: str | None
    minutes: int | None
    candidates: tuple[AccountPerson, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPreview:
    """What a report says, and what it would change. `report`: its number where it was applied, also before.

    `gains` and `loses`: who would be recorded as having come, and of whom that would be taken back.
    """

    platform: str
    matched: tuple[MatchedAttendee, ...]
    unmatched: tuple[OpenAttendee, ...]
    ambiguous: tuple[OpenAttendee, ...]
    gains: tuple[AccountPerson, ...] = ()
    loses: tuple[AccountPerson, ...] = ()
    report: int | None = None
    applied: bool = False
    known: bool = False
    """Whether this very file was applied before: it changes nothing."""


def preview_report(
    session: Session,
    key: str,
    attendees: Sequence[Attendee],
    *,
    platform: str,
    digest: bytes,
    matches: Mapping[str, tuple[int, int]] | None = None,
    replaces: int | None = None,
    now: dt.datetime,
) -> ReportPreview:
    """Return what a report says and would change; nothing is written.

    `digest`: of the file's bytes. `matches`: by the name in the report the account and the person that somebody chose.
    `replaces`: the report that this one takes the place of. Wants the operator's scope. Errors: `NoSuchWebinarError`,
    `NotOverYetError`, `WebinarCancelledError`, `NobodyInReportError`, `NoSuchReportError`, `NoSuchMatchError`.
    """
    raise NotImplementedError


def apply_report(
    session: Session,
    key: str,
    attendees: Sequence[Attendee],
    *,
    platform: str,
    digest: bytes,
    matches: Mapping[str, tuple[int, int]] | None = None,
    replaces: int | None = None,
    author: str,
    now: dt.datetime,
) -> ReportPreview:
    """Add a report to the webinar's evidence, let points follow, and return what changed; the same file twice nothing.

    Somebody came if any evidence that stands says so. Wants the operator's scope. Errors: as `preview_report`.
    """
    raise NotImplementedError
