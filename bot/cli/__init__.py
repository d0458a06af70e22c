"""The command line. A module a command or command group, imported only when it is called: each start pays for itself.

A module has an `app`, a Typer. A command parses its arguments, calls, and shows what came of it.
"""

from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from bot.cli.errors import end_with_words

COMMANDS = {
    "demo": "bot.cli.demo",
    "run": "bot.cli.run",
    "db": "bot.cli.db",
    "programme": "bot.cli.programme",
    "reward": "bot.cli.reward",
    "people": "bot.cli.people",
    "channel": "bot.cli.channel",
    "manager": "bot.cli.manager",
    "invite": "bot.cli.invite",
    "usage": "bot.cli.usage",
    "leaderboard": "bot.cli.leaderboard",
    "season": "bot.cli.season",
    "points": "bot.cli.points",
    "adjust": "bot.cli.adjust",
    "reverse": "bot.cli.reverse",
    "tier": "bot.cli.tier",
    "verify": "bot.cli.verify",
    "outbox": "bot.cli.outbox",
    "manifest": "bot.cli.manifest",
    "doctor": "bot.cli.doctor",
}
"""Each command or group, and the module that has it, in the order in which help lists them."""


class Commands(TyperGroup):
    """The commands by name; what goes wrong in one becomes a sentence and an exit code."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        names: Any = dict.fromkeys(COMMANDS)
        self.commands = names  # enough for "did you mean"; the commands themselves come by `get_command`

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - theirs
        """Return the names in help's order."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - theirs
        """Return the command of that name, whose module is imported now; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = get_command(import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return command

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        with end_with_words():
            return super().invoke(ctx)


app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="markdown")


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"laurels {version('laurels')}")
        raise typer.Exit


@app.callback()
def laurels(
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Thanks your clients' people, in Slack, for getting good at your product.

    The database is `laurels.db` in this folder; the environment's LAURELS_DATABASE_URL names another one.
    """
