"""The attendance report on the desk: acknowledged at once, fetched and read after, shown in the same window."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from zoneinfo import ZoneInfo

from handlers import managers
from handlers.form_values import private_metadata
from handlers.request import Routes, SlackRequest
from handlers.slack.files import fetch_file
from handlers.slack.responses import change_view
from handlers.webinars.attendance_reports import AttendanceReport, ReportRefused, read_report
from loyalty.errors import LoyaltyError
from loyalty.webinars.attendance.evidence import apply_report, preview_report
from loyalty.webinars.details import WebinarDetails
from loyalty.webinars.organizers import check_organizer
from loyalty.webinars.overview.queries import webinar_shown
from messages import errors
from messages.actions import WebinarDeskField, WebinarDeskView
from messages.kit.blocks import Message
from messages.kit.modals import Modal, info_modal
from messages.webinars import attendance as say
from storage.database import OPERATOR

MAX_BYTES = 20_000_000

Read = Callable[[bytes, WebinarDetails], Modal | Message]
"""What is done with a report's bytes: what is shown of it."""


def submit_report(request: SlackRequest) -> Modal:
    """Say that the report is being read; what it says takes that place."""
    key, file_id = private_metadata(request)["webinar"], _file_id(request)
    own = [managed.account.id for managed in managers.verify_manager(request)]

    def preview(data: bytes, details: WebinarDetails) -> Modal:
        report = _read(data, details)
        found = request.database.dry_run(
            OPERATOR,
            lambda session: preview_report(
                session,
                key,
                report.attendees,
                platform=str(report.platform),
                digest=sha256(data).digest(),
                now=request.now,
            ),
        )
        return say.preview_modal(request.reader, found, key, file_id, own)

    return _after(request, key, file_id, preview)


def apply_attendance(request: SlackRequest) -> Modal:
    """Record who was there; the same file twice changes nothing."""
    metadata = private_metadata(request)
    key, file_id = metadata["webinar"], metadata["file"]
    author = managers.verify_manager(request)[0].author

    def record(data: bytes, details: WebinarDetails) -> Message:
        report = _read(data, details)
        done = request.write_as_requester(
            OPERATOR,
            lambda session: apply_report(
                session,
                key,
                report.attendees,
                platform=str(report.platform),
                digest=sha256(data).digest(),
                author=author,
                now=request.now,
            ),
        )
        return say.applied_message(request.reader, done, details)

    return _after(request, key, file_id, record)


def _after(request: SlackRequest, key: str, file_id: str, read: Read) -> Modal:
    """Return what stands there for now, and have the report fetched, and what is shown of it put in its place."""
    details = _details(request, key)

    name = secrets.token_hex(16)

    def work() -> None:
        shown = _result(request, details, file_id, read)
        modal = shown if isinstance(shown, Modal) else info_modal(request.reader, shown)
        change_view(request.slack, name, modal.view)

    request.services.background(work)
    return replace(info_modal(request.reader, say.reading_message(request.reader)), external_id=name)


def _result(request: SlackRequest, details: WebinarDetails, file_id: str, read: Read) -> Modal | Message:
    data = fetch_file(request.slack, file_id, max_bytes=MAX_BYTES)
    if data is None:
        return say.unreachable_message(request.reader)
    try:
        return read(data, details)
    except ReportRefused as refused:
        refusal = refused.refusal
        day = request.reader.date(details.facts.local_start.date())
        return say.refused_message(
            request.reader, str(refusal.reason), line=refusal.line or 0, found=refusal.found, day=day
        )
    except LoyaltyError as refused:
        return errors.error_message(request.reader, refused)


def _read(data: bytes, details: WebinarDetails) -> AttendanceReport:
    facts = details.facts
    return read_report(data, starts=facts.starts_at, ends=facts.ends_at, zone=ZoneInfo(facts.timezone))


def _details(request: SlackRequest, key: str) -> WebinarDetails:
    _, shown = request.database.read(
        OPERATOR,
        lambda session: (
            check_organizer(session, key, request.requester.user),
            webinar_shown(session, key, own=(), now=request.now),
        ),
    )
    return shown.details


def _file_id(request: SlackRequest) -> str:
    """Return the id of the file that was put into the window."""
    for fields in request.body["view"]["state"]["values"].values():
        if WebinarDeskField.REPORT in fields:
            return str(fields[WebinarDeskField.REPORT]["files"][0]["id"])
    return ""


ROUTES = Routes(views={WebinarDeskView.REPORT: submit_report, WebinarDeskView.APPLY: apply_attendance})
