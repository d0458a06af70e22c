"""Correcting somebody's points: written, looked at, confirmed; and the person who says it looks wrong."""

from handlers import managers as managing
from handlers.form_values import form_values, idempotency_key, private_metadata
from handlers.people.picker import picked_person
from handlers.request import FieldsError, Reply, Response, Routes, SlackRequest
from loyalty.accounts.managers import ManagedAccount
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
from messages.actions import CorrectionAction, CorrectionField, CorrectionView
from messages.kit.modals import Modal
from messages.points import corrections as say


def open_correction_form(request: SlackRequest) -> Modal:
    """Open the window in which a correction is written."""
    client = managing.managed_account(request, request.value).account
    people = request.database.read({client.id}, lambda session: people_to_choose(session, client.id))
    return say.correction_form(request.reader, client.name, client.id, people)


def review_correction(request: SlackRequest) -> Modal:
    """Check what was written, and show what it would do."""
    mine, given = managing.managed_account(request, str(private_metadata(request)["account"])), form_values(request)
    faults: dict[str, LoyaltyError] = {}
    person = picked_person(request, mine, given, faults)
    points = _points(given[CorrectionField.POINTS], faults)
    try:
        check_reason(given[CorrectionField.REASON])
    except LoyaltyError as fault:
        faults[CorrectionField.REASON] = fault
    if faults or person is None:
        raise FieldsError(faults)
    return _sure(request, mine, person, points, given[CorrectionField.REASON], moved=False)


def post_correction(request: SlackRequest) -> Response:
    """Correct the points as confirmed; where the balance has moved since it was shown, show it anew."""
    wish = private_metadata(request)
    mine = managing.managed_account(request, str(wish["account"]))
    account, posting = mine.account.id, managing.ledger_context(request, mine)
    person = request.database.read({account}, lambda session: person_known(session, account, wish["person"]))

    try:
        transfer_id = request.write_as_requester(
            {account},
            lambda session: adjust_points(
                session,
                posting,
                person_id=person.id,
                points=wish["points"],
                reason=wish["reason"],
                local_day=managing.today(request.now, mine.account),
                key=idempotency_key(request),
                seen=wish["seen"],
            ),
        )
    except ChangedMeanwhileError:
        return _sure(request, mine, person, wish["points"], wish["reason"], moved=True)
    done = request.database.read({account}, lambda session: change(session, account, transfer_id))
    return Reply(message=say.correction_receipt(request.reader, person, done))


def dispute_entry(request: SlackRequest) -> Reply:
    """Tell the account's managers that somebody says a correction of theirs looks wrong."""
    account_id, _, number = request.value.partition("/")
    if not account_id.isdecimal() or not number.isdecimal():
        raise NotYoursError(f"{request.value!r} is no correction")
    account, user = int(account_id), request.requester.user
    managers = request.write_as_requester(
        {account}, lambda session: dispute_transfer(session, account, user, int(number), now=request.now)
    )
    return Reply(message=say.dispute_receipt(request.reader, managers))


def _sure(
    request: SlackRequest, mine: ManagedAccount, person: KnownPerson, points: int, reason: str, *, moved: bool
) -> Modal:
    account = mine.account.id
    has = request.database.read({account}, lambda session: net(session, account, person.id))
    return say.confirm_correction(
        request.reader,
        mine.account.name,
        person,
        points=points,
        has=has,
        reason=reason,
        account_id=account,
        moved=moved,
    )


def _points(written: str, faults: dict[str, LoyaltyError]) -> int:
    try:
        points = int(written.replace("−", "-").replace(" ", "").replace("\N{NO-BREAK SPACE}", ""))
        check_points(points)
    except ValueError:
        faults[CorrectionField.POINTS] = BadCorrectionError(f"{written!r} is no whole number")
    except LoyaltyError as fault:
        faults[CorrectionField.POINTS] = fault
    else:
        return points
    return 0


ROUTES = Routes(
    actions={CorrectionAction.WRONG: dispute_entry},
    views={CorrectionView.FORM: review_correction, CorrectionView.SURE: post_correction},
)
