"""Whether somebody came, as all evidence that stands says together: its order never matters."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.webinars.attendance.union import minutes_together, read
from storage.tables import Webinar, WebinarEvidence, WebinarReport


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody came, and for how many minutes, None where that is unknown."""

    came: bool
    minutes: int | None = None


def verdict(evidence: Collection[WebinarEvidence], min_minutes: int) -> Verdict:
    """Return what evidence says of one person: a mark overrules, else the code, or enough minutes in all reports."""
    by_report = [each for each in evidence if each.kind == "report"]
    minutes = minutes_together([(read(each.intervals), each.minutes) for each in by_report])
    marks = [each for each in evidence if each.kind == "mark"]
    if marks:
        return Verdict(marks[0].came, minutes if marks[0].minutes is None else marks[0].minutes)
    enough = bool(by_report) and (minutes is None or minutes >= min_minutes)
    return Verdict(enough or any(each.kind == "code" for each in evidence), minutes)


def standing_reports(session: Session, key: str) -> tuple[WebinarReport, ...]:
    """Return the reports that none replaced, by number."""
    own = (col(WebinarReport.webinar) == key, col(WebinarReport.replaced_by).is_(None))
    return tuple(session.exec(select(WebinarReport).where(*own).order_by(col(WebinarReport.id))))


def standing_evidence(
    session: Session, account_id: int, key: str, reports: Collection[int], people: Collection[int] | None = None
) -> Mapping[int, list[WebinarEvidence]]:
    """Return an account's evidence by person, of these reports and of its own; `people`: of those alone."""
    own = (col(WebinarEvidence.account_id) == account_id, col(WebinarEvidence.webinar) == key)
    wanted = select(WebinarEvidence).where(*own, col(WebinarEvidence.report).in_((0, *reports)))
    if people is not None:
        wanted = wanted.where(col(WebinarEvidence.person_id).in_(people))
    found = defaultdict(list)
    for each in session.exec(wanted, execution_options={"populate_existing": True}):
        found[each.person_id].append(each)
    return found


def enough_minutes(row: Webinar) -> int:
    """Return how long one has to be there to have come."""
    return row.min_minutes or max(1, row.minutes // 2)
