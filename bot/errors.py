"""A command's end that is no success: words for a person and an exit code."""

EXIT_REFUSED = 1
"""It does not hold, or something was refused."""
EXIT_WRONG_USE = 2
"""Wrong use, or a database that wants `laurels db upgrade`."""


class CommandError(Exception):
    """A command's end that is no success, in words for whoever typed it."""

    def __init__(self, words: str, code: int = EXIT_REFUSED) -> None:
        super().__init__(words)
        self.code = code
