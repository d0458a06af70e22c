"""What a person does in Slack, and what comes of it."""

from dataclasses import dataclass
from typing import Any

from sandbox import blocks as kit
from sandbox import event_emitter, form_answers, payloads, responses
from sandbox.app_client import Answer
from sandbox.composed_message import escaped, typed
from sandbox.conversations import Conversation, Message
from sandbox.delivery import Delivery
from sandbox.errors import Refusal
from sandbox.form_answers import Given
from sandbox.interaction_tokens import ResponseUrl
from sandbox.modals import with_loaded_options
from sandbox.seed import Installation, Person
from sandbox.slack import Slack

Json = dict[str, Any]


@dataclass(frozen=True)
class Press:
    """A button pressed or an option chosen: where, and what else was filled in around it."""

    block_id: str
    action_id: str
    value: Any
    filled_in: Given


def here(slack: Slack, person_id: str, conversation_id: str) -> tuple[Person, Conversation]:
    """The person and the conversation they are in; refuses strangers with not_in_channel."""
    person = slack.person(person_id)
    conversation = slack.conversations.find(conversation_id)
    if person.id not in conversation.members:
        raise Refusal("not_in_channel")
    return person, conversation


async def types(delivery: Delivery, person_id: str, channel: str, text: str, thread_ts: str | None = None) -> None:
    """Send what the person has typed: a slash command to the app, anything else to the conversation."""
    slack = delivery.slack
    person, conversation = here(slack, person_id, channel)
    slack.read(person.id, conversation.id)
    if text.startswith("/"):
        await _command(delivery, person, conversation, text, thread_ts)
        return
    words = typed(slack.seed, text)
    said = slack.say(Message(channel, slack.stamp(), person.id, person.team, words, thread_ts=thread_ts))
    event_emitter.message_said(slack, said)


async def _command(
    delivery: Delivery, person: Person, conversation: Conversation, words: str, thread_ts: str | None
) -> None:
    slack = delivery.slack
    name, _, text = words.strip().partition(" ")
    command = slack.seed.command(name)
    installation = slack.installed_in(person.team)
    if command is None or installation is None:
        slack.notice(person, conversation.id, f"`{name}` is not a valid command.")
        return
    if thread_ts:
        slack.notice(person, conversation.id, f"`{name}` is not supported in threads. Sorry!", thread_ts=thread_ts)
        return
    url = _response_url(slack, person, conversation, installation, None)
    line = payloads.CommandLine(
        name,
        typed(slack.seed, text) if command.should_escape else escaped(text),
        slack.issue_trigger(person, installation),
        f"{slack.origin}/commands/{url.team}/{url.key}",
    )
    form = payloads.command_form(slack.seed, person, conversation, line)
    answer = await delivery.send("slash_commands", form, title=name)
    _answer_command(slack, person, name, url, answer)


def _answer_command(slack: Slack, person: Person, name: str, url: ResponseUrl, answer: Answer) -> None:
    if answer.reason:
        error = "operation_timeout" if answer.reason == "http_timeout" else "dispatch_failed"
        slack.notice(person, url.channel, f'{name} failed with the error "{error}"')
        return
    try:
        body = responses.acknowledged(answer)
        if body.get("text") or body.get("blocks"):
            responses.answer_interaction(slack, url, body)
    except Refusal as refusal:
        slack.notice(person, url.channel, f'{name} failed with the error "{refusal.error}"')


async def presses_in_message(delivery: Delivery, person_id: str, channel: str, ts: str, press: Press) -> bool:
    """Whether the app acknowledged a press or choice in a message; if not, the person is told beside it."""
    slack = delivery.slack
    person, conversation = here(slack, person_id, channel)
    message = slack.conversations.message(channel, ts)
    if message.only_for not in {None, person.id}:
        raise Refusal("message_not_found")
    installation = slack.installed_in(message.team)
    if installation is None or not message.app_id:
        raise Refusal("action_not_found")
    url = _response_url(slack, person, conversation, installation, ts)
    payload = payloads.interaction(slack.seed, "block_actions", person, installation.team)
    payload |= payloads.message_source(conversation, message)
    payload |= _pressed(slack, message.blocks, press)
    payload |= {
        "trigger_id": slack.issue_trigger(person, installation),
        "response_url": f"{slack.origin}/actions/{url.team}/{url.key}",
    }
    answer = await delivery.send("interactive", payload, title=f"press {press.action_id}")
    if answer.reason:
        where = {"channel": channel, "ts": ts, "words": "The app did not respond. Try again."}
        slack.feed.tell("trouble", where, frozenset({person.id}))
    return not answer.reason


async def presses_in_view(delivery: Delivery, person_id: str, view_id: str, press: Press) -> bool:
    """Whether the app acknowledged a press or choice in a modal or on its Home."""
    slack = delivery.slack
    person, view = slack.person(person_id), slack.views.find(view_id=view_id)
    installation = slack.installed_in(view.team)
    if view.user != person.id or installation is None:
        raise Refusal("not_found")
    payload = payloads.interaction(slack.seed, "block_actions", person, view.team)
    blocks = tuple(with_loaded_options(slack, view))
    pressed = _pressed(slack, blocks, press)
    payload |= pressed | {
        "container": {"type": "view", "view_id": view.id},
        "view": slack.view_as_slack(view, pressed["state"]["values"]),
        "trigger_id": slack.issue_trigger(person, installation),
    }
    answer = await delivery.send("interactive", payload, title=f"press {press.action_id}")
    return not answer.reason


def _pressed(slack: Slack, blocks: tuple[Json, ...], press: Press) -> Json:
    element = kit.find(blocks, press.block_id, press.action_id)
    action = form_answers.action(element, press.block_id, press.value, ts=slack.stamp())
    values = form_answers.state(
        blocks, press.filled_in, lambda file_id: slack.files.find(file_id).as_slack(slack.origin)
    )
    return {"state": {"values": values}, "actions": [action]}


def _response_url(
    slack: Slack, person: Person, conversation: Conversation, installation: Installation, ts: str | None
) -> ResponseUrl:
    url = ResponseUrl(slack.new_id("R"), conversation.id, person.id, installation.team, slack.now(), ts)
    slack.passes.issue_url(url)
    return url


def opens_home(slack: Slack, person_id: str, tab: str) -> None:
    """Look at the app's Home or at its messages."""
    person = slack.person(person_id)
    installation = slack.installed_in(person.team)
    if installation is None:
        raise Refusal("not_in_workspace")
    event_emitter.home_opened(slack, installation, person, tab=tab)
