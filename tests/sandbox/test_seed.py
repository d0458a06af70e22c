"""Seeds and manifests."""

from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.manifest import read_app
from sandbox.seed import App, Channel, Command
from tests.sandbox.builders import SEED

MANIFEST = """
display_information: {name: Kettle}
features:
  app_home: {home_tab_enabled: true}
  bot_user: {display_name: kettle}
  slash_commands:
    - {command: /tea, description: Ask for a cup, usage_hint: "[sort]", should_escape: true}
oauth_config:
  redirect_urls: ["https://kettle.test/oauth"]
  scopes: {bot: [chat:write, commands]}
settings:
  event_subscriptions: {bot_events: [app_home_opened]}
  socket_mode_enabled: true
"""


def test_a_manifest_says_what_the_app_may_and_has(tmp_path: Path) -> None:
    path = tmp_path / "app.yaml"
    path.write_text(MANIFEST, encoding="utf-8")
    assert read_app(path, secrets=App("A1", "", "secret", "xapp")) == App(
        id="A1",
        name="kettle",
        signing_secret="secret",
        app_token="xapp",
        commands=(Command("/tea", "Ask for a cup", "[sort]", should_escape=True),),
        scopes=frozenset({"chat:write", "commands"}),
        events=frozenset({"app_home_opened"}),
        redirect_urls=("https://kettle.test/oauth",),
        has_home=True,
        socket_mode=True,
    )


@pytest.mark.parametrize(
    ("channel", "complaint"),
    [
        (Channel("C1", "tea", "T_ORBIT", ("U_NOBODY",)), "#tea has the member U_NOBODY, whom the seed does not have"),
        (Channel("C1", "tea", "T_ORBIT", ("U_MAREK",)), "U_MAREK of T_NORTH cannot be in #tea: share it there"),
        (Channel("C1", "tea", "T_NONE"), "C1 names the workspace T_NONE, which the seed does not have"),
    ],
)
def test_parts_that_do_not_fit_are_refused_by_name(channel: Channel, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        replace(SEED, channels=(channel,))
