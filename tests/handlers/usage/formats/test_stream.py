import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from handlers.usage.formats.stream import MAX_ITEM_BYTES, items, lines
from handlers.usage.formats.validation import FormatError

json_values: some.SearchStrategy[Any] = some.recursive(
    some.integers() | some.text(alphabet='a"\\[]{},\n ł'),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(alphabet='"\\]},'), inner, max_size=3),
    max_leaves=8,
)


def pieces_of(raw: bytes, size: int) -> list[bytes]:
    return [raw[at : at + size] for at in range(0, len(raw), size)]


@settings(deadline=None)
@given(some.lists(some.binary(max_size=6).filter(lambda line: b"\n" not in line)), some.integers(1, 9))
def test_lines_are_the_same_however_the_bytes_arrive(written: list[bytes], size: int) -> None:
    raw = b"".join(line + b"\n" for line in written)
    assert list(lines(iter(pieces_of(raw, size)))) == written


@settings(deadline=None)
@given(some.lists(json_values, max_size=4), some.integers(1, 9), some.sampled_from([None, 2]))
def test_items_are_the_same_however_the_bytes_arrive(written: list[Any], size: int, indent: int | None) -> None:
    raw = json.dumps(written, indent=indent, ensure_ascii=False).encode()[1:]
    assert [json.loads(item) for item in items(iter(pieces_of(raw, size)))] == written


@pytest.mark.parametrize("size", [1_000, 64 * 1024])
def test_what_is_too_long_comes_too_long_but_not_whole(size: int) -> None:
    long = b"x" * 1_000_000
    first, cut, last = lines(iter(pieces_of(b"a\n" + long + b"\nb", size)))
    assert (first, MAX_ITEM_BYTES < len(cut) < 400_000, last) == (b"a", True, b"b")
    first, cut, last = items(iter(pieces_of(b"1," + long + b",2]", size)))
    assert (first, MAX_ITEM_BYTES < len(cut) < 400_000, last) == (b"1", True, b"2")


def test_the_last_line_needs_no_line_feed() -> None:
    assert list(lines(iter([b"a\n\nb"]))) == [b"a", b"", b"b"]
    assert list(lines(iter([b"a\n", b"\n"]))) == [b"a", b""]


@pytest.mark.parametrize(
    ("raw", "whole", "reason"),
    [
        (b"1, 2", [b"1"], "does not end: the list is not closed; is the file cut?"),
        (b'1, "]', [b"1"], "does not end: the list is not closed; is the file cut?"),
        (b"", [], "does not end: the list is not closed; is the file cut?"),
        (b"1] x", [b"1"], "stands behind the end of the list: right is one list, or one object a line"),
        (b"]\n[1]", [], "stands behind the end of the list: right is one list, or one object a line"),
    ],
)
def test_a_list_that_does_not_end_as_one_is_told_behind_its_items(raw: bytes, whole: list[bytes], reason: str) -> None:
    taken: list[bytes] = []
    with pytest.raises(FormatError) as refused:
        taken.extend(items(iter([raw])))
    assert (taken, str(refused.value)) == (whole, reason)


def test_an_empty_place_in_a_list_is_an_empty_item() -> None:
    assert list(items(iter([b"1,,]"]))) == [b"1", b"", b""]
    assert list(items(iter([b" ] "]))) == []
