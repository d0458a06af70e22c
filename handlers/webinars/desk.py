"""Webinars on the account managers' desk: the list, one webinar's page, and what its organizer changes there."""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from handlers import managers
from handlers.form_values import form_values, private_metadata
from handlers.request import FieldsError, Reply, Response, Routes, SlackRequest
from handlers.webinars.announce import FIELD, field_of, fold, local_start
from loyalty.webinars.announce import schedule_announcement
from loyalty.webinars.attendance.marks import mark_attendance
from loyalty.webinars.changes import cancel_webinar, move_webinar, set_code, set_recording
from loyalty.webinars.details import WebinarDetails
from loyalty.webinars.errors import BadLinkError, BadWebinarError, NoReasonError, TimeTwiceError
from loyalty.webinars.local_time import start_instant
from loyalty.webinars.organizers import check_manages, check_organizer, managed_webinars
from loyalty.webinars.overview.queries import webinar_shown
from loyalty.webinars.rsvp.waitlist import waitlist_state
from messages.actions import WebinarDeskAction, WebinarDeskView
from messages.kit.modals import Modal
from messages.webinars import attendance as say_attendance
from messages.webinars import desk as say
from messages.webinars.announce import LATER
from storage.database import OPERATOR

T = TypeVar("T")
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Nothing in it is heard, or read, as something else."""
CODE_LENGTH = 6


def list_webinars(request: SlackRequest) -> Reply:
    """Show the webinars somebody organizes, and those for accounts they look after."""
    own, user, now = _own(request), request.requester.user, request.now
    found = request.database.read(OPERATOR, lambda session: managed_webinars(session, user, own, now=now))
    return Reply(message=say.list_message(request.reader, found), replaces_message=True)


def show_webinar(request: SlackRequest) -> Reply:
    """Show one webinar: its numbers by account, and of one's own accounts the names."""
    own, user, now, key = _own(request), request.requester.user, request.now, request.value
    organizes, shown, waitlist = request.database.read(
        OPERATOR,
        lambda session: (
            check_manages(session, key, user, own),
            webinar_shown(session, key, own=own, now=now),
            waitlist_state(session, key, now=now),
        ),
    )
    message = say.page_message(request.reader, shown, waitlist, own=organizes)
    return Reply(message=message, replaces_message=True)


def open_move_form(request: SlackRequest) -> Modal:
    """Open the window that moves a webinar."""
    return say.move_form(request.reader, _own_webinar(request, request.value), {})


def open_cancel_form(request: SlackRequest) -> Modal:
    """Open the window that cancels a webinar."""
    return say.cancel_form(request.reader, _own_webinar(request, request.value))


def choose_more(request: SlackRequest) -> Response:
    """Show the session's code, made where there is none yet; or open the window of what was chosen."""
    key, _, what = request.value.partition("/")
    details = _own_webinar(request, key)
    if what == say.RECORDING:
        return say.recording_form(request.reader, details)
    if what == LATER:
        return say.schedule_form(request.reader, details)
    if what == say.MARK:
        own, now = _own(request), request.now
        shown = request.database.read(OPERATOR, lambda session: webinar_shown(session, key, own=own, now=now))
        return say.mark_form(request.reader, key, shown.guests)
    if what == say.ATTENDANCE:
        return say_attendance.report_form(request.reader, details)
    made = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    code = _change(request, key, lambda session, author: set_code(session, key, made, author=author, now=request.now))
    return Reply(message=say.code_receipt(request.reader, code), replaces_message=False)


def submit_move(request: SlackRequest) -> Response:
    """Move a webinar, and return how it stands; what is wrong with the time stands beside it."""
    key, values = private_metadata(request)["webinar"], form_values(request)
    try:
        details = _change(
            request,
            key,
            lambda session, author: move_webinar(
                session,
                key,
                local_start(values),
                timezone=values[FIELD.ZONE],
                fold=fold(values),
                why=values[FIELD.REASON] or None,
                author=author,
                now=request.now,
            ),
        )
    except TimeTwiceError as twice:
        return say.move_form(request.reader, _own_webinar(request, key), values, twice)
    except BadWebinarError as fault:
        raise FieldsError({field_of(fault.field): fault}) from fault
    return Reply(message=say.change_receipt(request.reader, details))


