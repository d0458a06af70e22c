"""A small bot, written with Bolt as any bot is, for the local Slack to talk to."""

import threading
import time
from typing import Any

from fastapi import FastAPI, Request, Response
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk import WebClient
from starlette.concurrency import run_in_threadpool

Json = dict[str, Any]


def text_block(words: str, block_id: str = "words") -> Json:
    return {"type": "section", "block_id": block_id, "text": {"type": "mrkdwn", "text": words}}


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": label}, **more}


def cup(sort: str) -> list[Json]:
    buttons = [button("Drink", "drink", value=sort, style="primary"), button("Pour away", "pour", style="danger")]
    return [text_block(f"A cup of *{sort}*"), {"type": "actions", "block_id": "cup", "elements": buttons}]


ORDER: Json = {
    "type": "modal",
    "callback_id": "order",
    "notify_on_close": True,
    "private_metadata": "table 4",
    "title": {"type": "plain_text", "text": "Your order"},
    "submit": {"type": "plain_text", "text": "Order"},
    "blocks": [
        {
            "type": "input",
            "block_id": "sort",
            "label": {"type": "plain_text", "text": "Sort"},
            "element": {
                "type": "static_select",
                "action_id": "choice",
                "options": [
                    {"text": {"type": "plain_text", "text": name.title()}, "value": name} for name in ("green", "black")
                ],
            },
        },
        {
            "type": "input",
            "block_id": "note",
            "optional": True,
            "label": {"type": "plain_text", "text": "Note"},
            "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
        },
    ],
}


LIST: Json = {
    "type": "modal",
    "callback_id": "list",
    "title": {"type": "plain_text", "text": "Your list"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "leaves",
            "label": {"type": "plain_text", "text": "Leaves"},
            "element": {"type": "file_input", "action_id": "file", "filetypes": ["csv"], "max_files": 1},
        },
        {
            "type": "input",
            "block_id": "garden",
            "label": {"type": "plain_text", "text": "Garden"},
            "element": {"type": "external_select", "action_id": "found", "min_query_length": 2},
        },
    ],
}
GARDENS = ("Uji", "Ujazd", "Darjeeling")


class Kettle:
    """The bot and what it has heard. `connect` tells it where its Slack is.

    It answers with the `statuses` before it does so by itself, with `manners` as their headers, and waits for each of
    the `holds` before it listens to a request.
    """

    def __init__(self) -> None:
        self.heard: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.statuses: list[int] = []
        self.manners: dict[str, str] = {}
        self.holds: list[threading.Event] = []
        self.web = FastAPI()
        self.web.post("/slack/events")(self.receive)
        self.bolt: App | None = None
        self._lock = threading.Lock()

    def connect(self, slack_url: str) -> WebClient:
        client = WebClient(token="xoxb-kettle", base_url=f"{slack_url}/api/")
        client.retry_handlers = []
        self.bolt = App(
            client=client,
            signing_secret="signing-secret",
            process_before_response=True,
            raise_error_for_unhandled_request=False,
        )
        register(self.bolt, self.note)
        return client

    async def receive(self, request: Request) -> Response:
        assert self.bolt is not None
        self.headers.append(dict(request.headers))
        if self.statuses:
            return Response(status_code=self.statuses.pop(0), headers=self.manners)
        body = await request.body()
        if self.holds:
            await run_in_threadpool(self.holds.pop(0).wait, 10)
        answer = await run_in_threadpool(self.bolt.dispatch, to_bolt_request(request, body))
        return to_starlette_response(answer)

    def note(self, body: Json) -> None:
        with self._lock:
            self.heard.append(body)


def register(app: App, note: Any) -> None:
    """Give the bot its listeners."""
    _commands(app, note)
    _presses(app, note)
    _modals(app, note)
    _events(app, note)


def _commands(app: App, note: Any) -> None:
    @app.command("/tea")
    def tea(ack: Any, body: Json) -> None:
        note(body)
        text = body["text"]
        if not text:
            ack("What sort?")
        elif text == "loud":
            ack(text="Tea for everybody", response_type="in_channel")
        else:
            ack(text=f"A cup of {text}", blocks=cup(text))

    @app.command("/order")
    def order(ack: Any, body: Json, client: WebClient) -> None:
        note(body)
        client.views_open(trigger_id=body["trigger_id"], view=ORDER)
        ack()

    @app.command("/list")
    def list_(ack: Any, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=LIST)
        ack()

    @app.command("/slow")
    def slow(ack: Any) -> None:
        time.sleep(1.8)
        ack()

    @app.command("/broken")
    def broken() -> None:
        raise RuntimeError("the kettle is broken")

    @app.command("/mention")
    def mention(ack: Any, body: Json) -> None:
        note(body)
        ack(body["text"])


def _presses(app: App, note: Any) -> None:
    @app.action("drink")
    def drink(ack: Any, body: Json, respond: Any) -> None:
        note(body)
        ack()
        respond(f"{body['actions'][0]['value']} was good")

    @app.action("pour")
    def pour(ack: Any, respond: Any) -> None:
        ack()
        respond(delete_original=True)

    @app.action("anything")
    def anything(ack: Any, body: Json) -> None:
        note(body)
        ack()


def _modals(app: App, note: Any) -> None:
    answers: dict[str, Json] = {
        "more": {"response_action": "push", "view": titled("One more")},
        "other": {"response_action": "update", "view": titled("Another")},
        "enough": {"response_action": "clear"},
        "long": {"response_action": "update", "view": titled("x" * 25)},
        "longer": {"response_action": "push", "view": titled("x" * 26)},
        "coffee": {"response_action": "errors", "errors": {"note": "We have tea."}},
    }

    @app.view("order")
    def ordered(ack: Any, body: Json) -> None:
        note(body)
        wish = body["view"]["state"]["values"]["note"]["text"]["value"]
        ack(**answers.get(wish, {}))

    @app.options("found")
    def gardens(ack: Any, body: Json) -> None:
        note(body)
        typed = body["value"].lower()
        label = "x" * 76 if typed == "long" else None
        names = [name for name in GARDENS if name.lower().startswith(typed)] or ["Long"] * bool(label)
        ack(options=[{"text": {"type": "plain_text", "text": label or name}, "value": name} for name in names])

    @app.view("list")
    def listed(ack: Any, body: Json) -> None:
        note(body)
        ack()

    @app.view_closed("order")
    def unordered(ack: Any, body: Json) -> None:
        note(body)
        ack()


def titled(title: str) -> Json:
    return ORDER | {"title": {"type": "plain_text", "text": title}}


def _events(app: App, note: Any) -> None:
    @app.event("app_home_opened")
    def home(event: Json, client: WebClient, body: Json) -> None:
        note(body)
        row = {"type": "actions", "block_id": "cups", "elements": [button("Tea", "anything", value="1")]}
        blocks = [text_block("Your cups"), row]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    def listener(body: Json) -> None:
        note(body)

    for event in ("member_joined_channel", "message", "app_mention", "app_uninstalled", "tokens_revoked"):
        app.event(event)(listener)
