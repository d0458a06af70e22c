"""views.*: modals and Home tabs."""

from typing import Any

from sandbox.errors import Refusal, invalid_arguments
from sandbox.modals import checked, new_hash, new_view
from sandbox.views import View
from sandbox.webapi.call import Call

Json = dict[str, Any]


def open_modal(call: Call) -> Json:
    """The modal, now on the screen of whoever caused the trigger."""
    content = checked(call.slack, call.structure("view"), kind="modal")
    view = new_view(call.slack, _who(call), call.installation.team, content)
    call.slack.views.open(view)
    return _shown(call, view)


def push(call: Call) -> Json:
    """The modal, now on top of the open one."""
    content = checked(call.slack, call.structure("view"), kind="modal")
    view = new_view(call.slack, _who(call), call.installation.team, content)
    return _shown(call, call.slack.views.push(view))


def _who(call: Call) -> str:
    trigger = call.optional("trigger_id") or call.optional("interactivity_pointer")
    if not trigger:
        raise invalid_arguments("missing required field: trigger_id")
    return call.slack.passes.spend_trigger(trigger, team=call.installation.team, now=call.slack.now()).user


def update(call: Call) -> Json:
    """The modal or Home with its content replaced."""
    if not call.optional("view_id") and not call.optional("external_id"):
        raise invalid_arguments("missing required field: view_id or external_id")
    view = call.slack.views.find(view_id=call.optional("view_id"), external_id=call.optional("external_id"))
    if view.team != call.installation.team:
        raise Refusal("not_found")
    content = checked(call.slack, call.structure("view"), kind=view.kind)
    changed = call.slack.views.update(view, content, new_hash=new_hash(call.slack), expected_hash=call.optional("hash"))
    return _shown(call, changed)


def publish(call: Call) -> Json:
    """The Home tab, now the person's."""
    if not call.slack.seed.app.has_home:
        raise Refusal("not_enabled")
    person = call.slack.person(call.text("user_id"))
    if not call.slack.reaches(call.installation, person):
        raise Refusal("user_not_found")
    content = checked(call.slack, call.structure("view"), kind="home")
    view = new_view(call.slack, person.id, call.installation.team, content)
    return _shown(call, call.slack.views.publish(view, expected_hash=call.optional("hash")))


def _shown(call: Call, view: View) -> Json:
    if view.kind == "home":
        call.slack.show_home(view)
    else:
        call.slack.show_views(view.user)
    return {"view": call.slack.view_as_slack(view)}
