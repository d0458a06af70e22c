"""Usage as it comes from outside, bytes to values: a file a source, and this one door."""

from handlers.formats.checks import FormatError
from handlers.formats.detect import Format
from handlers.formats.outcome import Item, Refused
from handlers.formats.reading import read_file, read_item
from handlers.formats.strict_json import decode

__all__ = ["Format", "FormatError", "Item", "Refused", "decode", "read_file", "read_item"]
