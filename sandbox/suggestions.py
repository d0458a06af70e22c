"""Options that the app loads for an external select while a person types."""

import json
from typing import Any

from sandbox import blocks as kit
from sandbox import limits, payloads, responses
from sandbox.delivery import Delivery
from sandbox.errors import Refusal
from sandbox.views import View

Json = dict[str, Any]


async def suggests(
    delivery: Delivery, person_id: str, view_id: str, block_id: str, action_id: str, typed: str
) -> list[Json]:
    """The options that the app has for what is typed; refuses what Slack would not take of it.

    Only one of those that were offered can be chosen afterwards.
    """
    slack = delivery.slack
    person, view = slack.person(person_id), slack.views.find(view_id=view_id)
    if view.user != person.id or slack.installed_in(view.team) is None:
        raise Refusal("not_found")
    element = kit.find(view.content["blocks"], block_id, action_id)
    if "external_select" not in element["type"] or len(typed) < element.get("min_query_length", 3):
        raise Refusal("action_not_found")
    payload = payloads.interaction(slack.seed, "block_suggestion", person, view.team)
    payload |= {
        "container": {"type": "view", "view_id": view.id},
        "view": slack.view_as_slack(view),
        "block_id": block_id,
        "action_id": action_id,
        "value": typed,
    }
    answer = await delivery.send("interactive", payload, title=f"suggest {action_id}")
    if answer.reason:
        raise Refusal("options_load_failed")
    options = _options(responses.acknowledged(answer))
    slack.offered.setdefault(_place(view, block_id, action_id), {}).update(
        {option["value"]: option for option in options}
    )
    return options


def _options(body: Json) -> list[Json]:
    groups = body.get("option_groups")
    flat = body.get("options") if groups is None else [one for group in groups for one in group.get("options") or ()]
    if not isinstance(flat, list):
        raise Refusal("options_load_failed")
    complaints = list(limits.OPTIONS_LOADED(flat, "/options"))
    if complaints:
        raise Refusal("invalid_options", errors=[str(complaint) for complaint in complaints])
    parsed: list[Json] = json.loads(json.dumps(flat))
    return parsed


def _place(view: View, block_id: str, action_id: str) -> tuple[str, str, str]:
    return view.id, block_id, action_id
