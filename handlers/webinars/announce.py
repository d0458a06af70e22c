"""Announcing a webinar: what it is, for whom, the preview, and off it goes."""

import datetime as dt
from typing import Literal

from handlers import managers
from handlers.form_values import FieldFaults, chosen_values, form_values, private_metadata
from handlers.request import Reply, Routes, SlackRequest
from loyalty.accounts.managers import NotYourAccountError, manager_emails
from loyalty.programme import LocalizedText
from loyalty.webinars.announce import announce_webinar, invitations
from loyalty.webinars.create import create_webinar
from loyalty.webinars.details import AudienceSpec, WebinarSpec
from loyalty.webinars.errors import KeyTakenError, TimeTwiceError
from loyalty.webinars.invite import invite_account
from loyalty.webinars.organizers import check_organizer, webinar_key
from loyalty.webinars.overview.queries import webinar_shown
from loyalty.webinars.validate import webinar_faults
from messages.actions import WebinarDeskAction, WebinarDeskField, WebinarDeskView
from messages.kit.elements import Choice
from messages.kit.modals import Modal
from messages.webinars import announce as say
from messages.webinars.zones import zone_choices
from storage.database import OPERATOR

FIELD = WebinarDeskField
FIELDS_OF_FAULTS = {"at": FIELD.TIME, "timezone": FIELD.ZONE, "place": FIELD.LINK}
"""What is called otherwise in the window than in a file."""


def open_announcement(request: SlackRequest) -> Modal:
    """Open the window that says what a webinar is."""
    managers.verify_manager(request)
    return say.what_form(request.refreshed().reader, {})


def suggest_zones(request: SlackRequest) -> tuple[Choice, ...]:
    """Return the time zones that what was typed may mean."""
    return zone_choices(request.reader, request.value)


def submit_what(request: SlackRequest) -> Modal:
    """Keep what was filled in as a draft, and go on to whom it is for; what is wrong stands beside its field."""
    own, values = managers.verify_manager(request), form_values(request)
    spec = _spec(request, values)
    faults = FieldFaults()
    for fault in webinar_faults(spec, now=request.now):
        if isinstance(fault, TimeTwiceError):
            return say.what_form(request.reader, values, fault)
        faults.add(field_of(fault.field), fault)
    faults.refuse()
    try:
        request.write_as_requester(
            OPERATOR, lambda session: create_webinar(session, spec, {}, author=own[0].author, now=request.now)
        )
    except KeyTakenError:
        # The same window was sent twice: its draft is there.
        request.database.read(OPERATOR, lambda session: check_organizer(session, spec.key, request.requester.user))
    return say.whom_form(request.reader, spec.key, [managed.account for managed in own])


def submit_whom(request: SlackRequest) -> Modal:
    """Invite the accounts that were chosen to the draft, and show how they will read it."""
    own = {str(managed.account.id): managed for managed in managers.verify_manager(request)}
    key, user, now = private_metadata(request)["webinar"], request.requester.user, request.now
    chosen = chosen_values(request, FIELD.ACCOUNTS)
    reach: Literal["channel", "direct"] = "direct" if form_values(request)[FIELD.REACH] == "direct" else "channel"
    if not set(chosen) <= set(own):
        raise NotYourAccountError(f"{user.user_id} does not look after all of {chosen}")
    invited = sorted((own[account_id] for account_id in chosen), key=lambda managed: managed.account.id)
    details, found = request.write_as_requester(
        OPERATOR,
        lambda session: (
            check_organizer(session, key, user),
            [
                invite_account(session, one.account.id, key, AudienceSpec(reach=reach), author=one.author, now=now)
                for one in invited
            ],
            webinar_shown(session, key, own=(), now=now).details,
            invitations(session, key, now=now),
        )[2:],
    )
    zones = {managed.account.id: managed.account.timezone for managed in own.values()}
    return say.preview_modal(request.reader, details, found, zones)


def send_now(request: SlackRequest) -> Reply:
    """Announce a draft now, and return the receipt."""
    own, key, user = managers.verify_manager(request), request.value, request.requester.user
    _, details = request.write_as_requester(
        OPERATOR,
        lambda session: (
            check_organizer(session, key, user),
            announce_webinar(session, key, author=own[0].author, now=request.now),
        ),
    )
    return Reply(message=say.announced_receipt(request.reader, details), replaces_message=True)


def field_of(name: str) -> str:
    """Return the window's field for what a fault is about."""
    return FIELDS_OF_FAULTS.get(name, name if name in set(WebinarDeskField) else FIELD.TITLE)


def local_start(values: dict[str, str]) -> dt.datetime:
    """Return the local time that was chosen."""
    return dt.datetime.fromisoformat(f"{values[FIELD.DATE]}T{values[FIELD.TIME]}")


def fold(values: dict[str, str]) -> Literal[0, 1] | None:
    """Return which of two times was chosen, where that was asked."""
    return {"0": 0, "1": 1}.get(values.get(FIELD.FOLD, ""))  # type: ignore[return-value]


def _spec(request: SlackRequest, values: dict[str, str]) -> WebinarSpec:
    email = request.database.read(OPERATOR, lambda session: min(manager_emails(session, request.requester.user)))
    start, where, why = local_start(values), values[FIELD.LINK], values[FIELD.WHY]
    is_link = "://" in where
    return WebinarSpec(
        key=webinar_key(values[FIELD.TITLE], start.date(), request.body["view"]["id"].lower()[-6:]),
        kind=values[FIELD.KIND],  # type: ignore[arg-type]
        title=LocalizedText(values[FIELD.TITLE]),
        why=LocalizedText(why) if why else None,
        local_start=start,
        timezone=values[FIELD.ZONE],
        fold=fold(values),
        minutes=int(values[FIELD.MINUTES]),
        link=where if is_link else None,
        place=None if is_link else where,
        seats=int(values[FIELD.SEATS]) if values[FIELD.SEATS] else None,
        organizer=email,
    )


ROUTES = Routes(
    actions={WebinarDeskAction.ANNOUNCE: open_announcement, WebinarDeskAction.SEND: send_now},
    views={WebinarDeskView.WHAT: submit_what, WebinarDeskView.WHOM: submit_whom},
    options={WebinarDeskField.ZONE: suggest_zones},
)
