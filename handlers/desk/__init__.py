"""The account managers' desk in Slack."""

from handlers.desk.overview import ROUTES

__all__ = ["ROUTES"]
