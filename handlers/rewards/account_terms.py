"""An account's rewards at the desk: stock, withdrawing and restoring, its own prices, rewards of its own."""

import re
from collections.abc import Sequence
from typing import Any

from handlers import managers
from handlers.button_values import parse_button_value
from handlers.form_values import idempotency_key
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
    return _reward_list(request, managers.managed_account(request, request.value), 0)


def list_more_rewards(request: SlackRequest) -> Reply:
    """Show the rewards from another place on."""
    managed, first = managers.managed_item(request)
    return _reward_list(request, managed, first)


def open_add_form(request: SlackRequest) -> Modal:
    """Return the modal for a reward of the account's own."""
    account = managers.managed_account(request, request.value).account
    return say.new_reward_form(request.reader, account.name, account.id)


def open_edit_form(request: SlackRequest) -> Modal:
    """Return the modal in which a reward is changed."""
    managed, key = _managed_reward(request)
    account_id = managed.account.id
    offered, force = request.database.read(
        {account_id}, lambda session: (offers(session, account_id), in_force(session))
    )
    offer = _offer_by_key(managed, offered, key)
    rewards = force.programme.rewards
    shared = next((reward for reward in rewards if reward.key == offer.reward.key and not offer.own), None)
    return say.edit_reward_form(request.reader, managed.account.name, account_id, offer, shared=shared)


def withdraw_reward(request: SlackRequest) -> Reply:
    """Withdraw a reward until it is restored, and show the list."""
    return _switch_reward(request, withdrawn=True)


def restore_reward(request: SlackRequest) -> Reply:
    """Let a withdrawn reward be asked for again, and show the list."""
    return _switch_reward(request, withdrawn=False)


def add_reward(request: SlackRequest) -> Reply:
    """Add the reward of the account's own that was written, and return the receipt."""
    form = managers.desk_form(request)
    account_id, fields = form.account_id, _reward_fields(form.values, idempotency_key(request))
    try:
        reward, offered = request.write_as_requester(
            {account_id},
            lambda session: (
                account_terms.add_account_reward(
                    session,
                    account_id,
                    fields,
                    not_money=form.values[TermsField.NOT_MONEY] == "yes",
                    author=form.managed.author,
                    now=request.now,
                ),
                offers(session, account_id),
            ),
        )
    except BadTermsError as fault:
        raise _beside_fields(fault) from fault
    except KeyTakenError as fault:
        raise FieldsError({TermsField.NAME: fault}) from fault
    except NotConfirmedError as fault:
        raise FieldsError({TermsField.NOT_MONEY: fault}) from fault
    return _reward_receipt(request, form.managed, offered, reward.key)


def edit_reward(request: SlackRequest) -> Reply:
    """Change a reward's stock, and what it costs this account, and return the receipt."""
    form = managers.desk_form(request)
    account_id, author = form.account_id, form.managed.author
    key, own = str(form.metadata["reward"]), bool(form.metadata["own"])
    stock_written = form.values[TermsField.STOCK]
    left = _stock_left(stock_written)
    price = None if own else _account_price(form.values)

    def change(session: Any) -> tuple[Offer, ...]:
        if price is not None:
            account_terms.set_account_price(session, account_id, key, price, author=author, now=request.now)
        if stock_written and own:
            account_terms.set_account_stock(session, account_id, key, left, author=author, now=request.now)
        elif stock_written:
            stock.set_left(session, key, left, author=author, now=request.now, account_id=account_id)
        return offers(session, account_id)

    try:
        offered = request.write_as_requester({account_id}, change)
    except BadTermsError as fault:
        raise _beside_fields(fault) from fault
    return _reward_receipt(request, form.managed, offered, key)


def _beside_fields(fault: BadTermsError) -> FieldsError:
    """Return what is wrong beside its field; what is wrong with the reward as a whole stands beside its name."""
    by_field = {field: BadTermsError({field: sentence}) for field, sentence in fault.faults.items()}
    known = set(TermsField)
    return FieldsError({field if field in known else TermsField.NAME: refusal for field, refusal in by_field.items()})


def _reward_list(request: SlackRequest, managed: ManagedAccount, first: int) -> Reply:
    account_id = managed.account.id
    offered = request.database.read({account_id}, lambda session: offers(session, account_id))
    return _reward_list_of(request, managed, offered, first)


def _reward_list_of(request: SlackRequest, managed: ManagedAccount, offered: Sequence[Offer], first: int) -> Reply:
    account = managed.account
    return Reply(
        message=say.account_rewards_message(
            request.reader, account.name, account.id, _offers_for_account(managed, offered), first=first
        ),
        replaces_message=True,
    )


