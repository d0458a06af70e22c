"""`laurels points`: what a person has, and why."""

from typing import Annotated

import typer

from bot.cli.context import OfAccount, account_context
from bot.cli.output import Json, count, document, number, say, table
from loyalty.people.people import find_person
from loyalty.points.entries import Entry
from loyalty.points.statement import Statement, statement

app = typer.Typer(add_completion=False)

LISTED = 20


@app.command()
def points(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The product's user id.", show_default=False)],
    account: OfAccount,
    every: Annotated[bool, typer.Option("--all", help="List every transfer, not only the latest.")] = False,
    as_json: Json = False,
) -> None:
    """Show a person's points: balance, owed, earned, spent, and each transfer with its event, rule and version."""
    with account_context(account) as its:
        person_id, name = its.read(lambda session: find_person(session, its.id, person))
        stands = its.read(lambda session: statement(session, its.id, person_id))
    if as_json:
        document(_document(account, person, name, stands))
    else:
        _tell(name or person, stands, every=every)


def _document(account: str, person: str, name: str | None, stands: Statement) -> dict[str, object]:
    return {
        "account": account,
        "person": person,
        "name": name,
        "balance": stands.balance,
        "owed": stands.owed,
        "earned": stands.earned,
        "spent": stands.spent,
        "transfers": stands.entries,
    }


def _tell(name: str, stands: Statement, *, every: bool) -> None:
    owed = f", {number(stands.owed)} owed" if stands.owed else ""
    say(
        f"{name}: {count(stands.balance, 'point')} to spend{owed}."
        f" {number(stands.earned)} earned, {number(stands.spent)} spent.",
    )
    shown = stands.entries if every else stands.entries[:LISTED]
    if shown:
        say("")
        table((">Transfer", "Day", ">Points", "For", "Rule", ">Version"), [_row(entry) for entry in shown])
    if len(shown) < len(stands.entries):
        say(f"and {number(len(stands.entries) - len(shown))} earlier; --all lists them")


def _row(entry: Entry) -> tuple[object, ...]:
    what = entry.event or entry.note or ("erased" if entry.rule else "")
    if entry.kind != "earn":
        what = f"{entry.kind} by {entry.author}: {what}" if what else f"{entry.kind} by {entry.author}"
    if entry.reversed:
        what += " (reversed later)"
    return str(entry.id), entry.local_day, f"{entry.points:+,}", what, entry.rule, str(entry.version or "")
