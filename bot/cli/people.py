"""`laurels people`: who is who."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.cli.context import OPERATOR_NAME, OfAccount, account_context, database, now
from bot.cli.output import Json, count, document, note, number, say, table
from bot.errors import EXIT_REFUSED
from loyalty.accounts.accounts import account_keys, find_account
from loyalty.people.directory import ListedPerson, list_people
from loyalty.people.roster import RosterError, UnmatchedPerson, renew_roster, unmatched
from storage.database import OPERATOR

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="People: the roster, and who could not be matched with it."
)

LISTED = 20
EVERYBODY = 1_000_000


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: id,email,name,role.", exists=True, dir_okay=False)],
    account: OfAccount,
    as_json: Json = False,
) -> None:
    """Take in who an account's people are: id (the product's user id), email, name, role.

    Whoever is new is made, what is known of the others is renewed. One bad line and nothing is taken.
    """
    # The package brings Slack's SDK with it, which no other command here needs.
    from handlers.people.roster_csv import read_roster  # noqa: PLC0415

    at = now()
    with account_context(account) as its:
        try:
            with file.open("rb") as opened:
                rows = read_roster(opened)
            report = its.write(lambda session: renew_roster(session, its.id, rows, author=OPERATOR_NAME, now=at))
        except RosterError as error:
            _refuse(file, error, as_json=as_json)
            raise typer.Exit(EXIT_REFUSED) from None
    if as_json:
        document(report)
        return
    say(
        f"Read {count(report.read, 'person', 'people')}: {number(report.added)} new, {number(report.updated)} renewed,"
        f" {number(report.unchanged)} as they were."
    )
    if report.refused:
        say(f"{count(report.refused, 'person', 'people')} passed over: they declined, or asked to be forgotten.")


def _refuse(file: Path, error: RosterError, *, as_json: bool) -> None:
    if as_json:
        document({"file": str(file), "faults": [str(fault) for fault in error.faults]})
        return
    note(*(f"{file}, {fault}" for fault in error.faults[:LISTED]))
    if len(error.faults) > LISTED:
        note(f"and {number(len(error.faults) - LISTED)} more; --json lists them all")
    note("Nothing was taken: correct the file and import it again.")


@app.command("list")
def list_(account: OfAccount, as_json: Json = False) -> None:
    """List an account's people by name: id, e-mail, role, and whether they joined."""
    with account_context(account) as its:
        people = its.read(lambda session: list_people(session, its.id, size=EVERYBODY)).people
    if as_json:
        document({"account": account, "people": [_person(one) for one in people]})
    elif not people:
        say(f"Nobody of {its.account.name} is known yet: `laurels people import FILE --account {account}`.")
    else:
        rows = ((one.name, one.external_id, one.email, one.role, one.joined) for one in people)
        table(("Name", "Person", "E-mail", "Role", "Joined"), rows)


def _person(one: ListedPerson) -> dict[str, Any]:
    return {"id": one.external_id, "email": one.email, "name": one.name, "role": one.role, "joined": one.joined}


@app.command("unmatched")
def unmatched_(
    account: Annotated[
        str, typer.Option("--account", metavar="ACCOUNT", help="Of this account only.", show_default=False)
    ] = "",
    as_json: Json = False,
) -> None:
    """List those who want to join and whose person is not certain."""
    with database() as opened:
        keys = opened.read(OPERATOR, lambda session: _meant(session, account))
        found = [
            (key, knock)
            for key, one in keys.items()
            for knock in opened.read({one}, partial(unmatched, account_id=one))
        ]
    if as_json:
        document({"unmatched": [_document(key, knock) for key, knock in found]})
    elif not found:
        say("Nobody is waiting: everyone who wants to join was matched.")
    else:
        table(
            ("Account", "Name", "E-mail", "Slack user", "Why", "Since (UTC)", "Could be"),
            [
                (
                    key,
                    knock.name,
                    knock.email,
                    knock.user.user_id,
                    _WHY[knock.reason],
                    knock.at,
                    ", ".join(knock.candidates),
                )
                for key, knock in found
            ],
        )


def _meant(session: Session, account: str) -> dict[str, int]:
    keys = account_keys(session)
    if not account:
        return keys
    found = find_account(session, account)
    return {found.key: keys[found.key]}


_WHY = {
    "unknown": "nobody of the roster has the e-mail",
    "several": "several of the roster have the e-mail",
    "taken": "another Slack user is that person already",
}


def _document(key: str, knock: UnmatchedPerson) -> dict[str, Any]:
    user = knock.user
    return {
        "account": key,
        "user": user.user_id,
        "team": user.team_id,
        "enterprise": user.enterprise_id or None,
        "name": knock.name,
        "email": knock.email,
        "reason": knock.reason,
        "since": knock.at,
        "candidates": knock.candidates,
    }
