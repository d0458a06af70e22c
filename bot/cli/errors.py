"""What goes wrong, as one or two sentences on standard error and an exit code: never a traceback for a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from bot.errors import EXIT_REFUSED, CommandError


@contextmanager
def end_with_words() -> Iterator[None]:
    """Run a command; a command error, a refusal or a database's trouble is said and ends the process."""
    try:
        yield
    except (typer.Exit, typer.Abort, typer.TyperException, KeyboardInterrupt):
        raise
    except CommandError as error:
        _end(str(error), error.code)
    except Exception as error:
        words = error_words(error)
        if words is None:
            raise
        _end(words, EXIT_REFUSED)


def error_words(error: Exception) -> str | None:
    """Return what a refusal or a database's trouble is to a person; None for a mistake in the code."""
    # Only what went wrong pays for these imports.
    from loyalty.errors import LoyaltyError  # noqa: PLC0415

    if isinstance(error, LoyaltyError):
        return str(error)
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    if isinstance(error, DBAPIError):
        from bot.cli.database_errors import database_error_words  # noqa: PLC0415

        return database_error_words(error)
    return None


def _end(words: str, code: int) -> NoReturn:
    from bot.cli.output import plain  # noqa: PLC0415

    typer.echo("\n".join(plain(line) for line in words.splitlines()), err=True)
    raise typer.Exit(code) from None
