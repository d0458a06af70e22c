"""The formats in which usage comes, one a file; other packages import from here alone."""

from handlers.usage.formats.detect import Format
from handlers.usage.formats.items import Item, Refused
from handlers.usage.formats.read import read_file, read_item
from handlers.usage.formats.strict_json import decode
from handlers.usage.formats.validation import FormatError

__all__ = ["Format", "FormatError", "Item", "Refused", "decode", "read_file", "read_item"]
