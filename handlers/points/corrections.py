"""Correcting somebody's points: written in a modal, reviewed, confirmed; and the person who says it looks wrong."""

from handlers import managers
from handlers.button_values import parse_button_value
from handlers.form_values import FieldFaults, idempotency_key
from handlers.managers import DeskForm
from handlers.people.picker import picked_person
from handlers.request import FieldsError, Reply, Response, Routes, SlackRequest
from loyalty.errors import LoyaltyError
from loyalty.people.people import KnownPerson, people_to_choose, person_known
from loyalty.points.correction_notice import change, net
from loyalty.points.corrections import (
    BadCorrectionError,
    ChangedMeanwhileError,
    adjust_points,
    check_points,
    check_reason,
)
from loyalty.points.disputes import NotYoursError, dispute_transfer
from loyalty.points.ledger_context import ledger_context
from messages.actions import CorrectionAction, CorrectionField, CorrectionView
from messages.kit.modals import Modal
from messages.points import corrections as say


def open_correction_form(request: SlackRequest) -> Modal:
    """Return the modal in which a correction is written."""
    account = managers.managed_account(request, request.value).account
    people = request.database.read({account.id}, lambda session: people_to_choose(session, account.id))
    return say.correction_form(request.reader, account.name, account.id, people)


def review_correction(request: SlackRequest) -> Modal:
    """Check what was written, and return the modal that shows what it would do."""
    form, faults = managers.desk_form(request), FieldFaults()
    person = picked_person(request, form, faults)
    points = _points(form.values[CorrectionField.POINTS], faults)
    reason = form.values[CorrectionField.REASON]
    with faults.beside(CorrectionField.REASON):
        check_reason(reason)
    if person is None or faults.faults:
        raise FieldsError(faults.faults)
    has = request.database.read({form.account_id}, lambda session: net(session, form.account_id, person.id))
    return _review_modal(request, form, person, points, reason, has=has)


def post_correction(request: SlackRequest) -> Response:
    """Correct the points as confirmed, and return the receipt; where the balance has moved since, review it anew."""
    form = managers.desk_form(request)
    managed, account_id, person_id = form.managed, form.account_id, form.metadata["person"]
    points, reason = form.metadata["points"], form.metadata["reason"]
    try:
        person, done = request.write_as_requester(
            {account_id},
            lambda session: (
                person_known(session, account_id, person_id),
                change(
                    session,
                    account_id,
                    adjust_points(
                        session,
                        ledger_context(session, managed.account, author=managed.author, now=request.now),
                        person_id=person_id,
                        points=points,
                        reason=reason,
                        local_day=managers.today(request.now, managed.account),
                        key=idempotency_key(request),
                        seen=form.metadata["seen"],
                    ),
                ),
            ),
        )
    except ChangedMeanwhileError:
        person, has = request.database.read(
            {account_id},
            lambda session: (person_known(session, account_id, person_id), net(session, account_id, person_id)),
        )
        return _review_modal(request, form, person, points, reason, has=has, moved=True)
    return Reply(message=say.correction_receipt(request.reader, person, done))


def dispute_entry(request: SlackRequest) -> Reply:
    """Tell the account's managers that somebody says a correction of theirs looks wrong, and return the receipt."""
    button = parse_button_value(request.value)
    number = button.item or ""
    if not button.account_id.isdecimal() or not number.isdecimal():
        raise NotYoursError(f"{request.value!r} is no correction")
    account_id, user = int(button.account_id), request.requester.user
    manager_count = request.write_as_requester(
        {account_id}, lambda session: dispute_transfer(session, account_id, user, int(number), now=request.now)
    )
    return Reply(message=say.dispute_receipt(request.reader, manager_count))


def _review_modal(
    request: SlackRequest,
    form: DeskForm,
    person: KnownPerson,
    points: int,
    reason: str,
    *,
    has: int,
    moved: bool = False,
) -> Modal:
    return say.confirm_correction(
        request.reader,
        form.managed.account.name,
        person,
        points=points,
        has=has,
        reason=reason,
        account_id=form.account_id,
        moved=moved,
    )


def _points(written: str, faults: FieldFaults) -> int:
    """Return how many points were written, with their sign; 0 where that is at fault."""
    try:
        points = int(written.replace("−", "-").replace(" ", "").replace("\N{NO-BREAK SPACE}", ""))
        check_points(points)
    except ValueError:
        faults.add(CorrectionField.POINTS, BadCorrectionError(f"{written!r} is no whole number"))
    except LoyaltyError as fault:
        faults.add(CorrectionField.POINTS, fault)
    else:
        return points
    return 0


ROUTES = Routes(
    actions={CorrectionAction.WRONG: dispute_entry},
    views={CorrectionView.FORM: review_correction, CorrectionView.SURE: post_correction},
)
