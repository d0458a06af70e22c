"""Shapes of blocks and views, and which blocks stand on which surface."""

from collections.abc import Iterator
from typing import Any

from sandbox.limits.elements import BUTTON, IN_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.limits.objects import BLOCK_ID, IMAGE, RICH_TEXT, SLACK_FILE, URL, plain, text
from sandbox.limits.schema import (
    Complaint,
    Rule,
    anything,
    by_type,
    exactly_one,
    flag,
    items,
    number,
    one_of,
    shape,
    string,
    unique,
)

Json = dict[str, Any]
_MOST_CELL_TEXT = 10_000
_ID: dict[str, Rule] = {"block_id": BLOCK_ID}


def _own_action_ids(block: Json, at: str) -> Iterator[Complaint]:
    if isinstance(block.get("elements"), list):
        yield from unique("action_id")(block["elements"], f"{at}/elements")


def _some_text(block: Json, at: str) -> Iterator[Complaint]:
    if not block.get("text") and not block.get("fields"):
        yield Complaint("must have text or fields", at)


def _even_rows(block: Json, at: str) -> Iterator[Complaint]:
    rows = [row for row in block.get("rows") or () if isinstance(row, list)]
    if any(len(row) != len(rows[0]) for row in rows):
        yield Complaint("all rows must have the same number of columns", f"{at}/rows")


def _little_cell_text(block: Json, at: str) -> Iterator[Complaint]:
    if _characters(block.get("rows")) > _MOST_CELL_TEXT:
        yield Complaint(f"must be less than {_MOST_CELL_TEXT + 1} characters in all cells", f"{at}/rows")


def _characters(value: Any) -> int:
    if isinstance(value, list):
        return sum(_characters(each) for each in value)
    if isinstance(value, dict):
        own = value.get("text")
        return len(own) if isinstance(own, str) else sum(_characters(each) for each in value.values())
    return 0


_CELL = by_type(
    {
        "raw_text": shape({"text": string(3000)}, {}),
        "raw_number": shape({"value": number(float("-inf"), float("inf"))}, {"text": string(3000)}),
        "rich_text": RICH_TEXT,
    }
)
_ROWS = items(items(_CELL, most=20), most=100)
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})
_CARD = shape(
    {},
    {
        **_ID,
        "hero_image": IMAGE,
        "icon": IMAGE,
        "slack_icon": anything,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(BUTTON, most=3),
    },
    _own_action_ids,
)
_EVERYWHERE: dict[str, Rule] = {
    "section": shape(
        {},
        {
            **_ID,
            "text": text(3000),
            "fields": items(text(2000), most=10),
            "accessory": by_type(IN_SECTION),
            "expand": flag,
        },
        _some_text,
    ),
    "header": shape({"text": plain(150)}, _ID),
    "divider": shape({}, _ID),
    "context": shape(
        {"elements": items(by_type({"image": IMAGE, "mrkdwn": text(3000), "plain_text": text(3000)}), most=10)}, _ID
    ),
    "actions": shape({"elements": items(by_type(IN_ACTIONS), most=25)}, _ID, _own_action_ids),
    "image": shape(
        {"alt_text": string(2000, least=1)},
        {**_ID, "image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "input": shape(
        {"label": plain(2000), "element": by_type(IN_INPUT)},
        {**_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": RICH_TEXT,
    "video": shape(
        {"alt_text": string(2000), "thumbnail_url": URL, "title": plain(200), "video_url": URL},
        {**_ID, "author_name": string(50), "description": plain(200), "provider_name": string(50), "title_url": URL},
    ),
}
_AXES = shape({"series": items(anything, most=6), "axis_config": anything}, {})
_CHART = by_type({"pie": shape({"segments": items(anything, most=12)}, {}), "bar": _AXES, "area": _AXES, "line": _AXES})
_WIDE: dict[str, Rule] = {
    "table": shape({"rows": _ROWS}, {**_ID, "column_settings": items(_COLUMN, most=20)}, _even_rows),
    "data_table": shape(
        {"rows": _ROWS, "caption": string(3000, least=1)},
        {**_ID, "page_size": number(1, 100), "row_header_column_index": number(0, 19)},
        _even_rows,
        _little_cell_text,
    ),
    "data_visualization": shape({"title": string(50, least=1), "chart": _CHART}, _ID),
    "card": _CARD,
    "carousel": shape({"elements": items(by_type({"card": _CARD}), most=10)}, _ID),
}
_MESSAGE: dict[str, Rule] = {
    "markdown": shape({"text": string(12_000, least=1)}, _ID),
    "context_actions": shape({"elements": items(anything, most=5)}, _ID),
}
_MODAL: dict[str, Rule] = {
    "alert": shape({"text": text(200)}, {**_ID, "level": one_of("default", "info", "warning", "error", "success")})
}
_SURFACES: dict[str, Rule] = {
    "message": by_type(_EVERYWHERE | _WIDE | _MESSAGE),
    "home": by_type(_EVERYWHERE | _WIDE),
    "modal": by_type(_EVERYWHERE | _MODAL),
}

_VIEW: dict[str, Rule] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
VIEWS: dict[str, Rule] = {
    "home": shape({"blocks": anything}, _VIEW),
    "modal": shape(
        {"blocks": anything, "title": plain(24)},
        {**_VIEW, "submit": plain(24), "close": plain(24), "clear_on_close": flag, "notify_on_close": flag}
        | {"submit_disabled": flag},
    ),
}


def complaints(blocks: list[Json], at: str, *, surface: str, most: int) -> Iterator[Complaint]:
    """Everything wrong with the blocks of one message or view; `surface` is message, modal or home."""
    yield from items(_SURFACES[surface], most=most, least=0)(blocks, at)
    yield from unique("block_id")(blocks, at)
    charts = [block for block in blocks if block.get("type") == "data_visualization"]
    if surface == "message" and len(charts) > 2:
        yield Complaint("no more than 2 data_visualization blocks allowed", at)
