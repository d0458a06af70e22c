"""Usage as it comes from outside, bytes to values: a file a source, and this one door."""

from handlers.usage.formats.detect import Format
from handlers.usage.formats.items import Item, Refused
from handlers.usage.formats.read import read_file, read_item
from handlers.usage.formats.strict_json import decode
from handlers.usage.formats.validation import FormatError

__all__ = ["Format", "FormatError", "Item", "Refused", "decode", "read_file", "read_item"]
