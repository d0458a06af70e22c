"""What account managers decide about requests: approve, decline with words, hand over. A press anew shows the state."""

from collections.abc import Callable

from handlers import managers
from handlers.form_values import form_values, private_metadata
from handlers.request import FieldsError, Reply, Response, Routes, SlackRequest
from loyalty.accounts.managers import ManagedAccount
from loyalty.rewards import redemptions
from loyalty.rewards.errors import AlreadyDecidedError, NoDeclineReasonError
from loyalty.rewards.redemption_queries import PendingRedemption, RedemptionState, pending_redemption
from messages.actions import ApprovalAction, ApprovalField, ApprovalView
from messages.rewards import approvals as say


def approve_redemption(request: SlackRequest) -> Reply:
    """Approve a request; what is fulfilled at once is had then."""
    return _decided(request, redemptions.approve)


def fulfil_redemption(request: SlackRequest) -> Reply:
    """Note that what was approved has been handed over."""
    return _decided(request, redemptions.fulfil)


def open_decline_form(request: SlackRequest) -> Response:
    """Open the window in which it is said why, while there is something to decline."""
    mine, number = managers.managed_item(request)
    waiting = _waiting(request, mine, number)
    if waiting.redemption.state != "requested":
        return _late(request, mine, number)
    return say.decline_form(request.reader, waiting, mine.account.id)


def decline_redemption(request: SlackRequest) -> Reply:
    """Decline a request with the words that were written."""
    wish, words = private_metadata(request), form_values(request)[ApprovalField.WORDS]
    mine, number = managers.managed_account(request, str(wish["account"])), int(wish["redemption"])
    doing = managers.ledger_context(request, mine)
    try:
        request.write_as_requester(
            {mine.account.id},
            lambda session: redemptions.decline(session, doing, number, by=mine.author, words=words),
        )
    except NoDeclineReasonError as fault:
        raise FieldsError({ApprovalField.WORDS: fault}) from fault
    except AlreadyDecidedError:
        return _late(request, mine, number)
    return _done(request, mine, number)


def _decided(request: SlackRequest, verb: Callable[..., RedemptionState]) -> Reply:
    mine, number = managers.managed_item(request)
    doing = managers.ledger_context(request, mine)
    try:
        request.write_as_requester({mine.account.id}, lambda session: verb(session, doing, number, by=mine.author))
    except AlreadyDecidedError:
        return _late(request, mine, number)
    return _done(request, mine, number)


def _late(request: SlackRequest, mine: ManagedAccount, number: int) -> Reply:
    waiting, client = _waiting(request, mine, number), mine.account
    return Reply(
        message=say.late_decision_message(request.reader, waiting, client.id, client.name), replaces_message=True
    )


def _done(request: SlackRequest, mine: ManagedAccount, number: int) -> Reply:
    return Reply(
        message=say.decision_receipt(request.reader, _waiting(request, mine, number), mine.account.id),
        replaces_message=True,
    )


def _waiting(request: SlackRequest, mine: ManagedAccount, number: int) -> PendingRedemption:
    account = mine.account.id
    return request.database.read({account}, lambda session: pending_redemption(session, account, number))


ROUTES = Routes(
    actions={
        ApprovalAction.APPROVE: approve_redemption,
        ApprovalAction.DECLINE: open_decline_form,
        ApprovalAction.FULFIL: fulfil_redemption,
    },
    views={ApprovalView.DECLINE: decline_redemption},
)
