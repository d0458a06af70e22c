"""`laurels manager`: who looks after a client's account."""

from typing import Annotated

import typer

from bot.cli.context import AccountKey, account_context, as_written, now
from bot.cli.output import Json, document, say
from loyalty.accounts.managers import add_manager
from loyalty.programme.field_types import Email

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Account managers: who looks after an account.")


@app.callback()
def manager() -> None:
    """Say who looks after an account."""


@app.command()
def add(
    account: AccountKey,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="As Slack knows them.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Let whoever has this e-mail in Slack look after the account."""
    at, email = now(), as_written(Email, email).lower()
    with account_context(account) as its:
        new = its.write(lambda session: add_manager(session, its.id, email, now=at))
    if as_json:
        document({"account": account, "email": email, "new": new})
    else:
        say(f"{email} {'now looks' if new else 'looks'} after {its.account.name}{'' if new else ' already'}.")
