"""What the process keeps in memory from its start on."""

import gc


def freeze_loaded_objects() -> None:
    """Tell the garbage collector that what is there by now stays: modules, tables, catalogues.

    It would look through all of it again and again while a batch of usage is taken in: a sixth of the time.
    """
    gc.freeze()
