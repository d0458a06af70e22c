"""Programme versions: which one is in force, and which came before."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.errors import LoyaltyError
from loyalty.programme import Duration, Programme, Rulebook, recall
from storage.tables import ProgrammeVersion


class NoProgrammeError(LoyaltyError):
    """No programme was applied yet."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The programme in force: its version's number, what it says, and its rules made ready."""

    number: int
    programme: Programme
    book: Rulebook


def in_force(session: Session) -> InForce:
    """Return the programme in force. Errors: `NoProgrammeError`."""
    newest = session.exec(
        select(ProgrammeVersion.number, ProgrammeVersion.digest).order_by(col(ProgrammeVersion.number).desc()).limit(1)
    ).first()
    if newest is None:
        raise NoProgrammeError("no programme was applied yet: `laurels programme apply FILE`")
    number, digest = newest
    known = _read.get(digest)
    if known is None:
        text = session.exec(select(ProgrammeVersion.text).where(col(ProgrammeVersion.number) == number)).one()
        known = ready(number, text)
        # A version never changes, so what was read once need not be read again; a deployment has a few.
        _read[digest] = known
    return InForce(number, known.programme, known.book)


def ready(number: int, text: str) -> InForce:
    """Return a text that was checked as a version in force. Errors: `ProgrammeError`."""
    programme = recall(text)
    return InForce(number, programme, Rulebook(programme))


def terms_since(session: Session, since: dt.datetime) -> list[Duration | None]:
    """Return after how long points ran out in the version in force at a moment and in each applied since, in order."""
    found: list[Duration | None] = []
    wanted = select(ProgrammeVersion.number, ProgrammeVersion.digest, ProgrammeVersion.applied_at)
    for number, digest, applied_at in session.exec(wanted.order_by(col(ProgrammeVersion.number).desc())):
        known = _read.get(digest)
        if known is None:
            text = session.exec(select(ProgrammeVersion.text).where(col(ProgrammeVersion.number) == number)).one()
            known = _read[digest] = ready(number, text)
        found.append(known.programme.programme.points_expire)
        if applied_at < since:
            break
    return found[::-1]


_read: dict[str, InForce] = {}


def history(session: Session) -> list[ProgrammeVersion]:
    """Return every version, the newest first."""
    return list(session.exec(select(ProgrammeVersion).order_by(col(ProgrammeVersion.number).desc())))
