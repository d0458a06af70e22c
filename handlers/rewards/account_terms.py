"""An account's rewards at the desk: stock, taking out and putting back, its own prices, rewards of its own."""

import re
from typing import Any

from handlers import managers
from handlers.form_values import form_values, idempotency_key, private_metadata
from handlers.request import FieldsError, Reply, Routes, SlackRequest
from loyalty.accounts.managers import ManagedAccount
from loyalty.programme.versions import in_force
from loyalty.rewards import account_terms, stock
from loyalty.rewards.account_terms import BadTermsError, KeyTakenError, NoSuchTermsError, NotConfirmedError
from loyalty.rewards.catalogue import Offer, offers
from messages.actions import TermsAction, TermsField, TermsView
from messages.kit.modals import Modal
from messages.rewards import account_terms as say

UNLIMITED_MARKS = {"-", "−", "–"}
"""What stands for as many as are asked for."""


def list_account_rewards(request: SlackRequest) -> Reply:
    """Show the rewards of an account, as its people have them."""
    return _shown(request, managers.managed_account(request, request.value), 0)


def list_more_rewards(request: SlackRequest) -> Reply:
    """Show the rewards from another place on."""
    mine, first = managers.managed_item(request)
    return _shown(request, mine, first)


def open_add_form(request: SlackRequest) -> Modal:
    """Open the window for a reward of the account's own."""
    client = managers.managed_account(request, request.value).account
    return say.new_reward_form(request.reader, client.name, client.id)


def open_edit_form(request: SlackRequest) -> Modal:
    """Open the window in which a reward is changed."""
    mine, offer = _offer(request)
    account = mine.account.id
    shared = request.database.read({account}, in_force).programme.rewards
    one = next((each for each in shared if each.key == offer.reward.key and not offer.own), None)
    return say.edit_reward_form(request.reader, mine.account.name, account, offer, shared=one)


def withdraw_reward(request: SlackRequest) -> Reply:
    """Take a reward out until it is put back."""
    return _switched(request, withdrawn=True)


def restore_reward(request: SlackRequest) -> Reply:
    """Let a reward be asked for again."""
    return _switched(request, withdrawn=False)


def add_reward(request: SlackRequest) -> Reply:
    """Add the reward of the account's own that was written."""
    mine, given = managers.managed_account(request, str(private_metadata(request)["account"])), form_values(request)
    account, fields = mine.account.id, _fields(given, idempotency_key(request))
    try:
        reward = request.write_as_requester(
            {account},
            lambda session: account_terms.add_account_reward(
                session,
                account,
                fields,
                not_money=given[TermsField.NOT_MONEY] == "yes",
                author=mine.author,
                now=request.now,
            ),
        )
    except BadTermsError as fault:
        raise _beside(fault) from fault
    except KeyTakenError as fault:
        raise FieldsError({TermsField.NAME: fault}) from fault
    except NotConfirmedError as fault:
        raise FieldsError({TermsField.NOT_MONEY: fault}) from fault
    return _changed(request, mine, reward.key)


def edit_reward(request: SlackRequest) -> Reply:
    """Change a reward's stock, and what it costs this account."""
    wish, given = private_metadata(request), form_values(request)
    mine, key, own = managers.managed_account(request, str(wish["account"])), str(wish["reward"]), bool(wish["own"])
    left = _left(given[TermsField.STOCK])
    differing = None if own else _differing(given)
    account = mine.account.id

    def change(session: Any) -> None:
        if differing is not None:
            account_terms.set_account_price(session, account, key, differing, author=mine.author, now=request.now)
        if given[TermsField.STOCK] and own:
            account_terms.set_account_stock(session, account, key, left, author=mine.author, now=request.now)
        elif given[TermsField.STOCK]:
            stock.set_left(session, key, left, author=mine.author, now=request.now, account_id=account)

    try:
        request.write_as_requester({account}, change)
    except BadTermsError as fault:
        raise _beside(fault) from fault
    return _changed(request, mine, key)


def _beside(fault: BadTermsError) -> FieldsError:
    """Return what is wrong beside its field; what is wrong with the reward as a whole stands beside its name."""
    named = {field: BadTermsError({field: said}) for field, said in fault.faults.items()}
    return FieldsError({field if field in set(TermsField) else TermsField.NAME: each for field, each in named.items()})


def _shown(request: SlackRequest, mine: ManagedAccount, first: int) -> Reply:
    client = mine.account
    return Reply(
        message=say.account_rewards_message(
            request.reader, client.name, client.id, _offers(request, mine), first=first
        ),
        replaces_message=True,
    )


def _changed(request: SlackRequest, mine: ManagedAccount, key: str) -> Reply:
    offer = _one(request, mine, key)
    return Reply(message=say.reward_receipt(request.reader, mine.account.name, mine.account.id, offer))


