"""Refusals that have words for people."""


class LoyaltyError(Exception):
    """What was asked cannot be done, and nothing moved. Each kind has its own class; `messages` says it in words."""