def submit_cancellation(request: SlackRequest) -> Reply:
    """Cancel a webinar, and return how it stands."""
    key, why = private_metadata(request)["webinar"], form_values(request)[FIELD.REASON]
    try:
        details = _change(
            request,
            key,
            lambda session, author: cancel_webinar(session, key, why=why, author=author, now=request.now),
        )
    except NoReasonError as fault:
        raise FieldsError({FIELD.REASON: fault}) from fault
    return Reply(message=say.change_receipt(request.reader, details))


def submit_recording(request: SlackRequest) -> Reply:
    """Keep the recording's link, and return the receipt."""
    key, link = private_metadata(request)["webinar"], form_values(request)[FIELD.RECORDING]
    try:
        details = _change(
            request,
            key,
            lambda session, author: set_recording(session, key, link, author=author, now=request.now),
        )
    except BadLinkError as fault:
        raise FieldsError({FIELD.RECORDING: fault}) from fault
    return Reply(message=say.recording_receipt(request.reader, details))


def submit_schedule(request: SlackRequest) -> Response:
    """Let a draft be announced at the moment that was chosen, and return how it stands."""
    key, values = private_metadata(request)["webinar"], form_values(request)
    try:
        # Of a time that comes twice the first is meant: nobody is to wait for an invitation.
        send_at = start_instant(local_start(values), values[FIELD.ZONE], 0)
        details = _change(
            request,
            key,
            lambda session, author: schedule_announcement(session, key, send_at, author=author, now=request.now),
        )
    except BadWebinarError as fault:
        raise FieldsError({field_of(fault.field): fault}) from fault
    return Reply(message=say.change_receipt(request.reader, details))


def submit_mark(request: SlackRequest) -> Reply:
    """Mark that somebody of an own account was there, or was not, and return the receipt."""
    key, values = private_metadata(request)["webinar"], form_values(request)
    account, _, person = values[FIELD.PERSON].partition("/")
    managed = managers.managed_account(request, account)
    account_id, came, details = managed.account.id, values[FIELD.CAME] == "yes", _own_webinar(request, key)
    request.write_as_requester(
        OPERATOR,
        lambda session: mark_attendance(
            session, account_id, key, int(person), came=came, author=managed.author, now=request.now
        ),
    )
    return Reply(message=say.mark_receipt(request.reader, details))


def _own(request: SlackRequest) -> frozenset[int]:
    return frozenset(managed.account.id for managed in managers.verify_manager(request))


def _own_webinar(request: SlackRequest, key: str) -> WebinarDetails:
    """Return a webinar that whoever asks organizes. Errors: `NotOrganizerError`, `NoSuchWebinarError`."""
    managers.verify_manager(request)
    user, now = request.requester.user, request.now
    _, shown = request.database.read(
        OPERATOR,
        lambda session: (check_organizer(session, key, user), webinar_shown(session, key, own=(), now=now)),
    )
    return shown.details


def _change(request: SlackRequest, key: str, verb: Callable[[Any, str], T]) -> T:
    """Return what a verb did to a webinar, for its organizer, committed; it is handed the session and the author."""
    own, user = managers.verify_manager(request), request.requester.user
    _, done = request.write_as_requester(
        OPERATOR, lambda session: (check_organizer(session, key, user), verb(session, own[0].author))
    )
    return done


ROUTES = Routes(
    actions={
        WebinarDeskAction.WEBINARS: list_webinars,
        WebinarDeskAction.OPEN: show_webinar,
        WebinarDeskAction.MOVE: open_move_form,
        WebinarDeskAction.CANCEL: open_cancel_form,
        WebinarDeskAction.MORE: choose_more,
    },
    views={
        WebinarDeskView.MOVE: submit_move,
        WebinarDeskView.CANCEL: submit_cancellation,
        WebinarDeskView.RECORDING: submit_recording,
        WebinarDeskView.SCHEDULE: submit_schedule,
        WebinarDeskView.MARK: submit_mark,
    },
)
