"""YAML into values that know their lines.

ruamel.yaml scans and parses; what a plain scalar means is decided here, by YAML 1.2's core schema, so that `on`, `no`,
`16:00` and dates stay text. Bounded against files made to hurt: their size, their depth, what aliases unfold to.
"""

import re
from collections.abc import Iterator
from math import isfinite

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from loyalty.programme.errors import Problem
from loyalty.programme.file.source_tree import Node

MAX_FILE_BYTES = 1_000_000
MAX_DEPTH = 20  # mappings and lists within each other
MAX_ALIASED_VALUES = 10_000  # values that aliases may add

Scalar = str | int | float | bool | None
_Opening = ScalarEvent | SequenceStartEvent | MappingStartEvent | AliasEvent

_WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]{1,40}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class _Refused(Exception):  # noqa: N818 - never leaves this file
    """Reading stops here."""

    def __init__(self, line: int, message: str) -> None:
        self.problem = Problem(line, message)


def parse(
    text: str, *, of: str = "programme", at_least: str = "programme: {name: …}"
) -> tuple[Node | None, list[Problem]]:
    """Return the file's values, None where they cannot be read, and the problems met on the way.

    `of` and `at_least`: what the file is of, and what the shortest one says.
    """
    builder = _Builder(_events(text), of, at_least)
    try:
        _measure(text)
        return builder.document(), builder.problems
    except _Refused as refused:
        return None, [*builder.problems, refused.problem]


def _measure(text: str) -> None:
    size = len(text.encode(errors="surrogatepass"))
    if size > MAX_FILE_BYTES:
        raise _Refused(1, f"the file has {size:,} bytes: at most {MAX_FILE_BYTES:,} are read")


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text.removeprefix("\ufeff"))
    except MarkedYAMLError as error:
        raise _Refused(*_explained(error)) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _Refused(line, f"a character that no text file holds: U+{error.character:04X}") from None
    except (ValueError, OverflowError):  # ruamel.yaml lets an escape like "\UFFFFFFFF" through to chr()
        raise _Refused(1, "this is not YAML: an escape names a character that does not exist") from None


def _explained(error: MarkedYAMLError) -> tuple[int, str]:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    if "'\\t'" in str(error.problem):
        return line, "a tab: YAML is indented with spaces"
    begun = error.context_mark.line + 1 if error.context_mark else line
    where = f" (in what begins on line {begun})" if begun != line else ""
    return line, f"this is not YAML: {error.problem or error.context}{where}"


class _Builder:
    """Makes nodes of events, and keeps the problems that need not stop it."""

    def __init__(self, events: Iterator[Event], of: str, at_least: str) -> None:
        self.problems: list[Problem] = []
        self._of, self._at_least = of, at_least
        self._events = events
        self._anchors: dict[str, Node | None] = {}
        self._added = 0

    def document(self) -> Node:
        """Return the one document's root."""
        root: Node | None = None
        for event in self._events:
            line = event.start_mark.line + 1
            if isinstance(event, DocumentStartEvent) and event.version not in {None, (1, 2)}:
                raise _Refused(line, "this file is read as YAML 1.2: take the line with `%YAML` out")
            if isinstance(event, DocumentStartEvent) and root is not None:
                raise _Refused(line, f"a second document begins here: a {self._of} is one")
            if isinstance(event, _Opening):
                root = self._node(event, depth=0)
        if root is None or root.value is None:
            raise _Refused(1, f"the file is empty: it wants at least `{self._at_least}`")
        return root

    def _node(self, event: _Opening, *, depth: int) -> Node:
        line = event.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise _Refused(line, f"mappings and lists stand within each other more than {MAX_DEPTH} deep")
        if isinstance(event, AliasEvent):
            return self._aliased(event.anchor, line)
        if event.tag is not None:
            raise _Refused(line, f"the tag `{event.tag}` means nothing here: take it out")
        if event.anchor is not None:
            self._anchors[event.anchor] = None  # still open: an alias to it from within is found out
        node = self._built(event, line, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _aliased(self, anchor: str, line: int) -> Node:
        if anchor not in self._anchors:
            raise _Refused(line, f"`*{anchor}` refers to nothing: no `&{anchor}` stands above it")
        node = self._anchors[anchor]
        if node is None:
            raise _Refused(line, f"`*{anchor}` stands within what it refers to")
        self._added += node.size
        if self._added > MAX_ALIASED_VALUES:
            raise _Refused(line, f"the aliases up to here unfold to more than {MAX_ALIASED_VALUES:,} values")
        return node

    def _built(self, event: ScalarEvent | SequenceStartEvent | MappingStartEvent, line: int, depth: int) -> Node:
        if isinstance(event, MappingStartEvent):
            return self._mapping(line, depth)
        if isinstance(event, SequenceStartEvent):
            items = [self._node(item, depth=depth + 1) for item in self._until(SequenceEndEvent)]
            return Node(line, items, size=1 + sum(item.size for item in items))
        return Node(line, self._scalar(event, line))

    def _mapping(self, line: int, depth: int) -> Node:
        made = Node(line, {})
        for event in self._until(MappingEndEvent):
            key_line = event.start_mark.line + 1
            key = self._key(event, key_line)
            node = self._node(next(self._until(MappingEndEvent)), depth=depth + 1)
            made.size += node.size
            if key in made.keys:
                self.problems.append(Problem(key_line, f"`{key}` is given twice: first on line {made.keys[key]}"))
            else:
                made.keys[key], made.value[key] = key_line, node
        return made

    def _key(self, event: _Opening, line: int) -> str:
        if not isinstance(event, ScalarEvent):
            raise _Refused(line, "a key is a word, not a list, a mapping or an alias")
        self._speakable(event.value, line)
        return str(event.value)

    def _scalar(self, event: ScalarEvent, line: int) -> Scalar:
        text = str(event.value)
        self._speakable(text, line)
        if event.style is not None:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) and isfinite(float(text)):
            return float(text)
        if _FLOAT.fullmatch(text) or _NO_NUMBER.fullmatch(text):
            self.problems.append(Problem(line, f"`{text[:40]}` is no number that can be counted with"))
        return text

    def _speakable(self, text: str, line: int) -> None:
        found = _UNSPEAKABLE.search(text)
        if found:
            raise _Refused(line, f"a text holds a character that cannot be shown: U+{ord(found[0]):04X}")

    def _until(self, end: type[Event]) -> Iterator[_Opening]:
        for event in self._events:
            if isinstance(event, end) or not isinstance(event, _Opening):
                return
            yield event
