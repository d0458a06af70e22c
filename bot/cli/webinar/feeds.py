"""`laurels webinar feed`: the address at which somebody's calendar fetches their webinars."""

import secrets
from typing import Annotated

import typer

from bot.cli.context import OfAccount, account_context, now
from bot.cli.environment import settings
from bot.cli.output import Json, document, note, say
from bot.cli.webinar.answers import Person
from loyalty.people.people import find_person
from loyalty.webinars.calendar.feed import SECRET_BYTES, feed_path, renew_feed, revoke_feed


def feed(
    person: Person,
    account: OfAccount,
    revoke: Annotated[bool, typer.Option("--revoke", help="End it, and make none.")] = False,
    as_json: Json = False,
) -> None:
    """Make the address of somebody's calendar feed, anew each time: the one before ends. It is shown this once."""
    at, secret = now(), secrets.token_urlsafe(SECRET_BYTES)
    with account_context(account) as its:
        person_id, name = its.read(lambda session: find_person(session, its.id, person))
        if revoke:
            ended = its.write(lambda session: revoke_feed(session, its.id, person_id))
        else:
            its.write(lambda session: renew_feed(session, its.id, person_id, secret, now=at))
    if revoke:
        _tell_ended(account, person, name, ended=ended, as_json=as_json)
        return
    address = f"{settings().public_url}{feed_path(secret)}"
    if as_json:
        document({"account": account, "person": person, "feed": address})
        return
    say(address)
    if not settings().public_url:
        note("LAURELS_PUBLIC_URL is not set: put the address at which the bot is reached before it.")


def _tell_ended(account: str, person: str, name: str | None, *, ended: bool, as_json: bool) -> None:
    if as_json:
        document({"account": account, "person": person, "revoked": ended})
    else:
        say(f"The feed of {name or person} has ended." if ended else f"{name or person} had no feed.")
