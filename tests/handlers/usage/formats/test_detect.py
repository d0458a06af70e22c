import json

import pytest

from handlers.usage.formats import Format, Item, Refused
from handlers.usage.formats.detect import UNDERSTOOD
from tests.handlers.usage.formats.samples import CONTOSO, CSV, LAURELS, NORTHWIND, SEGMENT, read

MIXPANEL = (
    b'{"event": "Report Scheduled", "properties": {"time": 1779311644, "distinct_id": "u-1", "$insert_id": "m-1"}}'
)
POSTHOG = b'{"event": "Report Scheduled", "distinct_id": "u-1", "timestamp": "2026-05-20T21:14:04Z"}'
AMPLITUDE = b'{"event_type": "Report Scheduled", "user_id": "u-1", "time": 1779311644, "insert_id": "m-1"}'
GITHUB = b'{"id": "1", "type": "PushEvent", "actor": {"login": "u-1"}, "created_at": "2026-05-20T21:14:04Z"}'


@pytest.mark.parametrize("lines", [SEGMENT, LAURELS], ids=["segment", "laurels"])
@pytest.mark.parametrize("around", [b"%s", b"\xef\xbb\xbf%s", b"\n \r\n%s\r\n"])
def test_a_json_file_tells_its_format(lines: tuple[bytes, ...], around: bytes) -> None:
    before = around.count(b"\n", 0, around.index(b"%s"))
    assert read(around % b"\n".join(lines)) == [Item(before + 1, NORTHWIND), Item(before + 2, CONTOSO)]
    assert read(around % b"[%s]" % b",\n".join(lines)) == [Item(1, NORTHWIND, "item"), Item(2, CONTOSO, "item")]


def test_a_csv_file_tells_its_format_by_its_header() -> None:
    assert read(*CSV) == [Item(2, NORTHWIND), Item(3, CONTOSO)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (MIXPANEL, "Mixpanel's export"),
        (POSTHOG, "PostHog's export"),
        (AMPLITUDE, "Amplitude's export"),
        (GITHUB, "a GitHub event"),
    ],
)
def test_other_peoples_formats_are_refused_by_name(line: bytes, name: str) -> None:
    reason = f"looks like {name}, which is not read: right are {UNDERSTOOD}"
    assert read(line, line) == [Refused(1, reason), Refused(2, reason)]
    assert read(b"[" + line + b"]") == [Refused(1, reason, unit="item")]


def test_json_with_other_keys_is_refused_with_what_was_seen() -> None:
    reason = f"is in no format understood (its keys: 'user', 'wh\\nat'): right are {UNDERSTOOD}"
    assert read(b'{"user": "u-1", "wh\\nat": "Report Scheduled"}') == [Refused(1, reason)]


def test_the_format_is_the_first_that_an_object_fits() -> None:
    assert read(b"half a li", SEGMENT[0][:50], *SEGMENT, LAURELS[0], MIXPANEL) == [
        Refused(1, "is not JSON: expecting value at character 1 of 9"),
        Refused(2, "is not JSON: unterminated string starting at character 49 of 50"),
        Item(3, NORTHWIND),
        Item(4, CONTOSO),
        Refused(5, "looks like Laurels' own JSON among Segment: give each format a file of its own"),
        Refused(6, "looks like Mixpanel's export among Segment: give each format a file of its own"),
    ]


def test_a_format_that_was_named_is_the_one_that_counts() -> None:
    looks = "looks like Segment among CloudEvents: give each format a file of its own"
    assert read(SEGMENT[0], as_format=Format.CLOUDEVENTS) == [Refused(1, looks, "")]
    assert read(b"{}", as_format=Format.CLOUDEVENTS) == [Refused(1, 'specversion is missing: right is "1.0"')]
    assert read(SEGMENT[0], as_format=Format.CSV) == [
        Refused(
            1,
            """the first line begins with '{"type": "track", "messageId":'… and is no header: """
            "right are the columns account, person, event, at, id",
        )
    ]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (json.dumps({"a": 1}).encode("utf-16"), "the file is UTF-16: save it as UTF-8"),
        (json.dumps({"a": 1}).encode("utf-16-be"), "the file is no text in UTF-8: save it as UTF-8"),
        (b"\x1f\x8b\x08\0", "the file is compressed: unpack it first"),
        (b"PK\x03\x04", "the file is a workbook or an archive: save the sheet as CSV, or unpack it first"),
        (b"\x89PNG\r\n", f"the file begins with '�PNG', which is no format understood: right are {UNDERSTOOD}"),
        (b"name;when\nx;y", f"the file begins with 'name;when', which is no format understood: right are {UNDERSTOOD}"),
    ],
)
def test_a_file_of_another_kind_is_refused_once(raw: bytes, reason: str) -> None:
    assert read(raw) == [Refused(1, reason)]
