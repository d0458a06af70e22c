"""Choosing a person in a modal: one of those listed, or somebody else by user id or e-mail."""

from collections.abc import Sequence
from enum import StrEnum

from loyalty.people.people import KnownPerson
from messages.kit.blocks import BlockPart
from messages.kit.elements import Choice
from messages.kit.modals import choice_field, text_field
from messages.kit.reader import Reader


def person_label(person: KnownPerson) -> str:
    """Return a person's name and user id, as far as they are known."""
    ids = person.external_id or person.email or ""
    return f"{person.name} ({ids})" if person.name and ids else person.name or ids


def person_fields(
    reader: Reader, listed: StrEnum, other: StrEnum, label: str, people: Sequence[KnownPerson], *first: Choice
) -> tuple[BlockPart, ...]:
    """Return the two fields; `first` are options above the people. At most 100 in all."""
    choices = [*first, *(Choice(person_label(person), str(person.id)) for person in people)]
    written = text_field(
        other,
        reader.label("Or somebody else"),
        hint=reader.label("Their user id in the product, or their e-mail address."),
        max_chars=320,
        optional=True,
    )
    return (choice_field(listed, label, choices, optional=True), written) if choices else (written,)
