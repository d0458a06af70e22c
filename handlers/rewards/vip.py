"""The VIP club: who is in it, inviting, and the answers of whoever is invited."""

from handlers import managers
from handlers.button_values import parse_button_value
from handlers.form_values import form_values, private_metadata
from handlers.people.picker import picked_person
from handlers.request import FieldsError, Reply, Routes, SlackRequest
from loyalty.errors import LoyaltyError
from loyalty.people.people import people_to_choose, person_known
from loyalty.rewards import vip
from messages.actions import VipAction, VipView
from messages.kit.modals import Modal
from messages.rewards import vip as say


def show_club(request: SlackRequest) -> Modal:
    """Open the window with who is in the club."""
    mine = managers.managed_account(request, request.value)
    account = mine.account.id
    people, members = request.database.read(
        {account}, lambda session: (people_to_choose(session, account), vip.club(session, account))
    )
    return say.vip_club_modal(request.reader, mine.account.name, account, people, members)


def invite_to_club(request: SlackRequest) -> Reply:
    """Invite whoever was chosen."""
    mine, faults = (
        managers.managed_account(request, str(private_metadata(request)["account"])),
        dict[str, LoyaltyError](),
    )
    person = picked_person(request, mine, form_values(request), faults)
    if person is None:
        raise FieldsError(faults)
    account = mine.account.id
    new = request.write_as_requester(
        {account}, lambda session: vip.invite_to_club(session, account, person.id, author=mine.author, now=request.now)
    )
    return Reply(message=say.vip_invitation_receipt(request.reader, person, new=new))


def remove_from_club(request: SlackRequest) -> Reply:
    """Take somebody out of the club."""
    mine, number = managers.managed_item(request)
    account = mine.account.id
    person = request.database.read({account}, lambda session: person_known(session, account, number))
    request.write_as_requester(
        {account}, lambda session: vip.leave_club(session, account, number, author=mine.author, now=request.now)
    )
    return Reply(message=say.vip_removal_receipt(request.reader, person))


def accept_invitation(request: SlackRequest) -> Reply:
    """Let whoever was invited into the club."""
    request = parse_button_value(request)
    account, person = request.requester.known_account.id, request.requester.member
    new = request.write_as_requester(
        {account}, lambda session: vip.accept_club_invitation(session, account, person, now=request.now)
    )
    return Reply(message=say.vip_accept_receipt(request.reader, account, new=new))


def decline_invitation(request: SlackRequest) -> Reply:
    """Take the invitation back for whoever does not want it."""
    request = parse_button_value(request)
    account, person = request.requester.known_account.id, request.requester.member
    request.write_as_requester(
        {account}, lambda session: vip.leave_club(session, account, person, author=f"person:{person}", now=request.now)
    )
    return Reply(message=say.vip_decline_receipt(request.reader))


ROUTES = Routes(
    actions={
        VipAction.ACCEPT: accept_invitation,
        VipAction.DECLINE: decline_invitation,
        VipAction.OUT: remove_from_club,
    },
    views={VipView.INVITE: invite_to_club},
)
