"""What account managers decide about requests: approve, decline with words, hand over. A press anew shows the state."""

from collections.abc import Callable

from handlers import managers
from handlers.form_values import filled, kept
from handlers.request import Answer, Asked, FieldsError, Reply, Routes
from loyalty.accounts.managers import Managed
from loyalty.rewards import redemptions
from loyalty.rewards.errors import AlreadyDecidedError, NoDeclineReasonError
from loyalty.rewards.redemption_queries import RedemptionState, Waiting, waiting_one
from messages.rewards import approvals as say
from messages.rewards.approvals import Action, Field, Step


def approve(asked: Asked) -> Reply:
    """Approve a request; what is fulfilled at once is had then."""
    return _decided(asked, redemptions.approve)


def fulfil(asked: Asked) -> Reply:
    """Note that what was approved has been handed over."""
    return _decided(asked, redemptions.fulfil)


def start_to_decline(asked: Asked) -> Answer:
    """Open the window in which it is said why, while there is something to decline."""
    mine, number = managers.thing(asked)
    waiting = _waiting(asked, mine, number)
    if waiting.redemption.state != "requested":
        return _late(asked, mine, number)
    return say.declining(asked.reader, waiting, mine.client.id)


def decline(asked: Asked) -> Reply:
    """Decline a request with the words that were written."""
    wish, words = kept(asked), filled(asked)[Field.WORDS]
    mine, number = managers.one(asked, str(wish["account"])), int(wish["redemption"])
    doing = managers.posting(asked, mine)
    try:
        asked.write(
            {mine.client.id},
            lambda session: redemptions.decline(session, doing, number, by=mine.author, words=words),
        )
    except NoDeclineReasonError as fault:
        raise FieldsError({Field.WORDS: fault}) from fault
    except AlreadyDecidedError:
        return _late(asked, mine, number)
    return _done(asked, mine, number)


def _decided(asked: Asked, verb: Callable[..., RedemptionState]) -> Reply:
    mine, number = managers.thing(asked)
    doing = managers.posting(asked, mine)
    try:
        asked.write({mine.client.id}, lambda session: verb(session, doing, number, by=mine.author))
    except AlreadyDecidedError:
        return _late(asked, mine, number)
    return _done(asked, mine, number)


def _late(asked: Asked, mine: Managed, number: int) -> Reply:
    waiting, client = _waiting(asked, mine, number), mine.client
    return Reply(message=say.late(asked.reader, waiting, client.id, client.name), instead=True)


def _done(asked: Asked, mine: Managed, number: int) -> Reply:
    return Reply(message=say.done(asked.reader, _waiting(asked, mine, number), mine.client.id), instead=True)


def _waiting(asked: Asked, mine: Managed, number: int) -> Waiting:
    account = mine.client.id
    return asked.database.read({account}, lambda session: waiting_one(session, account, number))


ROUTES = Routes(
    actions={Action.APPROVE: approve, Action.DECLINE: start_to_decline, Action.FULFIL: fulfil},
    views={Step.DECLINE: decline},
)
