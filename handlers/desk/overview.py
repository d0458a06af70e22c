"""The account managers' desk: /desk, its section of the app's Home, and what a single press does there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers import accounts as binding
from handlers import command_words, managers, tiers
from handlers.people import link
from handlers.points import corrections
from handlers.request import Reply, Response, Routes, SlackRequest
from handlers.rewards import account_terms, gifts, vip
from loyalty.accounts.channels import bound_to
from loyalty.accounts.managers import ManagedAccount
from loyalty.accounts.requester import AccountInfo
from loyalty.desk import overview as facts
from loyalty.desk.overview import Desk
from loyalty.notifications.channel_invitation import invite_channel as post_invitation
from loyalty.points.corrections import reverse_transfers
from loyalty.points.ledger_context import ledger_context
from loyalty.programme.versions import in_force
from messages import help as helping
from messages.actions import DeskAction
from messages.desk import overview as say
from messages.kit.blocks import BlockPart
from messages.points.reasons import UNDONE
from messages.rewards import approvals as say_approvals
from storage.database import OPERATOR
from storage.outbox_recovery import decide_again, decide_sent

ACCOUNTS_PER_PAGE = 8
"""So many accounts are listed at a time."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "bind": ("bind", "przypisz", "연결"),
    "help": ("help", "pomoc", "도움말"),
}


def show_desk(request: SlackRequest) -> Response:
    """Answer /desk by the words after it."""
    managed = managers.verify_manager(request)
    request = request.refreshed()
    first, _, rest = request.value.partition(" ")
    if first.casefold() in WORDS["bind"]:
        return binding.open_bind_form(replace(request, value=rest))
    if not request.value:
        return _first_page(request, managed)
    keys = {one.account.key: (one.account.key, one.account.name) for one in managed}
    read = command_words.read(request.value, {**keys, **WORDS})
    if read.unknown is not None:
        return Reply(message=helping.unknown_word_message(request.reader, "/desk", read.unknown, read.nearest))
    if read.words[0] == "help":
        return Reply(message=say.desk_help(request.reader, sorted(keys)))
    return _account_page(request, managed, next(one for one in managed if one.account.key == read.words[0]))


def list_accounts(request: SlackRequest) -> Reply:
    """Show the accounts somebody looks after, from the one that was pressed on."""
    managed = managers.verify_manager(request)
    if len(managed) == 1:
        return _account_page(request, managed, managed[0])
    return _account_list(request, managed, int(request.value) if request.value.isdecimal() else 0)


def show_account(request: SlackRequest) -> Reply:
    """Show one account."""
    chosen = managers.managed_account(request, request.value)
    return _account_page(request, managers.accounts_of_manager(request), chosen)


def invite_channel(request: SlackRequest) -> Reply:
    """Post the invitation in the account's channels, and return the receipt."""
    account = managers.managed_account(request, request.value).account
    new = request.write_as_requester(
        {account.id}, lambda session: post_invitation(session, account.id, now=request.now)
    )
    return Reply(message=say.invitation_receipt(request.reader, account.name, new))


def mark_message_sent(request: SlackRequest) -> Reply:
    """Record that a message whose delivery was unknown is there, and return the receipt."""
    managed, number = managers.managed_item(request)
    done = request.write_as_requester(
        {managed.account.id},
        lambda session: decide_sent(session, managed.account.id, number, author=managed.author, now=request.now),
    )
    return Reply(message=say.delivery_receipt(request.reader, again=False, was_undecided=done))


def send_message_again(request: SlackRequest) -> Reply:
    """Have a message whose delivery was unknown sent again, and return the receipt."""
    managed, number = managers.managed_item(request)
    done = request.write_as_requester(
        {managed.account.id},
        lambda session: decide_again(session, managed.account.id, number, author=managed.author, now=request.now),
    )
    return Reply(message=say.delivery_receipt(request.reader, again=True, was_undecided=done))


