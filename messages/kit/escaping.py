"""Text of people and products, made so that Slack shows it as it stands: no markup, no ping, no line turned round."""

import re

_MARKUP = re.compile(r"[`*_~]")
_LOOKALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
"""Slack has no escape for these. What only looks like them is never markup, and a reader sees what was written."""
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters that are written from right to left, and the marks that turn the direction."""
_OVERRIDES = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_ISOLATE, _END = "\u2068", "\u2069"


def escape(text: str) -> str:
    """Return a text for a place with markup that Slack shows and does nothing with."""
    return plain_mirror(_MARKUP.sub(_unmarked, bidi_isolated(text)))


def plain_mirror(text: str) -> str:
    """Return the text of a place without markup as a message's own text repeats it: character for character."""
    for character, entity in _ESCAPED.items():
        text = text.replace(character, entity)
    return text


def bidi_isolated(text: str) -> str:
    """Return a text that turns nothing round but itself: Hebrew and Arabic stand isolated, overrides are left out."""
    if text.isascii() or not _TURNING.search(text):
        return text
    isolated = _OVERRIDES.sub("", text)
    if isolated.startswith(_ISOLATE) and isolated.endswith(_END) and _balanced(isolated[1:-1]):
        return isolated
    if not _balanced(isolated):
        isolated = _ISOLATES.sub("", isolated)
    return f"{_ISOLATE}{isolated}{_END}" if _TURNING.search(isolated) else isolated


def _unmarked(mark_match: re.Match[str]) -> str:
    """Return what looks like a mark. Between two letters only a backtick would be one: ola_maj stays."""
    mark, text, (start, end) = mark_match.group(), mark_match.string, mark_match.span()
    within = text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()
    return mark if within and mark != "`" else _LOOKALIKES[mark]


def _balanced(text: str) -> bool:
    depth = 0
    for mark in _ISOLATES.findall(text):
        depth += -1 if mark == _END else 1
        if depth < 0:
            return False
    return depth == 0
