"""What account managers decide about redemptions: approve, decline with words, hand over."""

from collections.abc import Callable

from handlers import managers
from handlers.request import FieldsError, Reply, Response, Routes, SlackRequest
from loyalty.accounts.managers import ManagedAccount
from loyalty.points.ledger_context import ledger_context
from loyalty.rewards import redemptions
from loyalty.rewards.errors import AlreadyDecidedError, NoDeclineReasonError
from loyalty.rewards.redemption_queries import PendingRedemption, RedemptionState, pending_redemption
from messages.actions import ApprovalAction, ApprovalField, ApprovalView
from messages.rewards import approvals as say


def approve_redemption(request: SlackRequest) -> Reply:
    """Approve a redemption, and return the receipt; what is fulfilled at once is had then."""
    managed, number = managers.managed_item(request)
    return _decide(request, managed, number, redemptions.approve)


def fulfil_redemption(request: SlackRequest) -> Reply:
    """Note that what was approved has been handed over, and return the receipt."""
    managed, number = managers.managed_item(request)
    return _decide(request, managed, number, redemptions.fulfil)


def open_decline_form(request: SlackRequest) -> Response:
    """Return the modal in which it is said why, while there is something to decline."""
    managed, number = managers.managed_item(request)
    pending = _pending_redemption(request, managed, number)
    if pending.redemption.state != "requested":
        return _already_decided(request, managed, pending)
    return say.decline_form(request.reader, pending, managed.account.id)


def decline_redemption(request: SlackRequest) -> Reply:
    """Decline a redemption with the words that were written, and return the receipt."""
    form = managers.desk_form(request)
    number, words = int(form.metadata["redemption"]), form.values[ApprovalField.WORDS]
    try:
        return _decide(request, form.managed, number, redemptions.decline, words=words)
    except NoDeclineReasonError as fault:
        raise FieldsError({ApprovalField.WORDS: fault}) from fault


def _decide(
    request: SlackRequest, managed: ManagedAccount, number: int, verb: Callable[..., RedemptionState], **terms: str
) -> Reply:
    """Decide a redemption by `verb`, and return the receipt; where others were faster, what they decided."""
    account, author = managed.account, managed.author
    try:
        _, pending = request.write_as_requester(
            {account.id},
            lambda session: (
                verb(
                    session,
                    ledger_context(session, account, author=author, now=request.now),
                    number,
                    by=author,
                    **terms,
                ),
                pending_redemption(session, account.id, number),
            ),
        )
    except AlreadyDecidedError:
        return _already_decided(request, managed, _pending_redemption(request, managed, number))
    return Reply(message=say.decision_receipt(request.reader, pending, account.id), replaces_message=True)


def _already_decided(request: SlackRequest, managed: ManagedAccount, pending: PendingRedemption) -> Reply:
    account = managed.account
    return Reply(
        message=say.late_decision_message(request.reader, pending, account.id, account.name), replaces_message=True
    )


def _pending_redemption(request: SlackRequest, managed: ManagedAccount, number: int) -> PendingRedemption:
    account_id = managed.account.id
    return request.database.read({account_id}, lambda session: pending_redemption(session, account_id, number))


ROUTES = Routes(
    actions={
        ApprovalAction.APPROVE: approve_redemption,
        ApprovalAction.DECLINE: open_decline_form,
        ApprovalAction.FULFIL: fulfil_redemption,
    },
    views={ApprovalView.DECLINE: decline_redemption},
)
