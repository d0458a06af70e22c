"""Structured logs, on standard error: lines for a person at a terminal, JSON for whatever else reads them."""

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import Processor

LEVELS = ("debug", "info", "warning", "error")


def configure(level: str, stream: TextIO = sys.stderr) -> None:
    """Let what is logged from `level` on go to `stream`. Errors: `ValueError` where there is no such level."""
    if level not in LEVELS:
        raise ValueError(f"there is no log level {level}; there are {', '.join(LEVELS)}")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *_rendered(stream),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )


def _rendered(stream: TextIO) -> list[Processor]:
    if stream.isatty():
        return [structlog.dev.set_exc_info, structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
