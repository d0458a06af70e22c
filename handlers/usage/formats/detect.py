"""Which format something is in: judged by what it has, never by a file's name."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from handlers.usage.formats import cloudevents, csv_rows, laurels, segment
from handlers.usage.formats.validation import FormatError, excerpt
from loyalty.usage.record import UsageEvent


class Format(StrEnum):
    """The formats that are read, as the command line names them."""

    SEGMENT = "segment"
    CLOUDEVENTS = "cloudevents"
    CSV = "csv"
    LAURELS = "laurels"


class Reader(Protocol):
    """What a module of this folder offers when its format is JSON."""

    NAME: str
    ID: str

    def fits(self, value: dict[str, Any], /) -> bool:
        """Whether the object means to be in this format."""

    def read(self, value: dict[str, Any], /) -> UsageEvent:
        """The usage event in the object."""


# In this order: a CloudEvent's type may well be "track".
READERS: Mapping[Format, Reader] = MappingProxyType(
    {Format.CLOUDEVENTS: cloudevents, Format.SEGMENT: segment, Format.LAURELS: laurels}
)
UNDERSTOOD = (
    'Segment track calls ("type": "track"), CloudEvents 1.0 ("specversion": "1.0"), '
    f"Laurels' own JSON and CSV (both with {', '.join(laurels.REQUIRED)})"
)


def of_object(value: dict[str, Any]) -> Format | None:
    """The format that the JSON object means to be in; None where it is none of ours."""
    return next((known for known, reader in READERS.items() if reader.fits(value)), None)


def check_is_text(head: bytes) -> None:
    """Raises FormatError where the file's beginning is that of another kind of file than text in UTF-8."""
    for magic, words in _OTHER_FILES.items():
        if head.startswith(magic):
            raise FormatError(f"the file is {words}")
    if b"\0" in head[:4]:
        raise FormatError("the file is no text in UTF-8: save it as UTF-8")


def of_head(head: bytes) -> Format | None:
    """CSV, where the file's first line is a header; None where it is JSON, whose objects tell the rest.

    Raises FormatError where it is neither.
    """
    lines = [line.strip() for line in head.split(b"\n") if line.strip()]
    if not lines or lines[0].startswith(b"["):
        return None
    first = lines[0].decode(errors="replace")
    if not lines[0].startswith(b"{") and csv_rows.is_header(first):
        return Format.CSV
    if any(line.startswith(b"{") for line in lines):
        return None
    raise FormatError(f"the file begins with {excerpt(first)}, which is no format understood: right are {UNDERSTOOD}")


def foreign_name(value: dict[str, Any]) -> str | None:
    """Whose format it looks like, where it is a known one of somebody else."""
    return next((name for name, is_it in _FOREIGN.items() if is_it(value)), None)


def not_understood(value: dict[str, Any]) -> str:
    """What to say of a JSON object that is in none of our formats."""
    name = foreign_name(value)
    if name is not None:
        return f"looks like {name}, which is not read: right are {UNDERSTOOD}"
    keys = ", ".join(excerpt(key) for key in list(value)[:8]) or "none"
    return f"is in no format understood (its keys: {keys}): right are {UNDERSTOOD}"


_OTHER_FILES: dict[bytes, str] = {
    b"\xff\xfe": "UTF-16: save it as UTF-8",
    b"\xfe\xff": "UTF-16: save it as UTF-8",
    b"\x1f\x8b": "compressed: unpack it first",
    b"PK\x03\x04": "a workbook or an archive: save the sheet as CSV, or unpack it first",
}
_FOREIGN: dict[str, Callable[[dict[str, Any]], bool]] = {
    "Mixpanel's export": lambda value: isinstance(inner := value.get("properties"), dict) and "distinct_id" in inner,
    "PostHog's export": lambda value: "distinct_id" in value,
    "Amplitude's export": lambda value: "event_type" in value,
    "a GitHub event": lambda value: str(value.get("type")).endswith("Event") and "actor" in value,
}
