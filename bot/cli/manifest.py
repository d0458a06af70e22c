"""`laurels manifest`: the Slack app as Slack is told of it."""

from typing import Annotated

import typer

from bot import manifest as made
from bot.app import ROUTES
from bot.cli.environment import settings
from bot.cli.output import Json, count, document, say
from bot.errors import EXIT_REFUSED, EXIT_WRONG_USE, CommandError
from bot.settings import PREFIX_IS, is_prefix

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The Slack app's manifest, from app.yaml.")

Prefix = Annotated[
    str | None,
    typer.Option("--prefix", metavar="PREFIX", help="What each command begins with; else LAURELS_COMMAND_PREFIX."),
]
Url = Annotated[str, typer.Option("--url", metavar="URL", help="Where Slack reaches the bot over HTTP.")]


@app.command()
def check(prefix: Prefix = None, as_json: Json = False) -> None:
    """Hold app.yaml against the listeners, the Web API's methods that are called, and Slack's limits."""
    manifest = made.read()
    problems = made.problems(manifest, ROUTES, made.called())
    problems += [
        problem for problem in made.limits(made.ready(manifest, prefix=_prefix(prefix))) if problem not in problems
    ]
    if as_json:
        document({"problems": problems})
    elif not problems:
        say(f"app.yaml holds: {count(len(ROUTES.commands), 'command')}, no scope that reads messages.")
    else:
        say(*problems)
    if problems:
        raise typer.Exit(EXIT_REFUSED)


@app.command("json")
def as_slack_takes_it(prefix: Prefix = None, url: Url = "") -> None:
    """Print the manifest as JSON: paste it at api.slack.com/apps, Create New App, From a manifest."""
    if url and not url.startswith(("https://", "http://")):
        raise CommandError(f"{url} is no address: right is https://laurels.example.org", EXIT_WRONG_USE)
    document(made.ready(made.read(), prefix=_prefix(prefix), url=url))


def _prefix(given: str | None) -> str:
    found = settings().command_prefix if given is None else given
    if not is_prefix(found):
        raise CommandError(f"{found!r} cannot begin a command's name: {PREFIX_IS}", EXIT_WRONG_USE)
    return found
