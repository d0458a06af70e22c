"""`laurels outbox`: messages of which nobody knows whether Slack has them; the operator looks, and decides."""

import re
from functools import partial
from typing import Annotated

import typer
from sqlmodel import Session

from bot.cli.context import OPERATOR_NAME, account_context, database, now
from bot.cli.output import Json, document, say, table
from bot.errors import EXIT_REFUSED, EXIT_WRONG_USE, CommandError
from loyalty.accounts.accounts import account_keys
from storage.database import OPERATOR
from storage.outbox import NO_ACCOUNT, Claimed
from storage.outbox_recovery import counts, decide_again, decide_sent, unknowns

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Messages to Slack: how many are in which state, and the doubtful ones, to be decided.",
)
_ID = re.compile(r"(?P<account>[^/]+)/(?P<number>\d+)")
VENDOR = "@vendor"
"""In a message's id: it is the vendor's own, of no account; no account has that key."""

MessageId = Annotated[
    str, typer.Argument(metavar="ID", help="As `laurels outbox list` shows it: northwind/17.", show_default=False)
]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the messages of which nobody knows whether they were sent, the longest due first."""
    with database() as opened:
        doubtful, states, names = opened.read(OPERATOR, _doubtful)
    if as_json:
        document({"states": states, "unknown": [_document(names[one.account_id], one) for one in doubtful]})
        return
    if not doubtful:
        say("Nothing to decide: of every message it is known whether it was sent.")
    else:
        table(
            ("Id", "Kind", "To", "Due (UTC)", "Message"),
            [
                (f"{names[one.account_id]}/{one.id}", one.message.kind, _to(one), one.message.due_at, one.message.key)
                for one in doubtful
            ],
        )
        say("Look in Slack, then say `laurels outbox sent ID` or `laurels outbox again ID`.")
    say(", ".join(f"{state}: {number:,}" for state, number in sorted(states.items())) or "The outbox is empty.")


@app.command()
def sent(message: MessageId, as_json: Json = False) -> None:
    """Say that a doubtful message is in Slack: it is not sent again."""
    _decide(message, again=False, as_json=as_json)


@app.command()
def again(message: MessageId, as_json: Json = False) -> None:
    """Have a doubtful message sent again: it was found nowhere in Slack."""
    _decide(message, again=True, as_json=as_json)


def _decide(message: str, *, again: bool, as_json: bool) -> None:
    key, number = _read(message)
    at, verb = now(), decide_again if again else decide_sent
    decide = partial(verb, message_id=number, author=OPERATOR_NAME, now=at)
    if key == VENDOR:
        with database() as opened:
            done = opened.write(OPERATOR, lambda session: decide(session, NO_ACCOUNT))
    else:
        with account_context(key) as its:
            done = its.write(lambda session: decide(session, its.id))
    if as_json:
        document({"id": message, "became": ("waiting" if again else "sent") if done else None})
    elif done:
        say("It waits to be sent again." if again else "Noted as sent.")
    if not done:
        raise CommandError(f"{message} is not to be decided: `laurels outbox list` shows what is", EXIT_REFUSED)


def _read(message: str) -> tuple[str, int]:
    match = _ID.fullmatch(message)
    if match is None:
        raise CommandError(f"{message} is no message's id; one looks like northwind/17", EXIT_WRONG_USE)
    return match["account"], int(match["number"])


def _doubtful(session: Session) -> tuple[list[Claimed], dict[str, int], dict[int, str]]:
    names = {number: key for key, number in account_keys(session).items()} | {NO_ACCOUNT: VENDOR}
    return unknowns(session), counts(session), names


def _to(one: Claimed) -> str:
    return one.message.channel_id or ("one person, by mail" if one.message.email else "one person")


def _document(key: str, one: Claimed) -> dict[str, object]:
    return {
        "id": f"{key}/{one.id}",
        "account": key,
        "kind": one.message.kind,
        "channel": one.message.channel_id,
        "due": one.message.due_at,
        "key": one.message.key,
    }
