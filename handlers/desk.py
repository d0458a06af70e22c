"""The account managers' desk: /desk, its section of the app's Home, and what is done by one press."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers import binding, connecting, correcting, gifts, managing, terms, tiers, typed, vip
from handlers.asked import Answer, Asked, Reply, Routes
from loyalty import desk as facts
from loyalty.access import Client
from loyalty.channels import bound_to
from loyalty.corrections import reverse
from loyalty.desk import Desk
from loyalty.invitations import invite as post_invitation
from loyalty.managers import Managed
from loyalty.versions import in_force
from messages import approvals as say_approvals
from messages import desk as say
from messages import help as helping
from messages.desk import Action
from messages.doubts import Action as Doubt
from messages.kit import Part
from messages.notes import UNDONE
from storage.outbox_watch import decide_again, decide_sent
from storage.session import OPERATOR

PAGE = 8
"""So many accounts are listed at a time."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "bind": ("bind", "przypisz", "연결"),
    "help": ("help", "pomoc", "도움말"),
}


def command(asked: Asked) -> Answer:
    """Answer /desk by the words after it."""
    mine = managing.met(asked)
    asked = asked.met_again()
    first, _, rest = asked.words.partition(" ")
    if first.casefold() in WORDS["bind"]:
        return binding.start(replace(asked, words=rest))
    if not asked.words:
        return _start(asked, mine)
    keys = {each.client.key: (each.client.key, each.client.name) for each in mine}
    read = typed.read(asked.words, {**keys, **WORDS})
    if read.unknown is not None:
        return Reply(message=helping.mistyped(asked.reader, "/desk", read.unknown, read.nearest))
    if read.words[0] == "help":
        return Reply(message=say.help_(asked.reader, sorted(keys)))
    return _account(asked, mine, next(each for each in mine if each.client.key == read.words[0]))


def accounts(asked: Asked) -> Reply:
    """Show the accounts somebody looks after, from the one that was pressed on."""
    mine = managing.met(asked)
    if len(mine) == 1:
        return _account(asked, mine, mine[0])
    return _list(asked, mine, int(asked.words) if asked.words.isdecimal() else 0)


def account(asked: Asked) -> Reply:
    """Show one account."""
    chosen = managing.one(asked, asked.words)
    return _account(asked, managing.known(asked), chosen)


def invite(asked: Asked) -> Reply:
    """Post the invitation in the account's channels."""
    mine = managing.one(asked, asked.words).client
    new = asked.write({mine.id}, lambda session: post_invitation(session, mine.id, now=asked.now))
    return Reply(message=say.invited(asked.reader, mine.name, new))


def sent(asked: Asked) -> Reply:
    """Settle a message of which nobody knew: it is there."""
    mine, number = managing.thing(asked)
    done = asked.write(
        {mine.client.id},
        lambda session: decide_sent(session, mine.client.id, number, author=mine.author, now=asked.now),
    )
    return Reply(message=say.decided(asked.reader, again=False, done=done))


def again(asked: Asked) -> Reply:
    """Settle a message of which nobody knew: it is sent again."""
    mine, number = managing.thing(asked)
    done = asked.write(
        {mine.client.id},
        lambda session: decide_again(session, mine.client.id, number, author=mine.author, now=asked.now),
    )
    return Reply(message=say.decided(asked.reader, again=True, done=done))


def undo(asked: Asked) -> Reply:
    """Take a correction back."""
    mine, number = managing.thing(asked)
    posting = managing.posting(asked, mine)
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
            today=managing.today(asked.now, client),
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
        Action.CORRECT: correcting.start,
        Action.THANK: gifts.start,
        Action.CLUB: vip.start,
        Action.TERMS: terms.start,
        Action.TIERS: tiers.start,
        Action.CONNECT: connecting.start,
        Action.BIND: binding.start,
    },
)