def undo_correction(request: SlackRequest) -> Reply:
    """Take a correction back, and return the receipt."""
    managed, number = managers.managed_item(request)
    request.write_as_requester(
        {managed.account.id},
        lambda session: reverse_transfers(
            session,
            ledger_context(session, managed.account, author=managed.author, now=request.now),
            transfer_id=number,
            reason=UNDONE,
        ),
    )
    return Reply(message=say.correction_undo_receipt(request.reader))


def home_desk(request: SlackRequest, managed: Sequence[ManagedAccount]) -> list[BlockPart]:
    """Return the desk as a section of the app's Home."""
    parts = _account_parts(request, managed, managed[0]) if len(managed) == 1 else _list_parts(request, managed, 0)
    return [say.desk_header(request.reader), *parts]


def _first_page(request: SlackRequest, managed: Sequence[ManagedAccount]) -> Reply:
    """Show the one account, or the one that this channel is bound to, or else the list."""
    here = request.requester.account
    for one in managed:
        if len(managed) == 1 or (here is not None and one.account.id == here.id):
            return _account_page(request, managed, one)
    return _account_list(request, managed, 0)


def _account_list(request: SlackRequest, managed: Sequence[ManagedAccount], first: int) -> Reply:
    return Reply(message=say.desk_message(request.reader, _list_parts(request, managed, first)), replaces_message=True)


def _list_parts(request: SlackRequest, managed: Sequence[ManagedAccount], first: int) -> list[BlockPart]:
    following = first + ACCOUNTS_PER_PAGE if len(managed) > first + ACCOUNTS_PER_PAGE else None
    desks = [_read_desk(request, one.account) for one in managed[first : first + ACCOUNTS_PER_PAGE]]
    return say.account_list_parts(request.reader, desks, following=following, loose=_is_unbound_channel(request))


def _account_page(request: SlackRequest, managed: Sequence[ManagedAccount], chosen: ManagedAccount) -> Reply:
    return Reply(
        message=say.desk_message(request.reader, _account_parts(request, managed, chosen)), replaces_message=True
    )


def _account_parts(request: SlackRequest, managed: Sequence[ManagedAccount], chosen: ManagedAccount) -> list[BlockPart]:
    account, desk = chosen.account, _read_desk(request, chosen.account)
    return say.desk_parts(
        request.reader,
        desk,
        several=len(managed) > 1,
        loose=_is_unbound_channel(request),
        requests=say_approvals.desk_request_parts(request.reader, desk.requests, account.id, account.name),
        now=request.now,
    )


def _is_unbound_channel(request: SlackRequest) -> bool:
    """Return whether this was asked in a channel that is bound to no account yet."""
    channel, team = request.origin.channel_id, request.origin.team_id
    if channel is None or channel.startswith("D"):
        return False
    return request.database.read(OPERATOR, lambda session: bound_to(session, channel, team)) is None


def _read_desk(request: SlackRequest, account: AccountInfo) -> Desk:
    # Each account in a scope of its own: what one of them hides from the others stays hidden.
    return request.database.read(
        {account.id},
        lambda session: facts.desk(
            session,
            account,
            today=managers.today(request.now, account),
            week_starts=in_force(session).week_starts,
        ),
    )


ROUTES = Routes(
    commands={"/desk": show_desk},
    actions={
        DeskAction.ACCOUNTS: list_accounts,
        DeskAction.OPEN: show_account,
        DeskAction.INVITE: invite_channel,
        DeskAction.SENT: mark_message_sent,
        DeskAction.AGAIN: send_message_again,
        DeskAction.UNDO: undo_correction,
        DeskAction.CORRECT: corrections.open_correction_form,
        DeskAction.THANK: gifts.open_gift_form,
        DeskAction.CLUB: vip.show_club,
        DeskAction.TERMS: account_terms.list_account_rewards,
        DeskAction.TIERS: tiers.open_tier_form,
        DeskAction.CONNECT: link.open_connect_form,
        DeskAction.BIND: binding.open_bind_form,
    },
)
