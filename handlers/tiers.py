"""Choosing a tier for somebody, or for a whole account: written, looked at, confirmed."""

import datetime as dt

from handlers import managers
from handlers.form_values import form_values, private_metadata
from handlers.people.picker import picked_person
from handlers.request import FieldsError, Reply, Response, Routes, SlackRequest
from loyalty.accounts.managers import ManagedAccount
from loyalty.errors import LoyaltyError
from loyalty.people.people import KnownPerson, people_to_choose, person_known
from loyalty.points.corrections import check_reason
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
    """Open the window in which a tier is chosen. Errors: `NoSuchTierError` where the programme has none."""
    client = managers.managed_account(request, request.value).account
    tiers = _programme(request, client.id).tiers
    if not (tiers.members or tiers.accounts):
        raise NoSuchTierError("the programme has no tiers")
    people = request.database.read(
        {client.id}, lambda session: people_to_choose(session, client.id, limit=MAX_LISTED_HOLDERS)
    )
    return say.tier_form(request.reader, client.name, client.id, tiers, people)


def review_tier(request: SlackRequest) -> Modal:
    """Check what was written, and show what it would do."""
    mine, given = managers.managed_account(request, str(private_metadata(request)["account"])), form_values(request)
    account, today = mine.account.id, managers.today(request.now, mine.account)
    faults: dict[str, LoyaltyError] = {}
    person, back = _person(request, mine, given, faults), given[TierField.TIER] == BACK
    tier = None if faults else _tier(_programme(request, account), person, given[TierField.TIER], faults)
    until: dt.date | None = None
    if not back:
        try:
            until = read_until(given[TierField.UNTIL], today)
        except LoyaltyError as fault:
            faults[TierField.UNTIL] = fault
        try:
            check_reason(given[TierField.REASON])
        except LoyaltyError as fault:
            faults[TierField.REASON] = fault
    if faults:
        raise FieldsError(faults)
    wish = {
        "account": account,
        "person": person.id if person else None,
        "tier": tier.key if tier else None,
        "back": back,
        "until": until.isoformat() if until else None,
        "reason": given[TierField.REASON],
    }
    return say.confirm_tier(
        request.reader,
        mine.account.name,
        person,
        tier,
        back=back,
        until=until,
        reason=given[TierField.REASON],
        private_metadata=wish,
    )


def confirm_tier(request: SlackRequest) -> Response:
    """Choose as confirmed, or take the choice back."""
    wish = private_metadata(request)
    mine = managers.managed_account(request, str(wish["account"]))
    account, person_id = mine.account.id, wish["person"]
    posting, today = managers.ledger_context(request, mine), managers.today(request.now, mine.account)
    person = (
        None
        if person_id is None
        else request.database.read({account}, lambda session: person_known(session, account, person_id))
    )
    if wish["back"]:
        try:
            request.write_as_requester(
                {account}, lambda session: end_override(session, posting, person_id=person_id, today=today)
            )
        except NothingChosenError:
            return Reply(message=say.tier_receipt(request.reader, mine.account.name, person, new=False))
        return Reply(message=say.tier_receipt(request.reader, mine.account.name, person, new=True))
    until = dt.date.fromisoformat(wish["until"]) if wish["until"] else None
    new = request.write_as_requester(
        {account},
        lambda session: override_tier(
            session,
            posting,
            person_id=person_id,
            tier=wish["tier"],
            until=until,
            reason=wish["reason"],
            today=today,
        ),
    )
    return Reply(message=say.tier_receipt(request.reader, mine.account.name, person, new=new))


def _programme(request: SlackRequest, account_id: int) -> Programme:
    return request.database.read({account_id}, in_force).programme


def _person(
    request: SlackRequest, mine: ManagedAccount, given: dict[str, str], faults: dict[str, LoyaltyError]
) -> KnownPerson | None:
    """Return whom it is for, None for the account itself, or where that is at fault."""
    if given.get(TierField.WHO) == ACCOUNT and not given[TierField.OTHER]:
        return None
    return picked_person(request, mine, given, faults, TierField.WHO)


def _tier(
    programme: Programme, person: KnownPerson | None, wanted: str, faults: dict[str, LoyaltyError]
) -> Tier | None:
    """Return the tier that is wanted; None for no tier, for points to decide, or where it is at fault."""
    if wanted in {NONE, BACK}:
        return None
    tiers, (kind, _, key) = tiers_of(programme, person.id if person else None), wanted.partition("/")
    at = tier_index(tiers, key)
    if at < 0 or kind != ("member" if person else "account"):
        faults[TierField.TIER] = NoSuchTierError(f"{wanted} is no tier for them")
        return None
    return tiers[at]


ROUTES = Routes(views={TierView.FORM: review_tier, TierView.SURE: confirm_tier})
