"""The account managers' desk: /desk, its section of the app's Home, and what is done by one press."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from handlers import managing, typed
from handlers.asked import Asked, Reply, Routes
from loyalty import desk as facts
from loyalty.access import Client
from loyalty.corrections import reverse
from loyalty.desk import Desk
from loyalty.invitations import invite as post_invitation
from loyalty.managers import Managed
from loyalty.versions import in_force
from messages import desk as say
from messages import help as helping
from messages.desk import Action
from messages.kit import Part
from storage.outbox_watch import decide_again, decide_sent

PAGE = 8
"""So many accounts are listed at a time."""
HELP = ("help", "pomoc", "도움말")


def command(asked: Asked) -> Reply:
    """Answer /desk by the words after it."""
    mine = managing.met(asked)
    asked = asked.met_again()
    if not asked.words:
        return _start(asked, mine)
    keys = {each.client.key: (each.client.key, each.client.name) for each in mine}
    read = typed.read(asked.words, keys | {"help": HELP})
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
    new = asked.database.write({mine.id}, lambda session: post_invitation(session, mine.id, now=asked.now))
    return Reply(message=say.invited(asked.reader, mine.name, new))


def sent(asked: Asked) -> Reply:
    """Settle a message of which nobody knew: it is there."""
    mine, number = managing.thing(asked)
    done = asked.database.write(
        {mine.client.id},
        lambda session: decide_sent(session, mine.client.id, number, author=mine.author, now=asked.now),
    )
    return Reply(message=say.decided(asked.reader, again=False, done=done))


def again(asked: Asked) -> Reply:
    """Settle a message of which nobody knew: it is sent again."""
    mine, number = managing.thing(asked)
    done = asked.database.write(
        {mine.client.id},
        lambda session: decide_again(session, mine.client.id, number, author=mine.author, now=asked.now),
    )
    return Reply(message=say.decided(asked.reader, again=True, done=done))


def undo(asked: Asked) -> Reply:
    """Take a correction back."""
    mine, number = managing.thing(asked)
    posting, reason = managing.posting(asked, mine), say.undo_reason(mine.client.language)
    asked.database.write({mine.client.id}, lambda session: reverse(session, posting, transfer_id=number, reason=reason))
    return Reply(message=say.undone(asked.reader))


def at_home(asked: Asked, mine: Sequence[Managed]) -> list[Part]:
    """Return the desk as a section of the app's Home."""
    if len(mine) == 1:
        return [say.heading(asked.reader), *_parts(asked, mine, mine[0])]
    return [say.heading(asked.reader), *say.listed(asked.reader, _desks(asked, mine[:PAGE]), following=_next(mine, 0))]


def _start(asked: Asked, mine: Sequence[Managed]) -> Reply:
    here = asked.asker.account
    for each in mine:
        if len(mine) == 1 or (here is not None and each.client.id == here.id):
            return _account(asked, mine, each)
    return _list(asked, mine, 0)


def _list(asked: Asked, mine: Sequence[Managed], first: int) -> Reply:
    shown = _desks(asked, mine[first : first + PAGE])
    return Reply(message=say.accounts(asked.reader, shown, following=_next(mine, first)), instead=True)


def _next(mine: Sequence[Managed], first: int) -> int | None:
    return first + PAGE if len(mine) > first + PAGE else None


def _account(asked: Asked, mine: Sequence[Managed], chosen: Managed) -> Reply:
    shown = say.account(asked.reader, _desk(asked, chosen.client), several=len(mine) > 1, now=asked.now)
    return Reply(message=shown, instead=True)


def _parts(asked: Asked, mine: Sequence[Managed], chosen: Managed) -> list[Part]:
    return say.parts(asked.reader, _desk(asked, chosen.client), several=len(mine) > 1, now=asked.now)


def _desks(asked: Asked, mine: Sequence[Managed]) -> list[Desk]:
    return [_desk(asked, each.client) for each in mine]


def _desk(asked: Asked, client: Client) -> Desk:
    return asked.database.read(
        {client.id},
        lambda session: facts.desk(
            session,
            client,
            today=today(asked.now, client),
            week_starts=in_force(session).programme.programme.week_starts,
        ),
    )


def today(now: dt.datetime, client: Client) -> dt.date:
    """Return the local day in an account's zone."""
    return now.astimezone(ZoneInfo(client.timezone)).date()


ROUTES = Routes(
    commands={"/desk": command},
    actions={
        Action.ACCOUNTS: accounts,
        Action.OPEN: account,
        Action.INVITE: invite,
        Action.SENT: sent,
        Action.AGAIN: again,
        Action.UNDO: undo,
    },
)
