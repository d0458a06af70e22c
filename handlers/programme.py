"""What listeners want to know of the programme in force."""

from handlers.asked import Asked
from loyalty.versions import InForce, in_force


def programme(asked: Asked) -> InForce:
    """Return the programme in force. Raises NoProgrammeError where none was applied yet."""
    return asked.database.read({asked.asker.client.id}, in_force)


def product(asked: Asked) -> str:
    """Return what the points are earned in: the product's name, else the programme's."""
    settings = programme(asked).programme.programme
    return settings.product or settings.name.get(asked.reader.language)
