"""Shapes of the small things blocks are made of: texts, options, confirmations, files."""

from collections.abc import Iterator
from typing import Any

from sandbox.limits.schema import Complaint, Rule, anything, by_type, exactly_one, flag, items, one_of, shape, string

ACTION_ID = string(255, least=1)
BLOCK_ID = string(255, least=1)
URL = string(3000, like=r"(?s)https?://.+|mailto:.+|slack://.+")


def plain(most: int) -> Rule:
    """A plain_text object of 1 to `most` characters."""
    return by_type({"plain_text": shape({"text": string(most, least=1)}, {"emoji": flag})})


def text(most: int) -> Rule:
    """A plain_text or mrkdwn object of 1 to `most` characters."""
    words = {"text": string(most, least=1)}
    return by_type({"plain_text": shape(words, {"emoji": flag}), "mrkdwn": shape(words, {"verbatim": flag})})


def option(*, described: Rule, with_url: bool = False) -> Rule:
    """An option: a label of 75, a value of 150, a description of 75 characters."""
    optional = {"description": described} | ({"url": URL} if with_url else {})
    return shape({"text": described, "value": string(150, least=1)}, optional)


OPTION = option(described=plain(75))
RICH_OPTION = option(described=text(75))
LINK_OPTION = option(described=plain(75), with_url=True)
OPTIONS = items(OPTION, most=100)
GROUPS = items(shape({"label": plain(75), "options": OPTIONS}, {}), most=100)

CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
DISPATCH = shape({}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), most=2)})
FILTER = shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), most=4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)
SLACK_FILE = shape({}, {"id": string(40, like=r"F[A-Z0-9]{8,}"), "url": URL}, exactly_one("id", "url"))
IMAGE = shape(
    {"alt_text": string(2000, least=1)},
    {"image_url": URL, "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)


def initial_among_options(value: Any, at: str) -> Iterator[Complaint]:
    """`initial_option` and `initial_options` are word for word among the options."""
    options = list(value.get("options") or ())
    for group in value.get("option_groups") or ():
        options += group.get("options") or () if isinstance(group, dict) else ()
    chosen = [("initial_option", value.get("initial_option"))]
    chosen += [("initial_options", each) for each in value.get("initial_options") or ()]
    for name, each in chosen:
        if each is not None and each not in options:
            yield Complaint("must match an option exactly", f"{at}/{name}")


RICH_TEXT: Rule = shape({"elements": items(anything, most=1000)}, {"block_id": BLOCK_ID})
