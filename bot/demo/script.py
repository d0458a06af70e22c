"""The script: the people, companies, habits and steps of examples/demo.yaml, as values."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from sandbox import seed
from sandbox.manifest import read_app

HOME = Path(__file__).parents[2]
"""The checkout: examples/ and app.yaml lie here."""


class Part(BaseModel):
    """Any part of the script."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Workspace(Part):
    """The one workspace in which all meet."""

    id: str
    name: str
    domain: str


class Channel(Part):
    """A client's channel."""

    id: str
    name: str
    account: str


class Player(Part):
    """Somebody in the story; without an account: the vendor's account manager."""

    id: str
    name: str
    email: str
    tz: str
    locale: str
    account: str | None = None
    user: str | None = None
    role: str = "user"
    busy: float = 0.0
    joins: bool = True
    not_yet: tuple[str, ...] = ()
    goal: str | None = None


class Button(Part):
    """A button of the toy product: `each` takes the next of `values` at every press."""

    label: str
    event: str
    properties: dict[str, Any] = {}
    each: str | None = None
    values: tuple[str, ...] = ()


class Habit(Part):
    """What people did in the month before, `often` against the other habits."""

    event: str
    often: int
    properties: dict[str, tuple[Any, ...]] = {}


class Step(Part):
    """A step of the story: whom one becomes and where, what is pressed in Orbit, typed in Slack, or done (`act`).

    `click` is the label of a button in Slack, `choose` that of an option: the newest one, in the window on top or else
    in what is shown.
    """

    title: str
    text: str
    button: str
    as_: str | None = Field(default=None, alias="as")
    channel: str | None = None
    tab: str | None = None
    press: str | None = None
    type: str | None = None
    send: bool = False
    click: str | None = None
    choose: str | None = None
    act: Literal["plug", "plan", "week"] | None = None


class Script(Part):
    """The whole of examples/demo.yaml."""

    now: str
    programme: str
    workspace: Workspace
    channels: tuple[Channel, ...]
    people: tuple[Player, ...]
    orbit: tuple[Button, ...]
    habits: tuple[Habit, ...]
    steps: tuple[Step, ...]

    @property
    def morning(self) -> dt.datetime:
        """When the story begins."""
        return dt.datetime.fromisoformat(self.now)

    def programme_text(self) -> str:
        """Return the demo's programme."""
        return (HOME / "examples" / self.programme).read_text(encoding="utf-8")


def read_script() -> Script:
    """Return the script in examples/demo.yaml."""
    text = (HOME / "examples" / "demo.yaml").read_text(encoding="utf-8")
    return Script.model_validate(YAML(typ="safe", pure=True).load(text))


def slack_of(script: Script, *, bot_token: str, signing_secret: str) -> seed.Seed:
    """Return the Slack that they meet in: its people and channels, the bot installed."""
    team = script.workspace.id
    everybody = tuple(player.id for player in script.people)
    app = read_app(HOME / "app.yaml", secrets=seed.App("A0LAURELS", "Laurels", signing_secret, app_token=""))
    return seed.Seed(
        # Signed HTTP, whatever the manifest prefers: the bot listens beside.
        app=replace(app, socket_mode=False),
        workspaces=(seed.Workspace(team, script.workspace.name, script.workspace.domain),),
        people=tuple(_person(player, team) for player in script.people),
        channels=tuple(
            seed.Channel(channel.id, channel.name, team, _members(script, channel, everybody))
            for channel in script.channels
        ),
        installations=(seed.Installation(team, bot_token, "U0LAURELS"),),
    )


def _person(player: Player, team: str) -> seed.Person:
    handle = player.email.partition("@")[0]
    return seed.Person(player.id, handle, player.name, player.email, team, tz=player.tz, locale=player.locale)


def _members(script: Script, channel: Channel, everybody: tuple[str, ...]) -> tuple[str, ...]:
    inside = {player.id for player in script.people if player.account in {channel.account, None}}
    return (*(person for person in everybody if person in inside), "U0LAURELS")
