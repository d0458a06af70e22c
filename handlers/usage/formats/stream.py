"""A file of any size in pieces: lines, or the items of one JSON list, never more than one of them in memory."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from handlers.usage.formats.validation import FormatError

# Bytes of one line or item. What is longer comes longer than this, though not whole.
MAX_ITEM_BYTES = 256 * 1024
_CHUNK = 64 * 1024
# Whole texts are passed over; of one that the chunk cuts, the quote is the mark. Inside an item no comma matters.
_OUTSIDE = re.compile(rb'(?:[^"\[\]{},]++|"(?:[^"\\]++|\\.)*+")*+(["\[\]{},])', re.DOTALL)
_INSIDE = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+(["\[\]{}])', re.DOTALL)
_TEXT = re.compile(rb'(?:[^"\\]++|\\.)*+(["\\])', re.DOTALL)


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """The file's bytes, 64 KB at a time."""
    while chunk := file.read(_CHUNK):
        yield chunk


def lines(stream: Iterator[bytes]) -> Iterator[bytes]:
    """The lines without their line feed; the last one also where no line feed ends it."""
    rest = b""
    for chunk in stream:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
        rest = rest[: MAX_ITEM_BYTES + 1]
    if rest:
        yield rest


def items(stream: Iterator[bytes]) -> Iterator[bytes]:
    """The items of a JSON list, each as it is written; the stream begins behind the opening bracket.

    Raises FormatError behind the last item where the list does not end as it should.
    """
    cutter = _Cutter()
    for chunk in stream:
        yield from cutter.cut(chunk)
    if not cutter.closed:
        raise FormatError("does not end: the list is not closed; is the file cut?")
    if cutter.piece.strip():
        raise FormatError("stands behind the end of the list: right is one list, or one object a line")


class _Cutter:
    """Follows brackets and quotes and nothing else: whether an item is JSON shows when it is decoded."""

    def __init__(self) -> None:
        self.piece = bytearray()  # of the item under way, or of what stands behind the list
        self.closed = False
        self._many = False
        self._depth = 1
        self._quoted = False
        self._escaped = False  # whether a backslash ended the chunk, inside quotes

    def cut(self, chunk: bytes) -> Iterator[bytes]:
        """The items that end in this chunk."""
        begin = at = 0
        while not self.closed and at < len(chunk):
            if self._quoted:
                at = self._behind_text(chunk, at)
                continue
            at, mark = _to_mark(_OUTSIDE if self._depth == 1 else _INSIDE, chunk, at)
            if self._ends(mark):
                self._keep(chunk[begin : at - 1])
                begin = at
                yield from self._take()
        self._keep(chunk[begin:])

    def _behind_text(self, chunk: bytes, at: int) -> int:
        """Where the text under way ends, or before it the chunk."""
        end, mark = _to_mark(_TEXT, chunk, at + self._escaped)
        self._quoted = mark != b'"'
        self._escaped = mark == b"\\"
        return end

    def _ends(self, mark: bytes) -> bool:
        """Whether an item ends at this mark."""
        self._quoted = mark == b'"'
        self._depth += (mark in {b"[", b"{"}) - (mark in {b"]", b"}"})
        self.closed = self._depth == 0
        return self.closed or (mark == b"," and self._depth == 1)

    def _keep(self, more: bytes) -> None:
        self.piece += more[: MAX_ITEM_BYTES + 1 - len(self.piece)]

    def _take(self) -> Iterator[bytes]:
        """The item that ended; none in an empty list."""
        self._many = self._many or not self.closed
        if self._many or self.piece.strip():
            yield bytes(self.piece)
        self.piece.clear()


def _to_mark(pattern: re.Pattern[bytes], chunk: bytes, at: int) -> tuple[int, bytes]:
    """Where the next mark ends, and the mark; the chunk's end and nothing where it has no more."""
    match = pattern.match(chunk, at)
    return (match.end(), match[1]) if match else (len(chunk), b"")
