"""Reports of who came, as evidence. They are a set: in whatever order they come, they say the same in the end."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.webinars.attendance.match import (
    AccountPerson,
    Attendee,
    Matches,
    OpenAttendee,
    guests_to_match,
    match_attendees,
)
from loyalty.webinars.attendance.settle import settle_attendance, verdicts
from loyalty.webinars.attendance.union import written
from loyalty.webinars.audience.people import invited_accounts
from loyalty.webinars.errors import (
    NobodyInReportError,
    NoSuchReportError,
    NoSuchWebinarError,
    NotOverYetError,
    WebinarCancelledError,
)
from loyalty.webinars.rows import audit_webinar, lock_webinar, state_of, write_webinar
from storage.account_lock import lock_account
from storage.tables import Webinar, WebinarAttendance, WebinarEvidence, WebinarReport

__all__ = [
    "AccountPerson",
    "Attendee",
    "MatchedAttendee",
    "OpenAttendee",
    "ReportPreview",
    "apply_report",
    "preview_report",
]


@dataclass(frozen=True, slots=True)
class MatchedAttendee:
    """Somebody of a report who is one of the invited, with all their lines together. `came`: as all evidence says."""

    person: AccountPerson
    minutes: int | None
    came: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPreview:
    """What a report says, and what it would change. `report`: its number where it was applied, also before.

    `gains` and `loses`: who would be recorded as having come, and of whom that would be taken back. `known`: this very
    file stands already, and changes nothing.
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
    """Return what a report says and would change; nothing is written: what is tried is rolled back to a savepoint.

    `digest`: of the file's bytes. `matches`: by the name in the report the account and the person that somebody chose.
    `replaces`: the report that this one takes the place of. Wants the operator's scope, in a transaction that may write
    (`Database.dry_run`). Errors: `NoSuchWebinarError`, `NotOverYetError`, `WebinarCancelledError`,
    `NobodyInReportError`, `NoSuchReportError`, `NoSuchMatchError`.
    """
    row, found = _read(session, key, attendees, matches, now)
    with session.begin_nested() as savepoint:
        number, known = _write(session, row, found, platform, digest, replaces, author="preview", now=now)
        preview = _preview(session, row, found, platform, number if known else None, known=known)
        savepoint.rollback()
    session.expire_all()
    return preview


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
    row, found = _read(session, key, attendees, matches, now)
    number, known = _write(session, row, found, platform, digest, replaces, author=author, now=now)
    preview = _preview(session, row, found, platform, number, known=known, applied=True)
    if preview.gains or preview.loses or not known:
        for account_id in invited_accounts(session, key):
            settle_attendance(session, account_id, row, author=author, now=now)
        if row.attendance_at is None:
            write_webinar(session, row, attendance_at=now)
        audit_webinar(session, key, "attendance", author, now, report=number)
    return preview


def _read(
    session: Session,
    key: str,
    attendees: Sequence[Attendee],
    matches: Mapping[str, tuple[int, int]] | None,
    now: dt.datetime,
) -> tuple[Webinar, Matches]:
    row = lock_webinar(session, key)
    check_began(row, now)
    if not attendees:
        raise NobodyInReportError("the report names nobody")
    return row, match_attendees(guests_to_match(session, key, now=now), attendees, matches or {})


def check_began(row: Webinar, now: dt.datetime) -> None:
    """Raise where nobody can have come: `NoSuchWebinarError`, `WebinarCancelledError`, `NotOverYetError`."""
    match state_of(row, now):
        case "cancelled":
            raise WebinarCancelledError(row.key, row.change_why)
        case "announced":
            raise NotOverYetError(row.key, row.starts_at)
        case "draft" | "scheduled":
            raise NoSuchWebinarError(row.key)
        case _:
            return


def _write(
    session: Session,
    row: Webinar,
    found: Matches,
    platform: str,
    digest: bytes,
    replaces: int | None,
    *,
    author: str,
    now: dt.datetime,
) -> tuple[int, bool]:
    """Write a report and its evidence down, and return its number, and whether it stood already as it is."""
    own = select(WebinarReport).where(col(WebinarReport.webinar) == row.key)
    reports = session.exec(own.order_by(col(WebinarReport.id)), execution_options={"populate_existing": True}).all()
    report = next((each for each in reports if each.digest == digest), None)
    standing = tuple(each.id for each in reports if each.replaced_by is None)
    if replaces is not None and (replaces not in standing or (report is not None and replaces == report.id)):
        raise NoSuchReportError(replaces, standing)
    known = report is not None and report.replaced_by is None and replaces is None
    if report is None:
        number = 1 + max((each.id for each in reports), default=0)
        report = WebinarReport(
            webinar=row.key, id=number, digest=digest, platform=platform, applied_at=now, applied_by=author
        )
    report.replaced_by = None
    session.add(report)
    for each in reports:
        if each.id == replaces:
            each.replaced_by = report.id
            session.add(each)
    session.flush()
    changed = _write_evidence(session, row, report.id, found, author, now)
    return report.id, known and not changed


def _write_evidence(session: Session, row: Webinar, report: int, found: Matches, author: str, now: dt.datetime) -> bool:
    """Write down whom a report names, and return whether anybody of them is new: matched by hand this time."""
    for account_id in sorted({who.account_id for who in found.stays}):
        lock_account(session, account_id)
    changed = False
    for who, stay in found.stays.items():
        place = (who.account_id, row.key, who.person_id, "report", report)
        if session.get(WebinarEvidence, place) is not None:
            continue
        changed = True
        session.add(
            WebinarEvidence(
                account_id=who.account_id,
                webinar=row.key,
                person_id=who.person_id,
                kind="report",
                report=report,
                minutes=stay.minutes,
                intervals=written(stay.intervals),
                at=now,
                author=author,
            )
        )
    session.flush()
    return changed


def _preview(
    session: Session,
    row: Webinar,
    found: Matches,
    platform: str,
    number: int | None,
    *,
    known: bool,
    applied: bool = False,
) -> ReportPreview:
    """Return what a report that was just written says, beside what is recorded of attendance so far."""
    gains: list[AccountPerson] = []
    loses: list[AccountPerson] = []
    came = set()
    named = {(who.account_id, who.person_id): who for who in found.stays}
    for account_id in invited_accounts(session, row.key):
        before = _came(session, account_id, row.key)
        now_came = {person_id for person_id, says in verdicts(session, account_id, row).items() if says.came}
        came |= {(account_id, person_id) for person_id in now_came}
        gains += _people(account_id, now_came - before, named)
        loses += _people(account_id, before - now_came, named)
    matched = tuple(
        MatchedAttendee(who, stay.minutes, (who.account_id, who.person_id) in came) for who, stay in found.stays.items()
    )
    return ReportPreview(
        platform=platform,
        matched=matched,
        unmatched=found.unmatched,
        ambiguous=found.ambiguous,
        gains=tuple(gains),
        loses=tuple(loses),
        report=number,
        applied=applied,
        known=known,
    )


def _came(session: Session, account_id: int, key: str) -> set[int]:
    own = (col(WebinarAttendance.account_id) == account_id, col(WebinarAttendance.webinar) == key)
    return set(session.exec(select(WebinarAttendance.person_id).where(*own, col(WebinarAttendance.came))))


def _people(
    account_id: int, people: Iterable[int], named: Mapping[tuple[int, int], AccountPerson]
) -> list[AccountPerson]:
    """Return people as values; who is not in this report, but in one that it replaces, is known by number alone."""
    return [
        named.get((account_id, person_id)) or AccountPerson(account_id, person_id, "", None, None)
        for person_id in sorted(people)
    ]
