"""`laurels channel`: where a client's people meet in Slack."""

from typing import Annotated

import typer

from bot.cli.common import AccountKey, as_written, client, now
from bot.cli.show import Json, document, say
from loyalty.channels import bind_channel
from loyalty.programme.fields import Channel
from storage.session import OPERATOR

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Slack channels: which account one means.")


@app.callback()
def channel() -> None:
    """Say which account a Slack channel means."""


@app.command()
def bind(
    account: AccountKey,
    channel_id: Annotated[
        str,
        typer.Argument(metavar="CHANNEL", help="Its id, like C012345, from its details in Slack.", show_default=False),
    ],
    team: Annotated[
        str, typer.Option("--team", metavar="T", help="The workspace's id; found out by the bot where left out.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Bind a Slack channel to an account: who speaks there speaks for it, its news is told there."""
    at, channel_id = now(), as_written(Channel, channel_id)
    with client(account) as its:
        new = its.database.write(
            OPERATOR, lambda session: bind_channel(session, its.id, team_id=team, channel_id=channel_id, now=at)
        )
    if as_json:
        document({"account": account, "channel": channel_id, "team": team or None, "new": new})
    else:
        say(f"Channel {channel_id} {'now means' if new else 'meant'} {its.account.name}{'' if new else ' already'}.")
