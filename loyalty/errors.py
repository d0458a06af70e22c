"""What every refusal of the loyalty rules has in common."""


class LoyaltyError(Exception):
    """Something that the rules do not allow; its text says what was wrong, where, and what would be right."""
