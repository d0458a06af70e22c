"""Choosing a tier for somebody, or for a whole account: written in a modal, reviewed, confirmed."""

import datetime as dt
from typing import Any

from handlers import managers
from handlers.form_values import FieldFaults
from handlers.managers import DeskForm
from handlers.people.picker import picked_person
from handlers.request import Reply, Response, Routes, SlackRequest
from loyalty.people.people import KnownPerson, people_to_choose, person_known
from loyalty.points.corrections import check_reason
from loyalty.points.ledger_context import ledger_context
from loyalty.programme import Programme
from loyalty.programme.versions import in_force
from loyalty.tier_rules import Tier, tier_index, tiers_of
from loyalty.tiers.override import NoSuchTierError, NothingChosenError, end_override, override_tier, read_until
from messages.actions import TierField, TierView
from messages.kit.modals import Modal
from messages.tiers import override as say
from messages.tiers.override import ACCOUNT, BACK, NONE

MAX_LISTED_HOLDERS = 99
"""So many people are listed: with the account itself a menu is full."""


def open_tier_form(request: SlackRequest) -> Modal:
    """Return the modal in which a tier is chosen. Errors: `NoSuchTierError` where the programme has none."""
    account = managers.managed_account(request, request.value).account
    force, people = request.database.read(
        {account.id},
        lambda session: (in_force(session), people_to_choose(session, account.id, limit=MAX_LISTED_HOLDERS)),
    )
    tiers = force.programme.tiers
    if not (tiers.members or tiers.accounts):
        raise NoSuchTierError("the programme has no tiers")
    return say.tier_form(request.reader, account.name, account.id, tiers, people)


def review_tier(request: SlackRequest) -> Modal:
    """Check what was written, and return the modal that shows what it would do."""
    form, faults = managers.desk_form(request), FieldFaults()
    choice, reason = form.values[TierField.TIER], form.values[TierField.REASON]
    person, back = _picked_holder(request, form, faults), choice == BACK
    tier = None
    if not faults.faults:
        force = request.database.read({form.account_id}, in_force)
        tier = _chosen_tier(force.programme, person, choice, faults)
    until: dt.date | None = None
    if not back:
        with faults.beside(TierField.UNTIL):
            until = read_until(form.values[TierField.UNTIL], managers.today(request.now, form.managed.account))
        with faults.beside(TierField.REASON):
            check_reason(reason)
    faults.refuse()
    override = {
        "account": form.account_id,
        "person": person.id if person else None,
        "tier": tier.key if tier else None,
        "back": back,
        "until": until.isoformat() if until else None,
        "reason": reason,
    }
    return say.confirm_tier(
        request.reader,
        form.managed.account.name,
        person,
        tier,
        back=back,
        until=until,
        reason=reason,
        private_metadata=override,
    )


def confirm_tier(request: SlackRequest) -> Response:
    """Override the tier as confirmed, or end the override, and return the receipt."""
    form = managers.desk_form(request)
    person, new = _end_override(request, form) if form.metadata["back"] else _override(request, form)
    return Reply(message=say.tier_receipt(request.reader, form.managed.account.name, person, new=new))


def _override(request: SlackRequest, form: DeskForm) -> tuple[KnownPerson | None, bool]:
    """Return for whom the tier was chosen, and whether that is new."""
    managed, confirmed, person_id = form.managed, form.metadata, form.metadata["person"]
    return request.write_as_requester(
        {form.account_id},
        lambda session: (
            None if person_id is None else person_known(session, form.account_id, person_id),
            override_tier(
                session,
                ledger_context(session, managed.account, author=managed.author, now=request.now),
                person_id=person_id,
                tier=confirmed["tier"],
                until=dt.date.fromisoformat(confirmed["until"]) if confirmed["until"] else None,
                reason=confirmed["reason"],
                today=managers.today(request.now, managed.account),
            ),
        ),
    )


def _end_override(request: SlackRequest, form: DeskForm) -> tuple[KnownPerson | None, bool]:
    """Return for whom points decide again, and whether that is new."""
    managed, account_id, person_id = form.managed, form.account_id, form.metadata["person"]

    def end(session: Any) -> tuple[KnownPerson | None, bool]:
        person = None if person_id is None else person_known(session, account_id, person_id)
        context = ledger_context(session, managed.account, author=managed.author, now=request.now)
        today = managers.today(request.now, managed.account)
        try:
            end_override(session, context, person_id=person_id, today=today)
        except NothingChosenError:
            return person, False
        return person, True

    return request.write_as_requester({account_id}, end)


def _picked_holder(request: SlackRequest, form: DeskForm, faults: FieldFaults) -> KnownPerson | None:
    """Return whom the tier is for; None for the account itself, or where that is at fault."""
    if form.values.get(TierField.WHO) == ACCOUNT and not form.values[TierField.OTHER]:
        return None
    return picked_person(request, form, faults, TierField.WHO)


def _chosen_tier(programme: Programme, person: KnownPerson | None, choice: str, faults: FieldFaults) -> Tier | None:
    """Return the tier that was chosen; None for no tier, for points to decide, or where it is at fault."""
    if choice in {NONE, BACK}:
        return None
    tiers, (kind, _, key) = tiers_of(programme, person.id if person else None), choice.partition("/")
    at = tier_index(tiers, key)
    if at < 0 or kind != ("member" if person else "account"):
        faults.add(TierField.TIER, NoSuchTierError(f"{choice} is no tier for them"))
        return None
    return tiers[at]


ROUTES = Routes(views={TierView.FORM: review_tier, TierView.SURE: confirm_tier})
