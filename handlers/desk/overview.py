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
from messages.desk import overview as say
from messages.desk.overview import Action
from messages.desk.unknown_deliveries import Action as Doubt
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


def show_desk(asked: SlackRequest) -> Response:
    """Answer /desk by the words after it."""
    mine = managers.verify_manager(asked)
    asked = asked.refreshed()
    first, _, rest = asked.value.partition(" ")
    if first.casefold() in WORDS["bind"]:
        return binding.open_bind_form(replace(asked, value=rest))
    if not asked.value:
        return _start(asked, mine)
    keys = {each.account.key: (each.account.key, each.account.name) for each in mine}
    read = command_words.read(asked.value, {**keys, **WORDS})
    if read.unknown is not None:
        return Reply(message=helping.mistyped(asked.reader, "/desk", read.unknown, read.nearest))
    if read.words[0] == "help":
        return Reply(message=say.help_(asked.reader, sorted(keys)))
    return _account(asked, mine, next(each for each in mine if each.account.key == read.words[0]))


def list_accounts(asked: SlackRequest) -> Reply:
    """Show the accounts somebody looks after, from the one that was pressed on."""
    mine = managers.verify_manager(asked)
    if len(mine) == 1:
        return _account(asked, mine, mine[0])
    return _list(asked, mine, int(asked.value) if asked.value.isdecimal() else 0)


def show_account(asked: SlackRequest) -> Reply:
    """Show one account."""
    chosen = managers.managed_account(asked, asked.value)
    return _account(asked, managers.accounts_of_manager(asked), chosen)


def invite_channel(asked: SlackRequest) -> Reply:
    """Post the invitation in the account's channels."""
    mine = managers.managed_account(asked, asked.value).account
    new = asked.write_as_requester({mine.id}, lambda session: post_invitation(session, mine.id, now=asked.now))
    return Reply(message=say.invited(asked.reader, mine.name, new))


def mark_message_sent(asked: SlackRequest) -> Reply:
    """Settle a message of which nobody knew: it is there."""
    mine, number = managers.managed_item(asked)
    done = asked.write_as_requester(
        {mine.account.id},
        lambda session: decide_sent(session, mine.account.id, number, author=mine.author, now=asked.now),
    )
    return Reply(message=say.decided(asked.reader, again=False, done=done))


def send_message_again(asked: SlackRequest) -> Reply:
    """Settle a message of which nobody knew: it is sent again."""
    mine, number = managers.managed_item(asked)
    done = asked.write_as_requester(
        {mine.account.id},
        lambda session: decide_again(session, mine.account.id, number, author=mine.author, now=asked.now),
    )
    return Reply(message=say.decided(asked.reader, again=True, done=done))


def undo_correction(asked: SlackRequest) -> Reply:
    """Take a correction back."""
    mine, number = managers.managed_item(asked)
    posting = managers.ledger_context(asked, mine)
    asked.write_as_requester(
        {mine.account.id}, lambda session: reverse_transfers(session, posting, transfer_id=number, reason=UNDONE)
    )
    return Reply(message=say.undone(asked.reader))


def home_desk(asked: SlackRequest, mine: Sequence[ManagedAccount]) -> list[BlockPart]:
    """Return the desk as a section of the app's Home."""
    parts = _parts(asked, mine, mine[0]) if len(mine) == 1 else _listed(asked, mine, 0)
    return [say.heading(asked.reader), *parts]


def _start(asked: SlackRequest, mine: Sequence[ManagedAccount]) -> Reply:
    here = asked.requester.account
    for each in mine:
        if len(mine) == 1 or (here is not None and each.account.id == here.id):
            return _account(asked, mine, each)
    return _list(asked, mine, 0)


def _list(asked: SlackRequest, mine: Sequence[ManagedAccount], first: int) -> Reply:
    return Reply(message=say.shown(asked.reader, _listed(asked, mine, first)), replaces_message=True)


def _listed(asked: SlackRequest, mine: Sequence[ManagedAccount], first: int) -> list[BlockPart]:
    following = first + ACCOUNTS_PER_PAGE if len(mine) > first + ACCOUNTS_PER_PAGE else None
    shown = [_desk(asked, each.account) for each in mine[first : first + ACCOUNTS_PER_PAGE]]
    return say.listed(asked.reader, shown, following=following, loose=_loose(asked))


def _account(asked: SlackRequest, mine: Sequence[ManagedAccount], chosen: ManagedAccount) -> Reply:
    return Reply(message=say.shown(asked.reader, _parts(asked, mine, chosen)), replaces_message=True)


def _parts(asked: SlackRequest, mine: Sequence[ManagedAccount], chosen: ManagedAccount) -> list[BlockPart]:
    shown, client = _desk(asked, chosen.account), chosen.account
    requests = say_approvals.on_desk(asked.reader, shown.requests, client.id, client.name)
    return say.parts(asked.reader, shown, several=len(mine) > 1, loose=_loose(asked), requests=requests, now=asked.now)


def _loose(asked: SlackRequest) -> bool:
    """Return whether this was asked in a channel that speaks for no account yet."""
    channel, team = asked.origin.channel_id, asked.origin.team_id
    if channel is None or channel.startswith("D"):
        return False
    return asked.database.read(OPERATOR, lambda session: bound_to(session, channel, team)) is None


def _desk(asked: SlackRequest, client: AccountInfo) -> Desk:
    return asked.database.read(
        {client.id},
        lambda session: facts.desk(
            session,
            client,
            today=managers.today(asked.now, client),
            week_starts=in_force(session).programme.programme.week_starts,
        ),
    )


ROUTES = Routes(
    commands={"/desk": show_desk},
    actions={
        Action.ACCOUNTS: list_accounts,
        Action.OPEN: show_account,
        Action.INVITE: invite_channel,
        Doubt.SENT: mark_message_sent,
        Doubt.AGAIN: send_message_again,
        Action.UNDO: undo_correction,
        Action.CORRECT: corrections.open_correction_form,
        Action.THANK: gifts.open_gift_form,
        Action.CLUB: vip.show_club,
        Action.TERMS: account_terms.list_account_rewards,
        Action.TIERS: tiers.open_tier_form,
        Action.CONNECT: link.open_connect_form,
        Action.BIND: binding.open_bind_form,
    },
)
