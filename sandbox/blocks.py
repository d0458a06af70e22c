"""Finding one's way in Block Kit: ids, elements, and what a message says in plain words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sandbox.errors import Refusal

Json = dict[str, Any]
_CALM = {"image", "mrkdwn", "plain_text"}


def elements(block: Json) -> Iterator[Json]:
    """The block's elements that a person can press or fill in."""
    candidates = [block.get("accessory"), block.get("element"), *(block.get("elements") or ())]
    for element in candidates:
        if isinstance(element, dict) and element.get("type") not in _CALM and "rich_text" not in element["type"]:
            yield element


def with_ids(blocks: Iterable[Json], new_id: Callable[[], str]) -> tuple[Json, ...]:
    """Copies of the blocks in which each block and element has an id, as Slack hands them back."""
    named = []
    for block in blocks:
        copy: Json = {"block_id": new_id(), **block}
        for key in ("accessory", "element"):
            if isinstance(copy.get(key), dict):
                copy[key] = _named(copy[key], new_id)
        if isinstance(copy.get("elements"), list) and copy.get("type") == "actions":
            copy["elements"] = [_named(element, new_id) for element in copy["elements"]]
        named.append(copy)
    return tuple(named)


def _named(element: Json, new_id: Callable[[], str]) -> Json:
    return element if element.get("type") in _CALM else {"action_id": new_id(), **element}


def find(blocks: Sequence[Json], block_id: str, action_id: str) -> Json:
    """The element with these ids; refuses with action_not_found."""
    for block in blocks:
        if block.get("block_id") == block_id:
            for element in elements(block):
                if element.get("action_id") == action_id:
                    return element
    raise Refusal("action_not_found")


def words(value: Any) -> list[str]:
    """Every text in blocks or a part of them, in reading order: labels, fields, options' texts."""
    if isinstance(value, list | tuple):
        return [text for part in value for text in words(part)]
    if not isinstance(value, dict):
        return []
    if value.get("type") in {"mrkdwn", "plain_text", "text"} and isinstance(value.get("text"), str):
        return [value["text"]]
    if isinstance(value.get("alt_text"), str):
        return [*words(value.get("title")), value["alt_text"]]
    return [text for part in value.values() for text in words(part)]
