"""Scenes of webinars: how a reader comes to each listener, and what it is sure to say there."""

from collections.abc import Iterator

from slack_sdk import WebClient

from sandbox.driver import Shown
from tests.handlers.scenes import Act, Scene, acted, just
from tests.handlers.webinars.builders import announce
from tests.support.languages import Stage

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
