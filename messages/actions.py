"""What one can press about a roster: the desk leads there, and the roster back to the desk."""

from enum import StrEnum


class Action(StrEnum):
    """What one can press."""

    PEOPLE = "rostering.people"
    EDIT = "rostering.edit"
