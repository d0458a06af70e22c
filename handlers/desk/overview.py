"""The account managers' desk: /desk, its section of the app's Home, and what is done by one press."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers import accounts as binding
from handlers import command_words, managers, tiers
from handlers.people import link
from handlers.points import corrections
from handlers.request import Answer, Asked, Reply, Routes
from handlers.rewards import account_terms, gifts, vip
from loyalty.accounts.channels import bound_to
from loyalty.accounts.managers import Managed
from loyalty.accounts.requester import Client
from loyalty.desk import overview as facts
from loyalty.desk.overview import Desk
from loyalty.notifications.channel_invitation import invite as post_invitation
from loyalty.points.corrections import reverse
from loyalty.programme.versions import in_force
from messages import help as helping
from messages.desk import overview as say
from messages.desk.overview import Action
from messages.desk.unknown_deliveries import Action as Doubt
from messages.kit.blocks import Part
from messages.points.reasons import UNDONE
from messages.rewards import approvals as say_approvals
from storage.database import OPERATOR
from storage.outbox_recovery import decide_again, decide_sent

PAGE = 8
"""So many accounts are listed at a time."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "bind": ("bind", "przypisz", "연결"),
    "help": ("help", "pomoc", "도움말"),
}


def command(asked: Asked) -> Answer:
    """Answer /desk by the words after it."""
    mine = managers.met(asked)
    asked = asked.met_again()
    first, _, rest = asked.words.partition(" ")
    if first.casefold() in WORDS["bind"]:
        return binding.start(replace(asked, words=rest))
    if not asked.words:
        return _start(asked, mine)
    keys = {each.client.key: (each.client.key, each.client.name) for each in mine}
    read = command_words.read(asked.words, {**keys, **WORDS})
    if read.unknown is not None:
        return Reply(message=helping.mistyped(asked.reader, "/desk", read.unknown, read.nearest))
    if read.words[0] == "help":
        return Reply(message=say.help_(asked.reader, sorted(keys)))
    return _account(asked, mine, next(each for each in mine if each.client.key == read.words[0]))


def accounts(asked: Asked) -> Reply:
    """Show the accounts somebody looks after, from the one that was pressed on."""
    mine = managers.met(asked)
    if len(mine) == 1:
        return _account(asked, mine, mine[0])
    return _list(asked, mine, int(asked.words) if asked.words.isdecimal() else 0)


def account(asked: Asked) -> Reply:
    """Show one account."""
    chosen = managers.one(asked, asked.words)
    return _account(asked, managers.known(asked), chosen)


def invite(asked: Asked) -> Reply:
    """Post the invitation in the account's channels."""
    mine = managers.one(asked, asked.words).client
    new = asked.write({mine.id}, lambda session: post_invitation(session, mine.id, now=asked.now))
    return Reply(message=say.invited(asked.reader, mine.name, new))


def sent(asked: Asked) -> Reply:
    """Settle a message of which nobody knew: it is there."""
    mine, number = managers.thing(asked)
    done = asked.write(
        {mine.client.id},
        lambda session: decide_sent(session, mine.client.id, number, author=mine.author, now=asked.now),
    )
    return Reply(message=say.decided(asked.reader, again=False, done=done))


def again(asked: Asked) -> Reply:
    """Settle a message of which nobody knew: it is sent again."""
    mine, number = managers.thing(asked)
    done = asked.write(
        {mine.client.id},
        lambda session: decide_again(session, mine.client.id, number, author=mine.author, now=asked.now),
    )
    return Reply(message=say.decided(asked.reader, again=True, done=done))


def undo(asked: Asked) -> Reply:
    """Take a correction back."""
    mine, number = managers.thing(asked)
    posting = managers.posting(asked, mine)
    asked.write({mine.client.id}, lambda session: reverse(session, posting, transfer_id=number, reason=UNDONE))
    return Reply(message=say.undone(asked.reader))


def at_home(asked: Asked, mine: Sequence[Managed]) -> list[Part]:
    """Return the desk as a section of the app's Home."""
    parts = _parts(asked, mine, mine[0]) if len(mine) == 1 else _listed(asked, mine, 0)
    return [say.heading(asked.reader), *parts]


def _start(asked: Asked, mine: Sequence[Managed]) -> Reply:
    here = asked.asker.account
    for each in mine:
        if len(mine) == 1 or (here is not None and each.client.id == here.id):
            return _account(asked, mine, each)
    return _list(asked, mine, 0)


def _list(asked: Asked, mine: Sequence[Managed], first: int) -> Reply:
    return Reply(message=say.shown(asked.reader, _listed(asked, mine, first)), instead=True)


def _listed(asked: Asked, mine: Sequence[Managed], first: int) -> list[Part]:
    following = first + PAGE if len(mine) > first + PAGE else None
    shown = [_desk(asked, each.client) for each in mine[first : first + PAGE]]
    return say.listed(asked.reader, shown, following=following, loose=_loose(asked))


def _account(asked: Asked, mine: Sequence[Managed], chosen: Managed) -> Reply:
    return Reply(message=say.shown(asked.reader, _parts(asked, mine, chosen)), instead=True)


def _parts(asked: Asked, mine: Sequence[Managed], chosen: Managed) -> list[Part]:
    shown, client = _desk(asked, chosen.client), chosen.client
    requests = say_approvals.on_desk(asked.reader, shown.requests, client.id, client.name)
    return say.parts(asked.reader, shown, several=len(mine) > 1, loose=_loose(asked), requests=requests, now=asked.now)


def _loose(asked: Asked) -> bool:
    """Return whether this was asked in a channel that speaks for no account yet."""
    channel, team = asked.place.channel_id, asked.place.team_id
    if channel is None or channel.startswith("D"):
        return False
    return asked.database.read(OPERATOR, lambda session: bound_to(session, channel, team)) is None


def _desk(asked: Asked, client: Client) -> Desk:
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
    commands={"/desk": command},
    actions={
        Action.ACCOUNTS: accounts,
        Action.OPEN: account,
        Action.INVITE: invite,
        Doubt.SENT: sent,
        Doubt.AGAIN: again,
        Action.UNDO: undo,
        Action.CORRECT: corrections.start,
        Action.THANK: gifts.start,
        Action.CLUB: vip.start,
        Action.TERMS: account_terms.start,
        Action.TIERS: tiers.start,
        Action.CONNECT: link.start,
        Action.BIND: binding.start,
    },
)
