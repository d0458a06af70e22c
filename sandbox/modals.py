"""What a person does with an open modal: submits it or closes it."""

import copy
from typing import Any

from sandbox import blocks as kit
from sandbox import form_answers, limits, payloads, responses
from sandbox.blocks import with_ids
from sandbox.composed_message import check_pictures
from sandbox.delivery import Delivery
from sandbox.errors import Refusal
from sandbox.form_answers import Given
from sandbox.seed import Installation, Person
from sandbox.slack import Slack
from sandbox.views import View

Json = dict[str, Any]
TROUBLE = "We had some trouble connecting. Try again?"


def _opened(slack: Slack, person_id: str, view_id: str) -> tuple[Person, View, Installation]:
    person, view = slack.person(person_id), slack.views.find(view_id=view_id)
    installation = slack.installed_in(view.team)
    if view.user != person.id or view.kind != "modal" or installation is None:
        raise Refusal("not_found")
    return person, view, installation


def with_loaded_options(slack: Slack, view: View) -> list[Json]:
    """The view's blocks, in which an external select has the options that the app offered while a person typed."""
    blocks: list[Json] = copy.deepcopy(list(view.content["blocks"]))
    for block in blocks:
        for element in kit.elements(block):
            offered = slack.offered.get((view.id, block["block_id"], element["action_id"]))
            if offered:
                element["loaded"] = list(offered.values())
    return blocks


async def submits(delivery: Delivery, person_id: str, view_id: str, given: Given) -> dict[str, str]:
    """Complaints by block id ("" for the whole modal); empty if the app took it."""
    slack = delivery.slack
    person, view, installation = _opened(slack, person_id, view_id)
    blocks = with_loaded_options(slack, view)
    values = form_answers.state(blocks, given, lambda file_id: slack.files.find(file_id).as_slack(slack.origin))
    complaints = form_answers.missing(blocks, values)
    if complaints:
        return complaints
    payload = payloads.interaction(slack.seed, "view_submission", person, installation.team)
    payload |= {
        "trigger_id": slack.issue_trigger(person, installation),
        "view": slack.view_as_slack(view, values),
        "response_urls": [],
    }
    title = f"submit {view.content.get('callback_id', '')}"
    answer = await delivery.send("interactive", payload, title=title)
    if answer.reason:
        return {"": TROUBLE}
    try:
        return _take(slack, view, responses.acknowledged(answer))
    except Refusal as refusal:
        return {"": f"{TROUBLE} ({refusal.error})"}


def _take(slack: Slack, view: View, body: Json) -> dict[str, str]:
    action = body.get("response_action")
    if action == "errors":
        return _errors(view, body)
    if action == "clear":
        slack.views.clear(view.user)
    elif action == "update":
        replaced = checked(slack, body.get("view"), kind="modal")
        # Sent twice at once, it has changed since: the later answer is for what it is by now.
        current = slack.views.find(view_id=view.id)
        slack.views.update(current, replaced, new_hash=new_hash(slack), expected_hash=None)
    elif action == "push":
        slack.views.push(new_view(slack, view.user, view.team, checked(slack, body.get("view"), kind="modal")))
    elif action is None:
        _close_after_submission(slack, view)
    else:
        raise Refusal("invalid_response_action")
    slack.show_views(view.user)
    return {}


def _close_after_submission(slack: Slack, view: View) -> None:
    still_there = [each for each in slack.views.stack(view.user) if each.id == view.id]
    for each in still_there:
        slack.views.close(each)


def _errors(view: View, body: Json) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.content["blocks"] if block.get("type") == "input"}
    errors = body.get("errors") or {}
    if not errors or not set(errors) <= inputs:
        raise Refusal("invalid_errors")
    return dict(errors)


async def closes(delivery: Delivery, person_id: str, view_id: str, *, everything: bool) -> None:
    """Close the modal (with `everything`: all of them) and tell the app if it asked to know."""
    slack = delivery.slack
    person, view, installation = _opened(slack, person_id, view_id)
    stack = slack.views.stack(person.id)
    gone = stack if everything else stack[stack.index(view) :]
    if everything or view.content.get("clear_on_close"):
        gone = stack
        slack.views.clear(person.id)
    else:
        slack.views.close(view)
    slack.show_views(person.id)
    for each in reversed(gone):
        if each.content.get("notify_on_close"):
            payload = payloads.interaction(slack.seed, "view_closed", person, installation.team)
            payload |= {"view": slack.view_as_slack(each), "is_cleared": len(gone) == len(stack) and everything}
            await delivery.send("interactive", payload, title=f"close {each.content.get('callback_id', '')}")


def checked(slack: Slack, content: Any, *, kind: str) -> Json:
    """A view as the app wants it, with ids; refuses what Slack would not take."""
    limits.check_view(content)
    if content.get("type") != kind:
        raise Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] view.type must be {kind}"]})
    check_pictures(slack, content["blocks"])
    blocks = with_ids(content["blocks"], lambda: slack.new_id("b"))
    return {**content, "blocks": list(blocks)}


def new_view(slack: Slack, user: str, team: str, content: Json) -> View:
    """A view nobody sees yet."""
    view_id = slack.new_id("V")
    return View(view_id, content["type"], user, team, content, new_hash(slack), root=view_id)


def new_hash(slack: Slack) -> str:
    """What changes with every change of a view."""
    return f"{slack.stamp()}.{slack.new_id('h')}"
