"""Scenes of webinars: how a reader comes to each listener, and what it is sure to say there."""

import datetime as dt
from collections.abc import Iterator

from slack_sdk import WebClient

from handlers.webinars import overview as webinars
from sandbox.driver import Shown
from tests.handlers.scenes import Act, Scene, acted, just, pressed, typed
from tests.handlers.webinars.builders import announce
from tests.support.languages import Stage

RUNS = dt.datetime(2026, 3, 12, 10, 25)  # noqa: DTZ001 - a local time: five minutes ago
TITLE = "XYZ Reports"
COMING = just("Add to my calendar", "I can't after all", "Only you see this.")


def in_channel(stage: Stage, value: str, action: str) -> Shown:
    """Return a message with a button in the channel, where everybody sees it."""
    slack = WebClient(token="xoxb-laurels", base_url=f"{stage.town.driver.url}/api/", retry_handlers=[])
    button = {"type": "button", "text": {"type": "plain_text", "text": "-"}, "action_id": action, "value": value}
    slack.chat_postMessage(channel="C_NORTHWIND", text="-", blocks=[{"type": "actions", "elements": [button]}])
    shown = stage.town.driver.messages("C_NORTHWIND", as_=stage.who)
    return next(each for each in reversed(shown) if not each.only_visible_to_them and each.text == "-")


def announced(stage: Stage) -> str:
    """Return what the buttons of a webinar carry that is for this scene alone."""
    announce(stage.town, f"k{stage.number}")
    return f"{stage.town.accounts['northwind']}/k{stage.number}"


def pressing(action: str, what: str = "", *, joined: bool = True) -> Act:
    """Return the way to a button of an invitation."""

    def act(stage: Stage) -> Iterator[Shown]:
        if joined:
            stage.member()
        value = "/".join(filter(None, (announced(stage), what)))
        yield stage.presses(in_channel(stage, value, action), action)

    return act


def running(stage: Stage) -> str:
    """Return the key of a webinar that is for this scene alone, that runs and has a code."""
    key = f"k{stage.number}"
    announce(stage.town, key, local_start=RUNS, code="2468")
    return key


def enters_code(stage: Stage) -> Iterator[Shown]:
    stage.member()
    key = running(stage)
    form = stage.presses(stage.types("/webinars"), "webinars.here")
    yield stage.submits(form, {"webinar": key, "code": "24 68"})


def types_here(stage: Stage) -> Iterator[Shown]:
    stage.member()
    running(stage)
    for spelling in webinars.WORDS[webinars.Word.HERE]:
        yield stage.types(f"/webinars {spelling}")
        view = stage.town.driver.view(stage.who)
        if view is not None:
            stage.town.driver.closes(view)


def opens_code(stage: Stage) -> Iterator[Shown]:
    stage.member()
    running(stage)
    yield stage.presses(stage.types("/webinars"), "webinars.here")


def asks_for_training(stage: Stage) -> Iterator[Shown]:
    stage.types("/desk", who="U_EWA")
    stage.member()
    form = stage.presses(stage.types("/webinars"), "webinars.ask")
    yield stage.submits(form, {"topic": "XYZ", "wish": ""})


LIST = just("Ask for a training")
HERE = just("What is the code?")
SCENES: tuple[Scene, ...] = (
    acted("actions", "webinars.going", pressing("webinars.going"), says=COMING),
    acted(
        "actions",
        "webinars.decline",
        pressing("webinars.decline"),
        says=just("*Noted: you can't come to {title}.* You can change your mind any time.", title=TITLE),
    ),
    acted(
        "actions",
        "webinars.more",
        pressing("webinars.more", "recording"),
        says=just("You get the recording, if there is one."),
    ),
    acted("actions", "webinars.join", pressing("webinars.join", "going", joined=False), says=COMING),
    typed("/webinars", says=LIST),
    Scene(kind="commands", id="/webinars", word="here", act=types_here, says=HERE),
    typed("/webinars", "help", says=just("*What `/webinars` knows*")),
    typed("/laurels", "webinars", says=LIST),
    pressed("webinars.show", via="/points help", says=LIST),
    acted("actions", "webinars.here", opens_code, says=HERE),
    acted(
        "views", "webinars.code", enters_code, says=just("*You're here:* {title}. Nothing else is needed.", title=TITLE)
    ),
    pressed("webinars.ask", via="/webinars", says=just("Is there anything you wish for?")),
    acted(
        "views",
        "webinars.asked",
        asks_for_training,
        says=just("*Your account manager knows:* you would like a training on {topic}.", topic="XYZ"),
    ),
    acted(
        "actions",
        "webinars.calendar",
        pressing("webinars.calendar"),
        says=just("If the time changes, your calendar may not: what Laurels tells you is what holds."),
    ),
)
UNJOINED: tuple[Scene, ...] = (
    acted("actions", "webinars.going", pressing("webinars.going", joined=False), says=just("Join and come")),
)
"""What those see who have not joined."""
