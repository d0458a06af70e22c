"""What a person chose or typed, in the form Slack tells the app."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox import blocks as kit
from sandbox.errors import Refusal

Json = dict[str, Any]
Given = Mapping[str, Mapping[str, Any]]
Files = Callable[[str], Json]
"""Takes an uploaded file's id, and gives the file as Slack carries it."""

_TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
_DATED = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}
_ONE_OF = {"static_select", "radio_buttons", "external_select", "overflow"}
_SOME_OF = {"checkboxes", "multi_static_select", "multi_external_select"}
_ENTITY = {
    "users_select": "user",
    "conversations_select": "conversation",
    "channels_select": "channel",
    "multi_users_select": "users",
    "multi_conversations_select": "conversations",
    "multi_channels_select": "channels",
}


def answer(element: Json, given: Any) -> Json:
    """One element's answer; `given` is text, a date, a chosen option's value, or a list of these.

    None means the person has touched nothing: then the element's own initial value counts.
    """
    kind = element["type"]
    value = initial(element) if given is None else given
    if kind in _TYPED:
        return {"type": kind, "value": value or None}
    if kind in _DATED:
        return {"type": kind, f"selected_{_DATED[kind]}": value or None}
    if kind in _ONE_OF:
        return {"type": kind, "selected_option": _option(element, value) if value else None}
    if kind in _SOME_OF:
        return {"type": kind, "selected_options": [_option(element, each) for each in value or ()]}
    if kind in _ENTITY:
        empty: Any = [] if kind.startswith("multi_") else None
        return {"type": kind, f"selected_{_ENTITY[kind]}": value or empty}
    return {"type": kind, "value": value}


def initial(element: Json) -> Any:
    """What the app has filled in beforehand, in the form of `given`; None if nothing."""
    if "initial_options" in element:
        return [option["value"] for option in element["initial_options"]]
    if "initial_option" in element:
        return element["initial_option"]["value"]
    return next((value for key, value in element.items() if key.startswith("initial_")), None)


def options(element: Json) -> list[Json]:
    """The element's options, those of its groups included."""
    grouped = [option for group in element.get("option_groups") or () for option in group["options"]]
    return [*(element.get("options") or ()), *grouped]


def _option(element: Json, value: str) -> Json:
    initial = element.get("initial_options") or [element.get("initial_option") or {}]
    loaded = [*element.get("loaded", ()), *initial] if "external" in element["type"] else ()
    candidates: list[Json] = [*options(element), *loaded]
    for option in candidates:
        if option.get("value") == value:
            return option
    raise Refusal("option_not_found")


def state(blocks: Sequence[Json], given: Given, files: Files) -> Json:
    """`state.values`: every answer by block id and action id; buttons have none."""
    values: Json = {}
    for block in blocks:
        for element in kit.elements(block):
            if element["type"] in {"button", "overflow", "workflow_button"}:
                continue
            block_id, action_id = block["block_id"], element["action_id"]
            said = given.get(block_id, {}).get(action_id)
            if element["type"] == "file_input":
                said_files: Json = {"type": "file_input", "files": [files(each) for each in said or ()]}
                values.setdefault(block_id, {})[action_id] = said_files
                continue
            values.setdefault(block_id, {})[action_id] = answer(element, said)
    return values


def action(element: Json, block_id: str, given: Any, *, ts: str) -> Json:
    """The entry in `actions` for one press or choice."""
    common = {"action_id": element["action_id"], "block_id": block_id, "type": element["type"], "action_ts": ts}
    if element["type"] == "button":
        shown = {key: element[key] for key in ("text", "value", "style") if key in element}
        return common | shown
    chosen = answer(element, given)
    before = {key: value for key, value in element.items() if key.startswith("initial_")}
    return common | chosen | before


def missing(blocks: Sequence[Json], values: Json) -> dict[str, str]:
    """Why a modal cannot be submitted yet: block id to words; what Slack's own client checks before sending."""
    complaints = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        given = values[block["block_id"]][element["action_id"]]
        value = next((content for key, content in given.items() if key != "type"), None)
        complaint = _complaint(element, value, optional=bool(block.get("optional")))
        if complaint:
            complaints[block["block_id"]] = complaint
    return complaints


def _complaint(element: Json, value: Any, *, optional: bool) -> str:
    if not value:
        return "" if optional else "Please complete this required field."
    if element["type"] == "number_input":
        return _number_complaint(element, value)
    if element["type"] == "file_input":
        return _files_complaint(element, value)
    return _text_complaint(element, value) if element["type"] in _TYPED else ""


def _files_complaint(element: Json, files: list[Json]) -> str:
    most, kinds = element.get("max_files", 10), element.get("filetypes")
    if len(files) > most:
        return f"You can add at most {most} file{'s' if most > 1 else ''}."
    if kinds and any(file["name"].rsplit(".", 1)[-1].lower() not in kinds for file in files):
        return f"Please add a file of one of these types: {', '.join(kinds)}."
    return ""


def _text_complaint(element: Json, value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    checks = (
        (len(value) < least, f"Please write at least {least} characters."),
        (len(value) > most, f"Please write at most {most} characters."),
        (element["type"] == "email_text_input" and "@" not in value, "Please enter a valid email address."),
        (element["type"] == "url_text_input" and "://" not in value, "Please enter a valid URL."),
    )
    return next((words for wrong, words in checks if wrong), "")


def _number_complaint(element: Json, value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    if number < float(element.get("min_value", "-inf")) or number > float(element.get("max_value", "inf")):
        return f"Please enter a number from {element.get('min_value', '−∞')} to {element.get('max_value', '∞')}."
    return ""
