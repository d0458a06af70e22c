"""What the environment says. Light: a command that needs no database imports nothing else of what commands share."""

import os

from bot.errors import EXIT_WRONG_USE, CommandError
from bot.settings import Settings


def settings() -> Settings:
    """Return the deployment's settings. Errors: `CommandError`, with what is wrong in the environment."""
    try:
        return Settings.from_env(os.environ)
    except ValueError as error:
        raise CommandError(str(error), EXIT_WRONG_USE) from None
