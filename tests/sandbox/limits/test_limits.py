"""Slack's limits, each with one thing too many."""

from typing import Any

import pytest

from sandbox.errors import Refusal
from sandbox.limits import check_message, check_view
from tests.sandbox.app_double import ORDER, button, cup

Json = dict[str, Any]


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def section(words: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int) -> list[Json]:
    return [{"text": plain(f"Option {number}"), "value": str(number)} for number in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", **more}


def row(*cells: str) -> list[Json]:
    return [{"type": "raw_text", "text": cell} for cell in cells]


GOOD: list[list[Json]] = [
    [],
    cup("green"),
    [section("x" * 3000)] * 50,
    [section("x", accessory={"type": "overflow", "action_id": "o", "options": options(5)})],
    [actions(*(button(str(number), f"a{number}") for number in range(25)))],
    [actions(select(options=options(100), initial_option=options(1)[0]))],
    [{"type": "image", "alt_text": "A chart", "slack_file": {"id": "F000000001"}, "title": plain("Chart")}],
    [{"type": "table", "rows": [row("Name", "Points"), row("Ania", "140")], "column_settings": [{"align": "left"}]}],
    [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 10}],
    ORDER["blocks"],
]


@pytest.mark.parametrize("blocks", GOOD)
def test_what_slack_takes_passes(blocks: list[Json]) -> None:
    check_message(blocks)


BAD: list[tuple[list[Json], str, str]] = [
    ([section("x")] * 51, "no more than 50 items allowed", "/blocks"),
    ([section("x" * 3001)], "must be less than 3001 characters", "/blocks/0/text/text"),
    ([section("")], "must be more than 0 characters", "/blocks/0/text/text"),
    ([{"type": "section"}], "must have text or fields", "/blocks/0"),
    ([section("x", fields=[plain("y")] * 11)], "no more than 10 items allowed", "/blocks/0/fields"),
    (
        [section("x", fields=[plain("y" * 2001)])],
        "must be less than 2001 characters",
        "/blocks/0/fields/0/text",
    ),
    (
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters",
        "/blocks/0/text/text",
    ),
    (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "unsupported type: mrkdwn",
        "/blocks/0/text/type",
    ),
    (
        [actions(*(button("x", f"a{number}") for number in range(26)))],
        "no more than 25 items allowed",
        "/blocks/0/elements",
    ),
    (
        [actions(button("x" * 76, "a"))],
        "must be less than 76 characters",
        "/blocks/0/elements/0/text/text",
    ),
    (
        [actions(button("x", "same"), button("y", "same"))],
        'action_id "same" already exists',
        "/blocks/0/elements/1/action_id",
    ),
    (
        [section("x", block_id="same"), section("y", block_id="same")],
        'block_id "same" already exists',
        "/blocks/1/block_id",
    ),
    (
        [actions(select(options=options(101)))],
        "no more than 100 items allowed",
        "/blocks/0/elements/0/options",
    ),
    (
        [actions(select())],
        "must have exactly one of: options, option_groups",
        "/blocks/0/elements/0",
    ),
    (
        [actions(select(options=options(2), initial_option=options(3)[2]))],
        "must match an option exactly",
        "/blocks/0/elements/0/initial_option",
    ),
    (
        [actions({"type": "radio_buttons", "action_id": "nps", "options": options(11)})],
        "no more than 10 items allowed",
        "/blocks/0/elements/0/options",
    ),
    (
        [actions({"type": "plain_text_input", "action_id": "t"})],
        "unsupported type: plain_text_input",
        "/blocks/0/elements/0/type",
    ),
    (
        [actions(button("x", "a", style="loud"))],
        "must be one of: primary, danger",
        "/blocks/0/elements/0/style",
    ),
    (
        [{"type": "image", "image_url": "https://x.test/a.png"}],
        "missing required field: alt_text",
        "/blocks/0",
    ),
    (
        [{"type": "image", "alt_text": "x"}],
        "must have exactly one of: image_url, slack_file",
        "/blocks/0",
    ),
    (
        [{"type": "image", "image_url": "https://x.test/a.png", "alt_text": "x" * 2001}],
        "must be less than 2001 characters",
        "/blocks/0/alt_text",
    ),
    (
        [actions(select(options=[{"text": plain("x" * 76), "value": "1"}]))],
        "must be less than 76 characters",
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        [actions(select(options=[{"text": plain("x"), "value": "1" * 151}]))],
        "must be less than 151 characters",
        "/blocks/0/elements/0/options/0/value",
    ),
    (
        [actions({"type": "checkboxes", "action_id": "c", "options": options(11)})],
        "no more than 10 items allowed",
        "/blocks/0/elements/0/options",
    ),
    ([{"type": "table", "rows": [row(*"x" * 21)]}], "no more than 20 items allowed", "/blocks/0/rows/0"),
    (
        [{"type": "data_table", "caption": "x", "rows": [row("x")] * 101}],
        "no more than 100 items allowed",
        "/blocks/0/rows",
    ),
    (
        [{"type": "carousel", "elements": [{"type": "card"}] * 11}],
        "no more than 10 items allowed",
        "/blocks/0/elements",
    ),
    (
        [{"type": "data_visualization", "title": "x", "chart": {"type": "bar", "series": [{}] * 7, "axis_config": {}}}],
        "no more than 6 items allowed",
        "/blocks/0/chart/series",
    ),
    ([section("x", colour="red")], "invalid additional property: colour", "/blocks/0"),
    ([{"type": "hologram"}], "unsupported type: hologram", "/blocks/0/type"),
    ([{"type": "alert", "text": plain("x")}], "unsupported type: alert", "/blocks/0/type"),
    ([{"type": "table", "rows": [row("x")] * 101}], "no more than 100 items allowed", "/blocks/0/rows"),
    (
        [{"type": "table", "rows": [row("x", "y"), row("x")]}],
        "all rows must have the same number of columns",
        "/blocks/0/rows",
    ),
    (
        [{"type": "data_table", "caption": "x", "rows": [row("x" * 2600)] * 4}],
        "must be less than 10001 characters in all cells",
        "/blocks/0/rows",
    ),
    (
        [{"type": "data_visualization", "title": "x", "chart": {"type": "pie", "segments": [{}]}}] * 3,
        "no more than 2 data_visualization blocks allowed",
        "/blocks",
    ),
]


