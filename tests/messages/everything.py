"""Every message of every feature."""

from collections.abc import Iterator

from messages.kit import Message
from messages.words import Reader
from tests.messages import giving_samples, reward_samples, samples


def every(reader: Reader) -> Iterator[Message]:
    """Yield every message there is, as `reader` would read it."""
    yield from samples.every(reader)
    yield from reward_samples.every(reader)
    yield from giving_samples.every(reader)
