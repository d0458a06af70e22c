"""`laurels webinar attendance` and `mark`: who came, by the platform's report or by hand."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlmodel import Session

from bot.cli.context import OPERATOR_NAME, OfAccount, account_context, database, now
from bot.cli.output import Json, count, document, note, say, table
from bot.cli.webinar.answers import Person
from bot.cli.webinar.report_refusals import refusal_words
from bot.cli.webinar.shown import Key
from bot.errors import EXIT_REFUSED, EXIT_WRONG_USE, CommandError
from handlers.webinars.attendance_reports import AttendanceReport, ReportRefused, read_report
from loyalty.accounts.accounts import find_account
from loyalty.people.people import find_person
from loyalty.webinars.attendance.evidence import (
    AccountPerson,
    MatchedAttendee,
    OpenAttendee,
    ReportPreview,
    apply_report,
    preview_report,
)
from loyalty.webinars.attendance.marks import mark_attendance
from loyalty.webinars.details import WebinarFacts
from loyalty.webinars.overview.queries import webinar_shown
from storage.database import OPERATOR, Database

LISTED = 50
"""Lines of a report that are shown in words; in JSON all are."""


def attendance(
    key: Key,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The platform's report.", exists=True, dir_okay=False)],
    apply: Annotated[bool, typer.Option("--apply", help="Record who came. Without it nothing is changed.")] = False,
    replace: Annotated[
        int | None, typer.Option("--replace", metavar="ID", help="The report whose place this one takes.", min=1)
    ] = None,
    match: Annotated[
        list[str] | None,
        typer.Option("--match", metavar='"NAME=ACCOUNT/PERSON"', help="Who a name in the report is; several times."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say who came, by the report of Teams, Zoom, Google Meet or Webex; with --apply it is recorded, points follow.

    The same file twice changes nothing; a further one adds to what is known.
    """
    data, at = file.read_bytes(), now()
    with database() as opened:
        facts = opened.read(OPERATOR, lambda session: webinar_shown(session, key, own=(), now=at).details.facts)
        report = _read(data, file, facts)
        pairs = [_pair(each) for each in match or ()]
        matches = opened.read(OPERATOR, lambda session: _matches(session, pairs))
        preview = _evidence(opened, key, report, data, matches, replace, at, apply=apply)
    if as_json:
        document(_document(preview))
        if preview.report is not None:
            note(f"Report {preview.report}: `--replace {preview.report}` lets another take its place.")
    else:
        _tell(preview)


def mark(
    key: Key,
    person: Person,
    account: OfAccount,
    minutes: Annotated[
        int | None, typer.Option("--minutes", metavar="N", help="How long they were there.", min=0)
    ] = None,
    absent: Annotated[bool, typer.Option("--absent", help="They were not there, whatever a report says.")] = False,
    as_json: Json = False,
) -> None:
    """Mark that somebody came, or with --absent that they did not: it overrules reports and the code."""
    if absent and minutes is not None:
        raise CommandError(
            "--absent and --minutes do not go together: whoever was not there has no minutes", EXIT_WRONG_USE
        )
    at = now()
    with account_context(account) as its:
        person_id, name = its.read(lambda session: find_person(session, its.id, person))
        came = its.write(
            lambda session: mark_attendance(
                session, its.id, key, person_id, came=not absent, minutes=minutes, author=OPERATOR_NAME, now=at
            )
        )
    if as_json:
        document({"webinar": key, "account": account, "person": person, "came": came, "minutes": minutes})
    else:
        say(f"{name or person}: {'came' if came else 'was not there'}.")


def _read(data: bytes, file: Path, facts: WebinarFacts) -> AttendanceReport:
    try:
        return read_report(data, starts=facts.starts_at, ends=facts.ends_at, zone=ZoneInfo(facts.timezone))
    except ReportRefused as error:
        raise CommandError(f"{file}: {refusal_words(error.refusal)}", EXIT_REFUSED) from None


def _evidence(
    opened: Database,
    key: str,
    report: AttendanceReport,
    data: bytes,
    matches: Mapping[str, tuple[int, int]],
    replaces: int | None,
    at: dt.datetime,
    *,
    apply: bool,
) -> ReportPreview:
    given: dict[str, Any] = {
        "platform": report.platform.value,
        "digest": hashlib.sha256(data).digest(),
        "matches": matches,
        "replaces": replaces,
        "now": at,
    }
    if apply:
        return opened.write(
            OPERATOR, lambda session: apply_report(session, key, report.attendees, author=OPERATOR_NAME, **given)
        )
    return opened.dry_run(OPERATOR, lambda session: preview_report(session, key, report.attendees, **given))


def _pair(written: str) -> tuple[str, str, str]:
    name, equals, whom = written.rpartition("=")
    account, slash, person = whom.partition("/")
    if not (equals and slash and name.strip() and account and person):
        raise CommandError(f'--match {written}: right is "Ania N.=northwind/ania"', EXIT_WRONG_USE)
    return name.strip(), account.strip(), person.strip()


def _matches(session: Session, pairs: Sequence[tuple[str, str, str]]) -> dict[str, tuple[int, int]]:
    found = {}
    for name, account, person in pairs:
        account_id = find_account(session, account).id
        assert account_id is not None  # noqa: S101 - read from the database
        found[name] = (account_id, find_person(session, account_id, person)[0])
    return found


def _document(preview: ReportPreview) -> dict[str, Any]:
    return {
        "platform": preview.platform,
        "matched": [{**_whom(each.person), "minutes": each.minutes} for each in preview.matched],
        "unmatched": [_open(each) for each in preview.unmatched],
        "ambiguous": [
            {**_open(each), "candidates": [_whom(person) for person in each.candidates]} for each in preview.ambiguous
        ],
        "applied": preview.applied,
    }


def _open(attendee: OpenAttendee) -> dict[str, Any]:
    return {"name": attendee.name, "email": attendee.email, "minutes": attendee.minutes}


def _whom(person: AccountPerson) -> dict[str, Any]:
    return {"account": person.account, "person": person.external_id}


def _tell(preview: ReportPreview) -> None:
    if preview.matched:
        table(("Account", "Person", "Name", ">Minutes", "Came"), _matched_rows(preview.matched[:LISTED]))
    _tell_open("Nobody known", preview.unmatched)
    _tell_open("Could be several", preview.ambiguous)
    parts = (len(preview.matched), len(preview.unmatched), len(preview.ambiguous))
    say("{}: {:,} matched, {:,} unmatched, {:,} ambiguous.".format(preview.platform, *parts))
    if not preview.applied:
        say("Nothing is recorded yet: say --apply.")
    elif preview.known:
        say(f"Report {preview.report} is this very file: nothing changed.")
    else:
        gains, loses = count(len(preview.gains), "person", "people"), len(preview.loses)
        say(f"Report {preview.report} is recorded: {gains} came" + (f", taken back for {loses}." if loses else "."))


def _matched_rows(matched: Iterable[MatchedAttendee]) -> list[tuple[Any, ...]]:
    return [
        (each.person.account, each.person.external_id, each.person.name, each.minutes, each.came) for each in matched
    ]


def _tell_open(heading: str, attendees: Sequence[OpenAttendee]) -> None:
    for each in attendees[:LISTED]:
        candidates = ", ".join(f"{who.account}/{who.external_id}" for who in each.candidates)
        said = ", ".join(part for part in (each.email, candidates) if part)
        say(f"{heading}: {each.name}" + (f" ({said})" if said else ""))
