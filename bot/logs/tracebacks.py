"""Tracebacks without anybody's data in them: where it broke and what kind of error it was, never what it was about.

What an error says often quotes what it met (a key, a row, a line of a file). Only the kinds below speak of the machine
or the code, and are quoted.
"""

import traceback
from collections.abc import Iterator
from types import TracebackType

QUOTED = (OSError, ImportError, AttributeError, NameError, TypeError, RuntimeError, AssertionError)
"""What they say is about files, connections and code."""
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def format_traceback(exc_info: ExcInfo) -> str:
    """Return an error and what led to it, the first one first: files, lines and kinds. No values, no locals."""
    return "\nand then\n".join(reversed([_one(error) for error in _chain(exc_info[1])]))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _one(error: BaseException) -> str:
    return "".join(traceback.format_tb(error.__traceback__)) + _named(error)


def _named(error: BaseException) -> str:
    from slack_sdk.errors import SlackApiError  # noqa: PLC0415 - who has no error to log needs no Slack

    kind = type(error).__name__
    if isinstance(error, SlackApiError):
        return f"{kind}: {error.response.get('error')}"
    if isinstance(error, QUOTED):
        return f"{kind}: {error}"
    sqlstate = getattr(error, "sqlstate", None)
    return f"{kind} {sqlstate}" if sqlstate else kind
