"""What the page asks for and reports: `/client/…`, always as one person."""

from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from sandbox import event_emitter, form_uploads, modals, person_actions, snapshot, suggestions
from sandbox.delivery import Delivery
from sandbox.person_actions import Press
from sandbox.slack import Slack

Json = dict[str, Any]


class Act(BaseModel):
    """Something a person does; `as` says who."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid")
    who: str = Field(alias="as")


class Typed(Act):
    """A line in a conversation, or in a thread of it."""

    channel: str
    text: str = Field(min_length=1)
    thread_ts: str | None = None


class Pressed(Act):
    """A press or choice in a message (`channel`, `ts`) or in a view (`view`)."""

    block_id: str
    action_id: str
    value: Any = None
    filled_in: dict[str, dict[str, Any]] = {}
    channel: str = ""
    ts: str = ""
    view: str = ""


class Submitted(Act):
    """A modal, filled in."""

    view: str
    filled_in: dict[str, dict[str, Any]] = {}


class Closed(Act):
    """A modal, closed; `everything` when the whole stack was."""

    view: str
    everything: bool = False


class Uploaded(Act):
    """A file added to a modal's file input; `content` is base64."""

    name: str
    content: Base64Bytes


class Suggested(Act):
    """What is typed in an external select of a modal."""

    view: str
    block_id: str
    action_id: str
    value: str = ""


class Looked(Act):
    """The app's Home, looked at; or (tab "messages") its messages."""

    tab: str = "home"


class Visited(Act):
    """A conversation read, joined or left."""

    channel: str


def router(delivery: Delivery) -> APIRouter:
    """The page's side of this Slack. A Refusal is answered with its envelope at status 400."""
    routes = APIRouter(prefix="/client")
    _watch(routes, delivery.slack)
    _talk(routes, delivery)
    _fill_in(routes, delivery)
    _move(routes, delivery.slack)
    return routes


def _watch(routes: APIRouter, slack: Slack) -> None:
    @routes.get("/seed")
    async def seed() -> Json:
        return snapshot.of_seed(slack)

    @routes.get("/state/{person}")
    async def state(person: str) -> Json:
        return snapshot.of_person(slack, slack.person(person))

    @routes.get("/feed/{person}")
    async def feed(person: str, since: str = "", last_event_id: Annotated[str, Header()] = "") -> StreamingResponse:
        stream = slack.feed.stream(person, last_event_id or since)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def _talk(routes: APIRouter, delivery: Delivery) -> None:
    @routes.post("/type")
    async def type_(act: Typed) -> Json:
        await person_actions.types(delivery, act.who, act.channel, act.text, act.thread_ts)
        return {"ok": True}

    @routes.post("/press")
    async def press(act: Pressed) -> Json:
        pressed = Press(act.block_id, act.action_id, act.value, act.filled_in)
        if act.view:
            return {"ok": await person_actions.presses_in_view(delivery, act.who, act.view, pressed)}
        return {"ok": await person_actions.presses_in_message(delivery, act.who, act.channel, act.ts, pressed)}


def _fill_in(routes: APIRouter, delivery: Delivery) -> None:
    @routes.post("/submit")
    async def submit(act: Submitted) -> Json:
        errors = await modals.submits(delivery, act.who, act.view, act.filled_in)
        return {"ok": not errors, "errors": errors}

    @routes.post("/upload")
    async def upload(act: Uploaded) -> Json:
        file = form_uploads.uploads(delivery.slack, act.who, act.name, act.content)
        return {"ok": True, "id": file.id}

    @routes.post("/suggest")
    async def suggest(act: Suggested) -> Json:
        options = await suggestions.suggests(delivery, act.who, act.view, act.block_id, act.action_id, act.value)
        return {"ok": True, "options": options}

    @routes.post("/close")
    async def close(act: Closed) -> Json:
        await modals.closes(delivery, act.who, act.view, everything=act.everything)
        return {"ok": True}


def _move(routes: APIRouter, slack: Slack) -> None:
    @routes.post("/look")
    async def look(act: Looked) -> Json:
        person_actions.opens_home(slack, act.who, act.tab)
        return {"ok": True}

    @routes.post("/read")
    async def read(act: Visited) -> Json:
        person_actions.here(slack, act.who, act.channel)
        slack.read(act.who, act.channel)
        return {"ok": True}

    @routes.post("/join")
    async def join(act: Visited) -> Json:
        event_emitter.joins(slack, slack.person(act.who), act.channel)
        return {"ok": True}

    @routes.post("/leave")
    async def leave(act: Visited) -> Json:
        event_emitter.leaves(slack, slack.person(act.who), act.channel)
        return {"ok": True}
