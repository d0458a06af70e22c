"""What goes wrong, as one or two sentences on standard error and an exit code: never a traceback for a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

REFUSED = 1
"""It does not hold, or something was refused."""
WRONG_USE = 2
"""Wrong use, or a database that wants `laurels db upgrade`."""


class Mishap(Exception):  # noqa: N818 - what went wrong for a person, not in the code
    """A command's end that is no success, in words for whoever typed it."""

    def __init__(self, words: str, code: int = REFUSED) -> None:
        super().__init__(words)
        self.code = code


@contextmanager
def told() -> Iterator[None]:
    """Run a command; a mishap, a refusal or a database's trouble is said and ends the process."""
    try:
        yield
    except (typer.Exit, typer.Abort, KeyboardInterrupt):
        raise
    except Mishap as mishap:
        _end(str(mishap), mishap.code)
    except Exception as error:
        words = explained(error)
        if words is None:
            raise
        _end(words, REFUSED)


def explained(error: Exception) -> str | None:
    """Return what a refusal or a database's trouble is to a person; None for a mistake in the code."""
    # Only what went wrong pays for these imports.
    from loyalty.errors import LoyaltyError  # noqa: PLC0415

    if isinstance(error, LoyaltyError):
        return str(error)
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    if isinstance(error, DBAPIError):
        from bot.cli.database_errors import words  # noqa: PLC0415

        return words(error)
    return None


def _end(words: str, code: int) -> NoReturn:
    from bot.cli.output import plain  # noqa: PLC0415

    typer.echo("\n".join(plain(line) for line in words.splitlines()), err=True)
    raise typer.Exit(code) from None
