"""`laurels invite`: the invitation to join, posted in a client's channel."""

import typer

from bot.cli.context import AccountKey, Yes, account_context, confirm, now
from bot.cli.output import Json, count, document, say
from loyalty.notifications.channel_invitation import invite_channel as post_invitation

app = typer.Typer(add_completion=False)


@app.command()
def invite(account: AccountKey, yes: Yes = False, as_json: Json = False) -> None:
    """Post the invitation to join in the account's channels; the running bot sends it."""
    at = now()
    with account_context(account) as its:
        confirm(f"Post the invitation in the channel of {its.account.name}, where everybody sees it?", yes=yes)
        new = its.write(lambda session: post_invitation(session, its.id, now=at))
    if as_json:
        document({"account": account, "invitations": new})
    elif new:
        say(f"{count(new, 'invitation')} for {its.account.name} on the way.")
    else:
        say(f"The invitation was posted for {its.account.name} this minute already; once is enough.")
