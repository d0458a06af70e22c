"""Shapes of Block Kit's elements, and which of them stand where."""

from sandbox.limits.objects import (
    ACTION_ID,
    CONFIRM,
    DISPATCH,
    FILTER,
    GROUPS,
    IMAGE,
    LINK_OPTION,
    OPTION,
    OPTIONS,
    RICH_OPTION,
    URL,
    initial_among_options,
    plain,
)
from sandbox.limits.schema import Rule, anything, exactly_one, flag, items, number, one_of, shape, string

_ID: dict[str, Rule] = {"action_id": ACTION_ID}
_PICK: dict[str, Rule] = {**_ID, "placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": flag}
_SEVERAL: dict[str, Rule] = {**_PICK, "max_selected_items": number(1, 100)}
_WRITE: dict[str, Rule] = {
    **_ID,
    "placeholder": plain(150),
    "focus_on_load": flag,
    "dispatch_action_config": DISPATCH,
}
_LABEL: dict[str, Rule] = {"accessibility_label": string(75)}
_IDS = items(string(20), most=100)
_STATIC = exactly_one("options", "option_groups")

_BUTTON = shape(
    {"text": plain(75)},
    {**_ID, **_LABEL, "url": URL, "value": string(2000), "style": one_of("primary", "danger"), "confirm": CONFIRM},
)
_CHOICES = {**_ID, "confirm": CONFIRM, "focus_on_load": flag}
_RADIO = shape(
    {"options": items(RICH_OPTION, most=10)}, {**_CHOICES, "initial_option": RICH_OPTION}, initial_among_options
)
_CHECKBOXES = shape(
    {"options": items(RICH_OPTION, most=10)},
    {**_CHOICES, "initial_options": items(RICH_OPTION, most=10)},
    initial_among_options,
)
_DATE = shape({}, {**_PICK, "initial_date": string(10, like=r"\d{4}-\d\d-\d\d")})
_TIME = shape({}, {**_PICK, "initial_time": string(5, like=r"\d\d:\d\d"), "timezone": string(100)})
_SELECTS: dict[str, Rule] = {
    "static_select": shape(
        {},
        {**_PICK, "options": OPTIONS, "option_groups": GROUPS, "initial_option": OPTION},
        _STATIC,
        initial_among_options,
    ),
    "external_select": shape({}, {**_PICK, "initial_option": OPTION, "min_query_length": number(0, 100)}),
    "users_select": shape({}, {**_PICK, "initial_user": string(20)}),
    "channels_select": shape({}, {**_PICK, "initial_channel": string(20), "response_url_enabled": flag}),
    "conversations_select": shape(
        {},
        {
            **_PICK,
            "initial_conversation": string(20),
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": FILTER,
        },
    ),
}
_MULTI: dict[str, Rule] = {
    "multi_static_select": shape(
        {},
        {**_SEVERAL, "options": OPTIONS, "option_groups": GROUPS, "initial_options": OPTIONS},
        _STATIC,
        initial_among_options,
    ),
    "multi_external_select": shape({}, {**_SEVERAL, "initial_options": OPTIONS, "min_query_length": number(0, 100)}),
    "multi_users_select": shape({}, {**_SEVERAL, "initial_users": _IDS}),
    "multi_channels_select": shape({}, {**_SEVERAL, "initial_channels": _IDS}),
    "multi_conversations_select": shape(
        {}, {**_SEVERAL, "initial_conversations": _IDS, "default_to_current_conversation": flag, "filter": FILTER}
    ),
}
_ANYWHERE: dict[str, Rule] = {
    "radio_buttons": _RADIO,
    "checkboxes": _CHECKBOXES,
    "datepicker": _DATE,
    "timepicker": _TIME,
    **_SELECTS,
}
_PRESSED: dict[str, Rule] = {
    "button": _BUTTON,
    "overflow": shape({"options": items(LINK_OPTION, most=5)}, {**_ID, "confirm": CONFIRM}),
    "workflow_button": shape(
        {"text": plain(75), "workflow": anything}, {**_ID, **_LABEL, "style": one_of("primary", "danger")}
    ),
}
_DATE_TIME: dict[str, Rule] = {
    "datetimepicker": shape({}, {**_CHOICES, "initial_date_time": number(1_000_000_000, 9_999_999_999)})
}
_NUMBER = string(50, like=r"-?\d+(\.\d+)?")
_TYPED: dict[str, Rule] = {
    "plain_text_input": shape(
        {},
        {
            **_WRITE,
            "initial_value": string(3000),
            "multiline": flag,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
    ),
    "email_text_input": shape({}, {**_WRITE, "initial_value": string(3000)}),
    "url_text_input": shape({}, {**_WRITE, "initial_value": string(3000)}),
    "number_input": shape(
        {"is_decimal_allowed": flag}, {**_WRITE, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER}
    ),
    "rich_text_input": shape({}, {**_WRITE, "initial_value": anything}),
    "file_input": shape({}, {**_ID, "filetypes": items(string(20), most=100), "max_files": number(1, 10)}),
}

IN_ACTIONS: dict[str, Rule] = _PRESSED | _ANYWHERE | _DATE_TIME
IN_SECTION: dict[str, Rule] = _PRESSED | _ANYWHERE | _MULTI | {"image": IMAGE}
IN_INPUT: dict[str, Rule] = _ANYWHERE | _MULTI | _DATE_TIME | _TYPED
BUTTON = _BUTTON
