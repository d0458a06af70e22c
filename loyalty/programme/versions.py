"""Programme versions: which one is in force, and which came before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, literal_column, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from leaderboards.periods import Weekday
from loyalty.errors import LoyaltyError
from loyalty.programme import Duration, Programme, Rulebook, recall
from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import ProgrammeVersion

_VERSION: Any = ProgrammeVersion.__table__  # type: ignore[attr-defined]


class NoProgrammeError(LoyaltyError):
    """No programme was applied yet."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The programme in force: its version's number, what it says, and its rules made ready."""

    number: int
    programme: Programme
    book: Rulebook

    @property
    def week_starts(self) -> Weekday:
        """Return the day on which the programme's weeks begin."""
        return self.programme.settings.week_starts

    def product(self, language: str) -> str:
        """Return what the points are earned in: the product's name, else the programme's name in a language."""
        return self.programme.settings.product or self.programme.settings.name.get(language)


NEWEST = PreparedSelect(
    select(_VERSION.c.number, _VERSION.c.digest).order_by(_VERSION.c.number.desc()).limit(literal_column("1")),
    shared=True,
)
"""Which version is in force; `in_force_by` reads what it finds."""
_DIGEST = PreparedSelect(select(_VERSION.c.digest).where(_VERSION.c.number == bindparam("number")), shared=True)
_TEXT = PreparedSelect(select(_VERSION.c.text).where(_VERSION.c.number == bindparam("number")), shared=True)


def in_force(session: Session) -> InForce:
    """Return the programme in force. Errors: `NoProgrammeError`."""
    return in_force_by(session, NEWEST.all(session, {}))


def in_force_by(session: Session, newest: Sequence[Any]) -> InForce:
    """Return the programme in force, where `NEWEST` was asked already. Errors: `NoProgrammeError`."""
    if not newest:
        raise NoProgrammeError("no programme was applied yet: `laurels programme apply FILE`")
    return _read_version(session, *newest[0])


def version(session: Session, number: int) -> InForce:
    """Return a version of the programme, in force or not any more. Raises NoResultFound where there is none."""
    return _read_version(session, number, _DIGEST.one(session, {"number": number}).digest)


def _read_version(session: Session, number: int, digest: str) -> InForce:
    version_read = _versions_read.get(digest)
    if version_read is None:
        version_read = ready(number, _TEXT.first(session, {"number": number}).text)
        # A version never changes, so what was read once need not be read again; a deployment has a few.
        _versions_read[digest] = version_read
    return version_read if version_read.number == number else InForce(number, version_read.programme, version_read.book)


def ready(number: int, text: str) -> InForce:
    """Return a text that was checked as a version in force. Errors: `ProgrammeError`."""
    programme = recall(text)
    return InForce(number, programme, Rulebook(programme))


def terms_since(session: Session, since: dt.datetime) -> list[Duration | None]:
    """Return after how long points ran out in the version in force at a moment and in each applied since, in order."""
    terms: list[Duration | None] = []
    query = select_rows(ProgrammeVersion.number, ProgrammeVersion.digest, ProgrammeVersion.applied_at)
    for number, digest, applied_at in session.exec(query.order_by(col(ProgrammeVersion.number).desc())):
        known = _read_version(session, number, digest)
        terms.append(known.programme.settings.points_expire)
        if applied_at < since:
            break
    return terms[::-1]


_versions_read: dict[str, InForce] = {}


def history(session: Session) -> list[ProgrammeVersion]:
    """Return every version, the newest first."""
    return list(session.exec(select_rows(ProgrammeVersion).order_by(col(ProgrammeVersion.number).desc())))
