"""Every message of every feature."""

from collections.abc import Iterator

from messages.kit.blocks import Message
from messages.kit.reader import Reader
from tests.messages import gift_samples, reward_samples, samples, webinar_samples


def every(reader: Reader) -> Iterator[Message]:
    """Yield every message there is, as `reader` would read it."""
    yield from samples.every(reader)
    yield from reward_samples.every(reader)
    yield from gift_samples.every(reader)
    yield from webinar_samples.every(reader)
