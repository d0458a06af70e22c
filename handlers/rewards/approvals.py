"""What account managers decide about requests: approve, decline with words, hand over. A press anew shows the state."""

from collections.abc import Callable

from handlers import managers
from handlers.form_values import form_values, private_metadata
from handlers.request import FieldsError, Reply, Response, Routes, SlackRequest
from loyalty.accounts.managers import ManagedAccount
from loyalty.rewards import redemptions
from loyalty.rewards.errors import AlreadyDecidedError, NoDeclineReasonError
from loyalty.rewards.redemption_queries import PendingRedemption, RedemptionState, pending_redemption
from messages.rewards import approvals as say
from messages.rewards.approvals import Action, Field, Step


def approve_redemption(asked: SlackRequest) -> Reply:
    """Approve a request; what is fulfilled at once is had then."""
    return _decided(asked, redemptions.approve)


def fulfil_redemption(asked: SlackRequest) -> Reply:
    """Note that what was approved has been handed over."""
    return _decided(asked, redemptions.fulfil)


def open_decline_form(asked: SlackRequest) -> Response:
    """Open the window in which it is said why, while there is something to decline."""
    mine, number = managers.managed_item(asked)
    waiting = _waiting(asked, mine, number)
    if waiting.redemption.state != "requested":
        return _late(asked, mine, number)
    return say.decline_form(asked.reader, waiting, mine.account.id)


def decline_redemption(asked: SlackRequest) -> Reply:
    """Decline a request with the words that were written."""
    wish, words = private_metadata(asked), form_values(asked)[Field.WORDS]
    mine, number = managers.managed_account(asked, str(wish["account"])), int(wish["redemption"])
    doing = managers.ledger_context(asked, mine)
    try:
        asked.write_as_requester(
            {mine.account.id},
            lambda session: redemptions.decline(session, doing, number, by=mine.author, words=words),
        )
    except NoDeclineReasonError as fault:
        raise FieldsError({Field.WORDS: fault}) from fault
    except AlreadyDecidedError:
        return _late(asked, mine, number)
    return _done(asked, mine, number)


def _decided(asked: SlackRequest, verb: Callable[..., RedemptionState]) -> Reply:
    mine, number = managers.managed_item(asked)
    doing = managers.ledger_context(asked, mine)
    try:
        asked.write_as_requester({mine.account.id}, lambda session: verb(session, doing, number, by=mine.author))
    except AlreadyDecidedError:
        return _late(asked, mine, number)
    return _done(asked, mine, number)


def _late(asked: SlackRequest, mine: ManagedAccount, number: int) -> Reply:
    waiting, client = _waiting(asked, mine, number), mine.account
    return Reply(message=say.late(asked.reader, waiting, client.id, client.name), replaces_message=True)


def _done(asked: SlackRequest, mine: ManagedAccount, number: int) -> Reply:
    return Reply(
        message=say.decision_receipt(asked.reader, _waiting(asked, mine, number), mine.account.id), replaces_message=True
    )


def _waiting(asked: SlackRequest, mine: ManagedAccount, number: int) -> PendingRedemption:
    account = mine.account.id
    return asked.database.read({account}, lambda session: pending_redemption(session, account, number))


ROUTES = Routes(
    actions={Action.APPROVE: approve_redemption, Action.DECLINE: open_decline_form, Action.FULFIL: fulfil_redemption},
    views={Step.DECLINE: decline_redemption},
)
