"""The page around the local Slack: the story's steps, the toy product, and what they set going."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

from bot.demo.script import Script
from bot.demo.toy_product import Orbit
from loyalty.accounts.accounts import find_account
from loyalty.apply_programme import propose_programme
from loyalty.boards.posts import post_latest
from storage.database import OPERATOR, Database

PAGE = Path(__file__).parent / "page"
Json = dict[str, Any]


class Press(BaseModel):
    """A press of one of the product's buttons."""

    who: str
    event: str


@dataclass
class Plug:
    """How far pulling the plug has come."""

    running: bool = False
    said: list[str] = field(default_factory=list)
    result: Json | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


def create(
    script: Script,
    orbit: Orbit,
    database: Database,
    *,
    slack_url: str,
    pull: Callable[[Callable[[str], None]], Json],
    now: Callable[[], dt.datetime],
) -> FastAPI:
    """Return the page's server. `pull` pulls the plug, says what happens meanwhile, and returns what came of it."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _steps(app, script, database, now)
    _plug(app, pull)

    @app.get("/stage")
    async def stage() -> Json:
        players = [{"id": one.id, "name": one.name, "account": one.account} for one in script.people]
        steps = [step.model_dump(by_alias=True, exclude_none=True) for step in script.steps]
        buttons = [{"label": button.label, "event": button.event} for button in script.orbit]
        return {"slack": slack_url, "people": players, "steps": steps, "buttons": buttons}

    @app.post("/stage/press")
    async def press(press: Press) -> Json:
        try:
            return await run_in_threadpool(orbit.press, press.who, press.event)
        except KeyError:
            raise HTTPException(404, "nobody of that id uses Orbit, or it has no such button") from None
        except OSError:
            raise HTTPException(503, "the bot is away; nothing is lost, press again in a moment") from None

    @app.get("/")
    async def page() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    app.mount("/page", StaticFiles(directory=PAGE))
    return app


def _steps(app: FastAPI, script: Script, database: Database, now: Callable[[], dt.datetime]) -> None:
    @app.post("/stage/plan")
    async def plan() -> Json:
        text = script.programme_text().replace("points: 15,", "points: 30,", 1)
        changes = await run_in_threadpool(database.read, OPERATOR, lambda session: propose_programme(session, text))
        return {"lines": changes.lines()}

    def post_the_week(session: Session) -> bool:
        return post_latest(session, find_account(session, script.channels[0].account), now=now())

    @app.post("/stage/week")
    async def week() -> Json:
        new = await run_in_threadpool(database.write, OPERATOR, post_the_week)
        said = "The week's post is on its way." if new else "The week's post is in the channel already."
        return {"lines": [said]}


def _plug(app: FastAPI, pull: Callable[[Callable[[str], None]], Json]) -> None:
    plug = Plug()

    @app.post("/stage/plug")
    async def start() -> Json:
        with plug.lock:
            if not plug.running:
                plug.running, plug.said, plug.result = True, [], None
                threading.Thread(target=_pulling, args=(plug, pull), daemon=True).start()
        return _told(plug)

    @app.get("/stage/plug")
    async def told() -> Json:
        return _told(plug)


def _pulling(plug: Plug, pull: Callable[[Callable[[str], None]], Json]) -> None:
    try:
        plug.result = pull(plug.said.append)
    except Exception as error:  # noqa: BLE001 - shown to whoever pressed
        plug.said.append(f"It did not go as told: {error}")
    finally:
        plug.running = False


def _told(plug: Plug) -> Json:
    return {"running": plug.running, "said": list(plug.said), "result": plug.result}