@pytest.mark.parametrize(("blocks", "words", "pointer"), BAD)
def test_what_slack_refuses_is_refused_and_named(blocks: list[Json], words: str, pointer: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_message(blocks)
    complaint = f"{words} [json-pointer:{pointer}]"
    assert caught.value.envelope() == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [complaint],
        "response_metadata": {"messages": [f"[ERROR] {complaint}"]},
    }


BAD_VIEWS: list[tuple[Json, str, str]] = [
    (ORDER | {"title": plain("x" * 25)}, "must be less than 25 characters", "/view/title/text"),
    (ORDER | {"submit": plain("x" * 25)}, "must be less than 25 characters", "/view/submit/text"),
    (
        ORDER | {"private_metadata": "x" * 3001},
        "must be less than 3001 characters",
        "/view/private_metadata",
    ),
    (ORDER | {"blocks": [section("x")] * 101}, "no more than 100 items allowed", "/view/blocks"),
    (
        {name: part for name, part in ORDER.items() if name != "submit"},
        "missing required field: submit",
        "/view",
    ),
    (ORDER | {"type": "window"}, "unsupported type", "/view/type"),
    ({"type": "home", "blocks": [section("x")] * 101}, "no more than 100 items allowed", "/view/blocks"),
    (
        {"type": "home", "blocks": [{"type": "alert", "text": plain("x")}]},
        "unsupported type: alert",
        "/view/blocks/0/type",
    ),
    (
        {"type": "home", "blocks": [], "title": plain("Home")},
        "invalid additional property: title",
        "/view",
    ),
    (
        ORDER | {"blocks": [{"type": "table", "rows": [row("x")]}]},
        "unsupported type: table",
        "/view/blocks/0/type",
    ),
    (ORDER | {"blocks": [{"type": "card", "title": plain("x")}]}, "unsupported type: card", "/view/blocks/0/type"),
    (ORDER | {"close": plain("x" * 25)}, "must be less than 25 characters", "/view/close/text"),
    (
        ORDER | {"blocks": [{"type": "alert", "text": plain("x" * 201)}]},
        "must be less than 201 characters",
        "/view/blocks/0/text/text",
    ),
]


@pytest.mark.parametrize(("view", "words", "pointer"), BAD_VIEWS)
def test_a_view_slack_refuses_is_refused_and_named(view: Json, words: str, pointer: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_view(view)
    complaint = f"{words} [json-pointer:{pointer}]"
    assert caught.value.envelope() == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {"messages": [f"[ERROR] {complaint}"]},
    }


@pytest.mark.parametrize(
    "view",
    [
        ORDER | {"blocks": [section("x")] * 100},
        {"type": "home", "blocks": [section("x")] * 99 + [{"type": "table", "rows": [row("x")]}]},
    ],
)
def test_a_view_slack_takes_passes(view: Json) -> None:
    check_view(view)


def test_a_view_of_more_than_250_kb_is_too_large() -> None:
    with pytest.raises(Refusal, match="view_too_large"):
        check_view(ORDER | {"blocks": [section("x" * 3000)] * 90})
