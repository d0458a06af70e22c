"""The programme in Slack: its rules."""

from handlers.programme.rules import ROUTES

__all__ = ["ROUTES"]
