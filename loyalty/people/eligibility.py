"""Who may be shown, celebrated and asked."""

from typing import Any

from sqlalchemy import ColumnElement, and_


def is_eligible(person: Any) -> ColumnElement[bool]:
    """Return the condition that a person is neither staff, excluded, departed nor erased, as boards rank them, too.

    `person` has the columns: the class `Person` in a statement of classes, `PERSON.c` in a statement of tables.
    """
    return and_(
        person.staff.is_(False),
        person.excluded.is_(False),
        person.left_at.is_(None),
        person.erased_at.is_(None),
    )
