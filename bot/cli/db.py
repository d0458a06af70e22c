"""`laurels db`: the database's revision."""

import typer

from bot.cli.context import absent_file, any_database, shown_url, upgrade_advice
from bot.cli.output import Json, document, say
from bot.errors import EXIT_WRONG_USE, CommandError
from storage import migrate, schema_revision

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The database: its revision, and the way to the newest."
)


@app.command()
def upgrade(as_json: Json = False) -> None:
    """Bring the database to the newest revision; nothing happens where it is there already."""
    with any_database() as opened:
        before = schema_revision.current(opened)
        try:
            migrate.upgrade(opened)
        except migrate.UnknownRevisionError as error:
            raise CommandError(str(error), EXIT_WRONG_USE) from None
        where = shown_url(opened)
    if as_json:
        document({"database": where, "before": before, "revision": schema_revision.head()})
    elif before == schema_revision.head():
        say(f"{where} is at revision {before}, the newest, already.")
    else:
        say(f"{where} is now at revision {schema_revision.head()}; it was at {before or 'none'}.")


@app.command()
def current(as_json: Json = False) -> None:
    """Show which revision the database is at; exit 2 where it wants `laurels db upgrade`."""
    absent = absent_file()
    if absent is not None:
        raise CommandError(f"{absent} is not there yet: the first command that needs it makes it", EXIT_WRONG_USE)
    with any_database() as opened:
        at, where = schema_revision.current(opened), shown_url(opened)
    newest = schema_revision.head()
    if as_json:
        document({"database": where, "revision": at, "newest": newest})
    else:
        say(f"{where} is at revision {at or 'none'}; the newest is {newest}.")
    if at != newest:
        raise CommandError(f"the database {upgrade_advice(at)}", EXIT_WRONG_USE)
