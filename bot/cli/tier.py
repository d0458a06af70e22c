"""`laurels tier`: who holds which tier, and what an account manager chose in place of points."""

from dataclasses import asdict
from typing import Annotated

import typer
from sqlmodel import Session

from bot.cli.context import AccountContext, AccountKey, account_context, now
from bot.cli.corrections import ledger_context
from bot.cli.output import Json, document, say, table
from loyalty.people.people import find_person
from loyalty.programme.versions import in_force
from loyalty.tiers.holders import holders
from loyalty.tiers.override import end_override, read_until
from loyalty.tiers.override import override_tier as put_in_place

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Tiers: who holds which, by points or by choice.")
OfPerson = Annotated[
    str, typer.Option("--person", metavar="PERSON", help="The product's user id; left out: the account itself.")
]


@app.callback()
def tier() -> None:
    """See tiers, and choose them in place of points."""


@app.command(name="list")
def list_(account: AccountKey, as_json: Json = False) -> None:
    """List who holds a tier: the account first, then people from the highest tier down."""
    with account_context(account) as its:
        holdings = its.read(lambda session: holders(session, its.id, in_force(session).programme, today=its.today))
    if as_json:
        document({"account": account, "holders": [asdict(holding) for holding in holdings]})
        return
    table(
        ("Who", "Tier", "By points", "Lost on", "By choice until", "Reason"),
        [
            (
                holding.name or holding.person or its.account.name,
                holding.tier,
                holding.by_points,
                holding.lost_on,
                (holding.until or "for good") if holding.chosen else None,
                holding.reason,
            )
            for holding in holdings
        ],
    )


@app.command()
def choose(
    account: AccountKey,
    key: Annotated[str, typer.Argument(metavar="TIER", help="The tier's key; `none`: no tier.", show_default=False)],
    reason: Annotated[
        str, typer.Option("--reason", help="Why, in words; whom it concerns reads it.", show_default=False)
    ],
    person: OfPerson = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="From this day on points decide again; left out: for good.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Put a tier in place of points, for a person or for the account itself, at once."""
    at = now()
    with account_context(account) as its:
        day = read_until(until, its.today)
        person_id = _person(its, person)

        def work(session: Session) -> bool:
            return put_in_place(
                session,
                ledger_context(session, its.account, at),
                person_id=person_id,
                tier=None if key == "none" else key,
                until=day,
                reason=reason,
                today=its.today,
            )

        new = its.write(work)
    if as_json:
        document({"account": account, "person": person or None, "tier": key, "until": day, "new": new})
    else:
        since, to = "from now on" if new else "already", f", until {day}" if day else ""
        say(f"{person or its.account.name}: {key} {since}{to}.")


@app.command()
def release(account: AccountKey, person: OfPerson = "", as_json: Json = False) -> None:
    """Take a choice back: points decide again, at once."""
    at = now()
    with account_context(account) as its:
        person_id = _person(its, person)

        def work(session: Session) -> None:
            end_override(session, ledger_context(session, its.account, at), person_id=person_id, today=its.today)

        its.write(work)
    if as_json:
        document({"account": account, "person": person or None})
    else:
        say(f"{person or its.account.name}: points decide again.")


def _person(its: AccountContext, external_id: str) -> int | None:
    return its.read(lambda session: find_person(session, its.id, external_id)[0]) if external_id else None
