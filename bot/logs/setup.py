"""Structured logs, on standard error: lines for a person at a terminal, JSON for whatever else reads them.

What libraries log goes the same way, from warnings on: in detail they quote requests.
"""

import logging
import sys
import threading
from typing import TextIO

import structlog
from structlog.stdlib import ProcessorFormatter, add_logger_name
from structlog.typing import Processor

from bot.logs.tracebacks import format_traceback

LEVELS = ("debug", "info", "warning", "error")


def configure(level: str, stream: TextIO | None = None) -> None:
    """Let what is logged from `level` on go to `stream`, standard error where left out.

    Errors: `ValueError` where there is no such level.
    """
    stream = stream or sys.stderr
    if level not in LEVELS:
        raise ValueError(f"there is no log level {level}; there are {', '.join(LEVELS)}")
    least = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*_STAMPED, *_rendered(stream)],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    _take_in_libraries(max(least, logging.WARNING), stream)


def log_whatever_ends_a_thread() -> None:
    """Let errors that nobody caught be logged as all others are, not written with all that they say."""

    def ended(kind: type[BaseException], error: BaseException, _trace: object) -> None:
        if issubclass(kind, Exception):
            structlog.get_logger().error("an error that nobody caught", exc_info=error)
        elif issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, None)

    sys.excepthook = ended
    threading.excepthook = lambda given: ended(given.exc_type, given.exc_value or given.exc_type(), None)


_STAMPED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]


def _rendered(stream: TextIO) -> list[Processor]:
    exceptions = structlog.processors.ExceptionRenderer(format_traceback)
    if stream.isatty():
        plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        return [structlog.dev.set_exc_info, exceptions, plain]
    return [exceptions, structlog.processors.JSONRenderer()]


def _take_in_libraries(least: int, stream: TextIO) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[*_STAMPED, add_logger_name],
            processors=[ProcessorFormatter.remove_processors_meta, *_rendered(stream)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(least)