def _switched(request: SlackRequest, *, withdrawn: bool) -> Reply:
    mine, offer = _offer(request)
    account, key, by = mine.account.id, offer.reward.key, mine.author

    def switch(session: Any) -> None:
        if offer.own:
            turn = account_terms.withdraw_account_reward if withdrawn else account_terms.restore_account_reward
            turn(session, account, key, author=by, now=request.now)
        else:
            shared = stock.withdraw_reward if withdrawn else stock.restore_reward
            shared(session, key, author=by, now=request.now, account_id=account)

    request.write_as_requester({account}, switch)
    return _shown(request, mine, 0)


def _offer(request: SlackRequest) -> tuple[ManagedAccount, Offer]:
    account_id, _, key = request.value.partition("/")
    mine = managers.managed_account(request, account_id)
    return mine, _one(request, mine, key)


def _one(request: SlackRequest, mine: ManagedAccount, key: str) -> Offer:
    found = next((offer for offer in _offers(request, mine) if offer.reward.key == key), None)
    if found is None:
        raise NoSuchTermsError(f"there is no reward `{key}` any more")
    return found


def _offers(request: SlackRequest, mine: ManagedAccount) -> list[Offer]:
    """Return what the account is offered, but what is for others alone."""
    account = mine.account.id
    found = request.database.read({account}, lambda session: offers(session, account))
    return [each for each in found if not each.reward.for_.accounts or mine.account.key in each.reward.for_.accounts]


def _fields(given: dict[str, str], key: str) -> dict[str, Any]:
    """Return a reward as a programme file writes it. Errors: `FieldsError` for what is no number."""
    faults: dict[str, BadTermsError] = {}
    whole = {
        name: _whole(name, given[name], faults)
        for name in (TermsField.COST, TermsField.STOCK, TermsField.LIMIT, TermsField.ABOVE)
    }
    fields: dict[str, Any] = {
        "key": _key(given[TermsField.NAME], key),
        "name": given[TermsField.NAME],
        "kind": given[TermsField.KIND],
        "worth": given[TermsField.WORTH],
        "cost": whole[TermsField.COST],
        "value": _decimal(given[TermsField.VALUE], faults),
        "stock": whole[TermsField.STOCK],
        "gives": given[TermsField.GIVES] or None,
    }
    if whole[TermsField.LIMIT] is not None:
        fields["limit"] = {"times": whole[TermsField.LIMIT], "per": given[TermsField.PER] or "year"}
    if whole[TermsField.ABOVE] is not None:
        fields["approval"] = {"above": whole[TermsField.ABOVE]}
    if faults:
        raise FieldsError(faults)
    return {name: value for name, value in fields.items() if value is not None}


def _differing(given: dict[str, str]) -> dict[str, Any]:
    faults: dict[str, BadTermsError] = {}
    cost, times = (_whole(name, given[name], faults) for name in (TermsField.COST, TermsField.LIMIT))
    if faults:
        raise FieldsError(faults)
    limit = None if times is None else {"times": times, "per": given[TermsField.PER] or "year"}
    return {name: value for name, value in (("cost", cost), ("limit", limit)) if value is not None}


def _left(written: str) -> int | None:
    faults: dict[str, BadTermsError] = {}
    left = None if written in UNLIMITED_MARKS else _whole(TermsField.STOCK, written, faults)
    if faults:
        raise FieldsError(faults)
    return left


def _whole(name: TermsField, written: str, faults: dict[str, BadTermsError]) -> int | None:
    digits = re.sub(r"\s", "", written)
    if digits and not (digits.isascii() and digits.isdecimal()):
        faults[name] = BadTermsError({name: f"{written!r} is no whole number"})
    return int(digits) if digits and name not in faults else None


def _decimal(written: str, faults: dict[str, BadTermsError]) -> float | None:
    digits = re.sub(r"\s", "", written).replace(",", ".")
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits):
        return float(digits)
    faults[TermsField.VALUE] = BadTermsError({TermsField.VALUE: f"{written!r} is no number"})
    return None


def _key(name: str, window: str) -> str:
    """Return a key like the name where that is of plain letters, else one of the window's own."""
    words = f"{name} own" if name.isascii() and any(map(str.isalnum, name)) else f"own {window}"
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:64]


ROUTES = Routes(
    actions={
        TermsAction.MORE: list_more_rewards,
        TermsAction.ADD: open_add_form,
        TermsAction.EDIT: open_edit_form,
        TermsAction.OUT: withdraw_reward,
        TermsAction.BACK: restore_reward,
    },
    views={TermsView.EDIT: edit_reward, TermsView.ADD: add_reward},
)
