"""When Python's garbage collector looks at what the process has loaded."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def freeze_loaded_objects() -> None:
    """Tell the garbage collector that what is there by now stays: modules, tables, catalogues.

    It would look through all of it again and again while a batch of usage is taken in: a sixth of the time.
    """
    gc.freeze()


@contextmanager
def paused_collection() -> Iterator[None]:
    """Import without the garbage collector, which looks through the growing heap again and again and finds nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
