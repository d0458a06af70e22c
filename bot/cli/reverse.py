"""`laurels reverse`: a transfer taken back."""

from typing import Annotated

import typer

from bot.cli.context import OfAccount, Yes, account_context, confirm, now
from bot.cli.corrections import ledger_context
from bot.cli.output import Json, document, say
from loyalty.points.corrections import reverse_transfers as take_back

app = typer.Typer(add_completion=False)


@app.command()
def reverse(
    transfer: Annotated[
        int, typer.Argument(metavar="TRANSFER", help="Its number, as `laurels points` shows it.", show_default=False)
    ],
    account: OfAccount,
    reason: Annotated[str, typer.Option("--reason", help="Why, in words; the person may read it.", show_default=False)],
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Take a transfer back, whole and once: a reversal with a reason. Nothing is edited."""
    at = now()
    with account_context(account) as its:
        confirm(f"Take transfer {transfer} of {its.account.name} back?", yes=yes)
        reversal = its.write(
            lambda session: take_back(
                session, ledger_context(session, its.account, at), transfer_id=transfer, reason=reason
            )
        )
    if as_json:
        document({"transfer": transfer, "reversal": reversal})
    else:
        say(f"Transfer {transfer} is taken back, by transfer {reversal}.")
