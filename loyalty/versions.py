"""Programme versions: which one is in force, and which came before."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.errors import LoyaltyError
from loyalty.programme import Programme, Rulebook, recall
from storage.tables import ProgrammeVersion


class NoProgrammeError(LoyaltyError):
    """No programme was applied yet."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The programme in force: its version's number, what it says, and its rules made ready."""

    number: int
    programme: Programme
    book: Rulebook


_NEWEST = (
    select(ProgrammeVersion.number, ProgrammeVersion.digest).order_by(col(ProgrammeVersion.number).desc()).limit(1)
)


def in_force(session: Session) -> InForce:
    """Return the programme in force. Errors: `NoProgrammeError`."""
    newest = session.exec(_NEWEST).first()
    if newest is None:
        raise NoProgrammeError("no programme was applied yet: `laurels programme apply FILE`")
    return _known(session, *newest)


def version(session: Session, number: int) -> InForce:
    """Return a version of the programme, in force or not any more. Raises NoResultFound where there is none."""
    wanted = select(ProgrammeVersion.digest).where(col(ProgrammeVersion.number) == number)
    return _known(session, number, session.exec(wanted).one())


def _known(session: Session, number: int, digest: str) -> InForce:
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


_read: dict[str, InForce] = {}


def history(session: Session) -> list[ProgrammeVersion]:
    """Return every version, the newest first."""
    return list(session.exec(select(ProgrammeVersion).order_by(col(ProgrammeVersion.number).desc())))
