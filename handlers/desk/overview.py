"""The account managers' desk: /desk, its section of the app's Home, and what is done by one press."""

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
from loyalty.programme.versions import in_force
from messages import help as helping
from messages.actions import DeskAction
from messages.actions import DeskAction as Doubt
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
    mine = managers.verify_manager(request)
    request = request.refreshed()
    first, _, rest = request.value.partition(" ")
    if first.casefold() in WORDS["bind"]:
        return binding.open_bind_form(replace(request, value=rest))
    if not request.value:
        return _start(request, mine)
    keys = {each.account.key: (each.account.key, each.account.name) for each in mine}
    read = command_words.read(request.value, {**keys, **WORDS})
    if read.unknown is not None:
        return Reply(message=helping.unknown_word_message(request.reader, "/desk", read.unknown, read.nearest))
    if read.words[0] == "help":
        return Reply(message=say.desk_help(request.reader, sorted(keys)))
    return _account(request, mine, next(each for each in mine if each.account.key == read.words[0]))


def list_accounts(request: SlackRequest) -> Reply:
    """Show the accounts somebody looks after, from the one that was pressed on."""
    mine = managers.verify_manager(request)
    if len(mine) == 1:
        return _account(request, mine, mine[0])
    return _list(request, mine, int(request.value) if request.value.isdecimal() else 0)


def show_account(request: SlackRequest) -> Reply:
    """Show one account."""
    chosen = managers.managed_account(request, request.value)
    return _account(request, managers.accounts_of_manager(request), chosen)


def invite_channel(request: SlackRequest) -> Reply:
    """Post the invitation in the account's channels."""
    mine = managers.managed_account(request, request.value).account
    new = request.write_as_requester({mine.id}, lambda session: post_invitation(session, mine.id, now=request.now))
    return Reply(message=say.invitation_receipt(request.reader, mine.name, new))


def mark_message_sent(request: SlackRequest) -> Reply:
    """Settle a message of which nobody knew: it is there."""
    mine, number = managers.managed_item(request)
    done = request.write_as_requester(
        {mine.account.id},
        lambda session: decide_sent(session, mine.account.id, number, author=mine.author, now=request.now),
    )
    return Reply(message=say.delivery_receipt(request.reader, again=False, was_undecided=done))


def send_message_again(request: SlackRequest) -> Reply:
    """Settle a message of which nobody knew: it is sent again."""
    mine, number = managers.managed_item(request)
    done = request.write_as_requester(
        {mine.account.id},
        lambda session: decide_again(session, mine.account.id, number, author=mine.author, now=request.now),
    )
    return Reply(message=say.delivery_receipt(request.reader, again=True, was_undecided=done))


def undo_correction(request: SlackRequest) -> Reply:
    """Take a correction back."""
    mine, number = managers.managed_item(request)
    posting = managers.ledger_context(request, mine)
    request.write_as_requester(
        {mine.account.id}, lambda session: reverse_transfers(session, posting, transfer_id=number, reason=UNDONE)
    )
    return Reply(message=say.correction_undo_receipt(request.reader))


def home_desk(request: SlackRequest, mine: Sequence[ManagedAccount]) -> list[BlockPart]:
    """Return the desk as a section of the app's Home."""
    parts = _parts(request, mine, mine[0]) if len(mine) == 1 else _listed(request, mine, 0)
    return [say.desk_header(request.reader), *parts]


def _start(request: SlackRequest, mine: Sequence[ManagedAccount]) -> Reply:
    here = request.requester.account
    for each in mine:
        if len(mine) == 1 or (here is not None and each.account.id == here.id):
            return _account(request, mine, each)
    return _list(request, mine, 0)


def _list(request: SlackRequest, mine: Sequence[ManagedAccount], first: int) -> Reply:
    return Reply(message=say.desk_message(request.reader, _listed(request, mine, first)), replaces_message=True)


def _listed(request: SlackRequest, mine: Sequence[ManagedAccount], first: int) -> list[BlockPart]:
    following = first + ACCOUNTS_PER_PAGE if len(mine) > first + ACCOUNTS_PER_PAGE else None
    shown = [_desk(request, each.account) for each in mine[first : first + ACCOUNTS_PER_PAGE]]
    return say.account_list_parts(request.reader, shown, following=following, loose=_loose(request))


def _account(request: SlackRequest, mine: Sequence[ManagedAccount], chosen: ManagedAccount) -> Reply:
    return Reply(message=say.desk_message(request.reader, _parts(request, mine, chosen)), replaces_message=True)


def _parts(request: SlackRequest, mine: Sequence[ManagedAccount], chosen: ManagedAccount) -> list[BlockPart]:
    shown, client = _desk(request, chosen.account), chosen.account
    requests = say_approvals.desk_request_parts(request.reader, shown.requests, client.id, client.name)
    return say.desk_parts(
        request.reader, shown, several=len(mine) > 1, loose=_loose(request), requests=requests, now=request.now
    )


def _loose(request: SlackRequest) -> bool:
    """Return whether this was asked in a channel that speaks for no account yet."""
    channel, team = request.origin.channel_id, request.origin.team_id
    if channel is None or channel.startswith("D"):
        return False
    return request.database.read(OPERATOR, lambda session: bound_to(session, channel, team)) is None


def _desk(request: SlackRequest, client: AccountInfo) -> Desk:
    return request.database.read(
        {client.id},
        lambda session: facts.desk(
            session,
            client,
            today=managers.today(request.now, client),
            week_starts=in_force(session).week_starts,
        ),
    )


ROUTES = Routes(
    commands={"/desk": show_desk},
    actions={
        DeskAction.ACCOUNTS: list_accounts,
        DeskAction.OPEN: show_account,
        DeskAction.INVITE: invite_channel,
        Doubt.SENT: mark_message_sent,
        Doubt.AGAIN: send_message_again,
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