def _reward_receipt(request: SlackRequest, managed: ManagedAccount, offered: Sequence[Offer], key: str) -> Reply:
    offer = _offer_by_key(managed, offered, key)
    return Reply(message=say.reward_receipt(request.reader, managed.account.name, managed.account.id, offer))


def _switch_reward(request: SlackRequest, *, withdrawn: bool) -> Reply:
    managed, key = _managed_reward(request)
    account_id, author = managed.account.id, managed.author

    def switch(session: Any) -> tuple[Offer, ...]:
        offer = _offer_by_key(managed, offers(session, account_id), key)
        if offer.own:
            own_verb = account_terms.withdraw_account_reward if withdrawn else account_terms.restore_account_reward
            own_verb(session, account_id, key, author=author, now=request.now)
        else:
            verb = stock.withdraw_reward if withdrawn else stock.restore_reward
            verb(session, key, author=author, now=request.now, account_id=account_id)
        return offers(session, account_id)

    return _reward_list_of(request, managed, request.write_as_requester({account_id}, switch), 0)


def _managed_reward(request: SlackRequest) -> tuple[ManagedAccount, str]:
    """Return the account and the reward's key on the button that was pressed."""
    button = parse_button_value(request.value)
    return managers.managed_account(request, button.account_id), button.item or ""


def _offer_by_key(managed: ManagedAccount, offered: Sequence[Offer], key: str) -> Offer:
    """Return the offer of that reward. Errors: `NoSuchTermsError`."""
    for offer in _offers_for_account(managed, offered):
        if offer.reward.key == key:
            return offer
    raise NoSuchTermsError(f"there is no reward `{key}` any more")


def _offers_for_account(managed: ManagedAccount, offered: Sequence[Offer]) -> list[Offer]:
    """Return what the account is offered, without what is for other accounts alone."""
    return [
        offer
        for offer in offered
        if not offer.reward.for_.accounts or managed.account.key in offer.reward.for_.accounts
    ]


def _reward_fields(values: dict[str, str], key: str) -> dict[str, Any]:
    """Return a reward as a programme file writes it. Errors: `FieldsError` for what is no number."""
    faults: dict[str, BadTermsError] = {}
    whole = {
        name: _whole_number(name, values[name], faults)
        for name in (TermsField.COST, TermsField.STOCK, TermsField.LIMIT, TermsField.ABOVE)
    }
    fields: dict[str, Any] = {
        "key": _reward_key(values[TermsField.NAME], key),
        "name": values[TermsField.NAME],
        "kind": values[TermsField.KIND],
        "worth": values[TermsField.WORTH],
        "cost": whole[TermsField.COST],
        "value": _decimal(values[TermsField.VALUE], faults),
        "stock": whole[TermsField.STOCK],
        "gives": values[TermsField.GIVES] or None,
    }
    if whole[TermsField.LIMIT] is not None:
        fields["limit"] = {"times": whole[TermsField.LIMIT], "per": values[TermsField.PER] or "year"}
    if whole[TermsField.ABOVE] is not None:
        fields["approval"] = {"above": whole[TermsField.ABOVE]}
    if faults:
        raise FieldsError(faults)
    return {name: value for name, value in fields.items() if value is not None}


def _account_price(values: dict[str, str]) -> dict[str, Any]:
    """Return what the account's own price and limit are, as a programme file writes them. Errors: `FieldsError`."""
    faults: dict[str, BadTermsError] = {}
    cost, times = (_whole_number(name, values[name], faults) for name in (TermsField.COST, TermsField.LIMIT))
    if faults:
        raise FieldsError(faults)
    limit = None if times is None else {"times": times, "per": values[TermsField.PER] or "year"}
    return {name: value for name, value in (("cost", cost), ("limit", limit)) if value is not None}


def _stock_left(written: str) -> int | None:
    """Return how many are left; None for as many as are asked for. Errors: `FieldsError`."""
    faults: dict[str, BadTermsError] = {}
    left = None if written in UNLIMITED_MARKS else _whole_number(TermsField.STOCK, written, faults)
    if faults:
        raise FieldsError(faults)
    return left


def _whole_number(name: TermsField, written: str, faults: dict[str, BadTermsError]) -> int | None:
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


def _reward_key(name: str, modal_key: str) -> str:
    """Return a key like the name where that is of plain letters, else one of the modal's own."""
    text = f"{name} own" if name.isascii() and any(map(str.isalnum, name)) else f"own {modal_key}"
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64]


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
