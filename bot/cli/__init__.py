"""The command line. Each command or command group is a module of its own, imported only when it is called.

A module has an `app`, a Typer. A command parses its arguments, calls one function of the layers below, and shows what
came of it.
"""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot.cli.errors import end_with_words
from bot.process.garbage_collection import paused_collection

COMMANDS = {
    "demo": "Start a local Slack in the browser with the real bot in it. Nothing leaves this machine; nothing is kept.",
    "run": "Run the bot until Ctrl-C.",
    "db": "The database: its revision, and the way to the newest.",
    "programme": "The programme: check a file, see what it would change, apply it.",
    "reward": "Rewards: how many there still are.",
    "people": "People: the roster, and who could not be matched with it.",
    "channel": "Slack channels: which account one means.",
    "manager": "Account managers: who looks after an account.",
    "invite": "Post the invitation to join in the account's channels; the running bot sends it.",
    "usage": "Usage of the product: bring it in.",
    "leaderboard": "Show everybody who earned in a period, best first. In Slack only members are shown, and only if"
    " they chose it.",
    "season": "Seasons: boards on which everybody starts from zero. No points move, nothing is deleted.",
    "points": "Show a person's points: balance, owed, earned, spent, and each transfer with its event, rule and"
    " version.",
    "adjust": "Correct a person's points by hand: a transfer of its own with a reason. What is not there is owed.",
    "reverse": "Take a transfer back, whole and once: a reversal with a reason. Nothing is edited.",
    "tier": "Tiers: who holds which, by points or by choice.",
    "webinar": "Webinars and trainings: announce, change, attend.",
    "verify": "Hold every balance, score and row against the transfers; exit 1 and the rows that do not hold.",
    "outbox": "Messages to Slack: how many are in which state, and the doubtful ones, to be decided.",
    "manifest": "The Slack app's manifest, from app.yaml.",
    "doctor": "Look at what is configured, what can be reached and what is missing; exit 1 where something is wrong.",
}
"""What `laurels --help` says of each command or group, in its order. The module is `bot.cli.` and the name."""


def load_command(name: str) -> Any:
    """Return the command or group of that name, whose module is imported now."""
    with paused_collection():
        command = get_command(import_module(f"bot.cli.{name}").app)
    command.name = name
    return command


class Commands(TyperGroup):
    """The commands by name; what goes wrong in one becomes a sentence and an exit code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Enough for help, completion and "did you mean"; `resolve_command` loads the one that is run.
        self.commands = {name: TyperCommand(name, help=text) for name, text in COMMANDS.items()}

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options, each a flag that is False where it is left out: typer brings pydantic to read a None."""
        flags = super().get_params(ctx)
        for flag in flags:
            flag.default = bool(flag.default)
        return flags

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the name, the command and its arguments."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and load_command(args[0]), rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        with end_with_words():
            return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - rich has its own
        """Print the help as the commands print theirs."""
        from typer.rich_utils import rich_format_help  # noqa: PLC0415 - only help pays for rich

        rich_format_help(obj=self, ctx=ctx, markup_mode="markdown")


# Without a markup mode wrong use is said in plain lines, which need no rich.
app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - a tenth of a command's start

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
