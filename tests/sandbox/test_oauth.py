"""Installing the app into a workspace by OAuth."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from slack_sdk import WebClient

from sandbox.driver import Driver
from sandbox.run_servers import Site, in_background
from sandbox.seed import Installation, Person
from sandbox.server import create
from tests.sandbox.builders import SEED
from tests.sandbox.test_web_api import refused

BACK = "https://kettle.test/slack/oauth_redirect"
APP = replace(SEED.app, client_id="1.2", client_secret="secret", redirect_urls=(BACK,))
ADMIN = Person("U_OLA", "ola", "Ola Admin", "ola@northwind.test", "T_NORTH", is_admin=True)


@pytest.fixture
def url() -> Iterator[str]:
    north = Installation("T_NORTH", "", "U_KETTLE_NORTH", installed=False)
    seed = replace(SEED, app=APP, people=(*SEED.people, ADMIN), installations=(*SEED.installations, north))
    with in_background(Site(create(seed, bot_url=""))) as [url]:
        yield url


def code_for(url: str, team: str) -> str:
    asked = urlencode({"client_id": "1.2", "scope": "chat:write,commands", "state": "s", "redirect_uri": BACK})
    back = urlsplit(Driver(url).allows(f"{url}/oauth/v2/authorize?{asked}", team))
    assert f"{back.scheme}://{back.netloc}{back.path}" == BACK
    answer = parse_qs(back.query)
    assert answer["state"] == ["s"]
    return answer["code"][0]


def test_a_code_becomes_a_token_once(url: str) -> None:
    client = WebClient(base_url=f"{url}/api/")
    wanted = {"client_id": "1.2", "client_secret": "secret", "code": code_for(url, "T_NORTH"), "redirect_uri": BACK}
    granted = client.oauth_v2_access(**wanted)
    assert (granted["team"]["id"], granted["bot_user_id"], granted["authed_user"]["id"]) == (
        "T_NORTH",
        "U_KETTLE_NORTH",
        "U_OLA",
    )
    token = granted["access_token"]
    assert WebClient(token=token, base_url=f"{url}/api/").auth_test()["team_id"] == "T_NORTH"
    assert refused(client.oauth_v2_access, **wanted)["error"] == "invalid_code"


def test_installing_again_ends_the_token_before(url: str) -> None:
    client = WebClient(base_url=f"{url}/api/")
    code = code_for(url, "T_ORBIT")
    client.oauth_v2_access(client_id="1.2", client_secret="secret", code=code, redirect_uri=BACK)
    old = WebClient(token="xoxb-kettle", base_url=f"{url}/api/")
    assert refused(old.auth_test)["error"] == "account_inactive"


def test_a_wrong_secret_leaves_the_code_good(url: str) -> None:
    client = WebClient(base_url=f"{url}/api/")
    code = code_for(url, "T_NORTH")
    wrong = refused(client.oauth_v2_access, client_id="1.2", client_secret="guess", code=code, redirect_uri=BACK)
    assert wrong["error"] == "bad_client_secret"
    assert client.oauth_v2_access(client_id="1.2", client_secret="secret", code=code, redirect_uri=BACK)["ok"]
