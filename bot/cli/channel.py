"""`laurels channel`: where a client's people meet in Slack."""

from typing import Annotated

import typer

from bot.cli.context import AccountKey, account_context, as_written, now
from bot.cli.output import Json, document, say
from bot.errors import EXIT_WRONG_USE, CommandError
from loyalty.accounts.channels import bind_channel, bind_workspace
from loyalty.programme.field_types import Channel, Team
from storage.database import OPERATOR

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Slack channels: which account one means.")


@app.callback()
def channel() -> None:
    """Say which account a Slack channel means."""


@app.command()
def bind(
    account: AccountKey,
    channel_id: Annotated[
        str,
        typer.Argument(
            metavar="[CHANNEL]", help="Its id, like C012345, from its details in Slack.", show_default=False
        ),
    ] = "",
    team: Annotated[
        str, typer.Option("--team", metavar="T", help="The workspace's id; found out by the bot where left out.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Bind a Slack channel to an account: who speaks there speaks for it, its news is told there.

    With --team and no channel: the whole workspace. Whoever is at home there speaks for the account, in direct
    messages and in every channel that is bound to nobody; news is told in bound channels only.
    """
    if not channel_id:
        _whole(account, team, as_json=as_json)
        return
    at, channel_id = now(), as_written(Channel, channel_id)
    with account_context(account) as its:
        new = its.database.write(
            OPERATOR, lambda session: bind_channel(session, its.id, team_id=team, channel_id=channel_id, now=at)
        )
    if as_json:
        document({"account": account, "channel": channel_id, "team": team or None, "new": new})
    else:
        say(f"Channel {channel_id} {'now means' if new else 'meant'} {its.account.name}{'' if new else ' already'}.")


def _whole(account: str, team: str, *, as_json: bool) -> None:
    if not team:
        raise CommandError("which channel? Give its id, or --team for a whole workspace", EXIT_WRONG_USE)
    at, team = now(), as_written(Team, team)
    with account_context(account) as its:
        new = its.write(lambda session: bind_workspace(session, its.id, team_id=team, now=at))
    if as_json:
        document({"account": account, "channel": None, "team": team, "new": new})
    else:
        say(f"Workspace {team} {'now means' if new else 'meant'} {its.account.name}{'' if new else ' already'}.")
