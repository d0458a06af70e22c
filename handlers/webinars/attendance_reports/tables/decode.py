"""The bytes of a report as text: by its byte-order mark, else by NULs, else UTF-8, else cp1252."""

import codecs
from io import BytesIO, TextIOWrapper

from handlers.webinars.attendance_reports.errors import Reason, Refusal, ReportRefused

MAX_FILE_BYTES = 32 * 1024 * 1024
_HEAD_BYTES = 4096
_CHUNK_BYTES = 64 * 1024
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_OTHER_FORMATS = {
    b"PK\x03\x04": "xlsx",
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "pdf",
    b"\x1f\x8b": "gzip",
    b"<": "html",
    b"{": "json",
    b"[": "json",
}


def open_text(data: bytes) -> TextIOWrapper:
    """The report's lines, decoded as they are read; their line ends stay. Raises ReportRefused."""
    if len(data) > MAX_FILE_BYTES:
        raise ReportRefused(Refusal(Reason.TOO_LARGE, count=len(data), limit=MAX_FILE_BYTES))
    encoding = _encoding(data)
    _check_format(data[:_HEAD_BYTES].decode(encoding, errors="replace"), data)
    # A stray byte spoils its own name, not the report.
    return TextIOWrapper(BytesIO(data), encoding=encoding, errors="replace", newline="")


def _check_format(head: str, data: bytes) -> None:
    """Refuse what is empty and what is another kind of file."""
    begins = head.lstrip("\ufeff\x00 \t\r\n").encode()
    if not begins and len(data) <= _HEAD_BYTES:
        raise ReportRefused(Refusal(Reason.EMPTY))
    for magic, name in _OTHER_FORMATS.items():
        if begins.startswith(magic) or data.startswith(magic):
            raise ReportRefused(Refusal(Reason.ANOTHER_FORMAT, line=1, found=name))


def _encoding(data: bytes) -> str:
    """The encoding's name. Raises ReportRefused where the last character is cut."""
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None) or _by_nuls(data)
    if encoding is None:
        return _utf_8_or_cp1252(data)
    if encoding.startswith("utf-16") and len(data) % 2:
        raise _cut_off(data)
    return encoding


def _by_nuls(data: bytes) -> str | None:
    """UTF-16, where every other byte is often NUL; None where hardly one is."""
    head = data[:_HEAD_BYTES]
    low, high = head[::2].count(0), head[1::2].count(0)
    if max(low, high) * 20 < len(head):
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _utf_8_or_cp1252(data: bytes) -> str:
    if data.isascii():
        return "utf-8"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for begin in range(0, len(data), _CHUNK_BYTES):
            decoder.decode(data[begin : begin + _CHUNK_BYTES])
    except UnicodeDecodeError:
        return "cp1252"
    pending = decoder.getstate()[0]
    if pending and data[: -len(pending)].isascii():
        return "cp1252"  # a name with an accent ends the file, and is the only one
    if pending:
        raise _cut_off(data)
    return "utf-8"


def _cut_off(data: bytes) -> ReportRefused:
    return ReportRefused(Refusal(Reason.CUT_OFF, line=data.count(b"\n") + 1))
