"""The VIP club: who is in it, invitations, and the answers of whoever is invited."""

from handlers import managers
from handlers.button_values import as_button_member
from handlers.form_values import FieldFaults
from handlers.people.picker import picked_person
from handlers.request import FieldsError, Reply, Routes, SlackRequest
from loyalty.people.people import people_to_choose, person_known
from loyalty.rewards import vip
from messages.actions import VipAction, VipView
from messages.kit.modals import Modal
from messages.rewards import vip as say


def show_club(request: SlackRequest) -> Modal:
    """Return the modal with who is in the club."""
    account = managers.managed_account(request, request.value).account
    people, members = request.database.read(
        {account.id}, lambda session: (people_to_choose(session, account.id), vip.club(session, account.id))
    )
    return say.vip_club_modal(request.reader, account.name, account.id, people, members)


def invite_to_club(request: SlackRequest) -> Reply:
    """Invite whoever was chosen, and return the receipt."""
    form, faults = managers.desk_form(request), FieldFaults()
    person = picked_person(request, form, faults)
    if person is None:
        raise FieldsError(faults.faults)
    account_id, author = form.account_id, form.managed.author
    new = request.write_as_requester(
        {account_id},
        lambda session: vip.invite_to_club(session, account_id, person.id, author=author, now=request.now),
    )
    return Reply(message=say.vip_invitation_receipt(request.reader, person, new=new))


def remove_from_club(request: SlackRequest) -> Reply:
    """Take somebody out of the club, and return the receipt."""
    managed, person_id = managers.managed_item(request)
    account_id = managed.account.id
    person, _ = request.write_as_requester(
        {account_id},
        lambda session: (
            person_known(session, account_id, person_id),
            vip.leave_club(session, account_id, person_id, author=managed.author, now=request.now),
        ),
    )
    return Reply(message=say.vip_removal_receipt(request.reader, person))


def accept_invitation(request: SlackRequest) -> Reply:
    """Let whoever was invited into the club, and return the receipt."""
    request = as_button_member(request)
    account_id, person_id = request.requester.known_account.id, request.requester.member
    new = request.write_as_requester(
        {account_id}, lambda session: vip.accept_club_invitation(session, account_id, person_id, now=request.now)
    )
    return Reply(message=say.vip_accept_receipt(request.reader, account_id, new=new))


def decline_invitation(request: SlackRequest) -> Reply:
    """Take the invitation back for whoever does not want it."""
    request = as_button_member(request)
    account_id, person_id = request.requester.known_account.id, request.requester.member
    request.write_as_requester(
        {account_id},
        lambda session: vip.leave_club(session, account_id, person_id, author=f"person:{person_id}", now=request.now),
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
