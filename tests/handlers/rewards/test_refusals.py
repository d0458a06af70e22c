"""Whoever asks for a reward they cannot have, by whatever way: words that help, and nothing moves."""

import datetime as dt
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from slack_sdk import WebClient
from sqlmodel import Session

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.join import join
from loyalty.people.people import find_person
from messages.actions import RewardAction
from sandbox.driver import Shown
from storage.database import OPERATOR
from storage.tables import Person
from tests.handlers.rewards.builders import asks, bring, in_account, opens, sends, states, view, wallets, withdraw
from tests.support.workspace import NOW, Town

NOT_JOINED = {
    "U_JUN": "*참여하신 분을 위한 기능이에요.*",
    "U_GUEST": "*This is for those who joined.*",
    "U_NEW": "*This is for those who joined.*",
}


@pytest.fixture
def shop(town: Town) -> Town:
    """The town with rewards; Ania of Northwind and Jun of Hanbit with 60 points each."""
    bring(town)
    town.joins("U_ANIA")
    town.joins("U_JUN", channel="C_HANBIT")
    town.uses("northwind", "ania", times=4)
    town.uses("hanbit", "jun", times=4)
    return town


def posted(town: Town, who: str, *buttons: tuple[str, str], channel: str = "C_NORTHWIND") -> Shown:
    """Return a message with buttons (action and value), as it may stand there from long ago."""
    slack = WebClient(token="xoxb-laurels", base_url=f"{town.driver.url}/api/", retry_handlers=[])
    elements = [
        {"type": "button", "text": {"type": "plain_text", "text": f"Old {at}"}, "action_id": f"{action}#{at}"}
        | {"value": value}
        for at, (action, value) in enumerate(buttons)
    ]
    slack.chat_postMessage(channel=channel, text="Old", blocks=[{"type": "actions", "elements": elements}])
    return town.driver.messages(channel, as_=who)[-1]


ACTIONS = (
    RewardAction.LOOK,
    RewardAction.SAVE,
    RewardAction.REWARDS,
    RewardAction.MINE,
    RewardAction.DROP,
    RewardAction.GOAL,
    RewardAction.CANCEL,
)


@pytest.mark.parametrize("who", ["U_JUN", "U_GUEST", "U_NEW"])
def test_another_company_s_buttons_are_nobody_else_s(shop: Town, who: str) -> None:
    asks(shop, "northwind", "ania", "hour")
    old = posted(shop, who, *((action, f"{shop.accounts['northwind']}/1") for action in ACTIONS))
    for at in range(len(ACTIONS)):
        assert NOT_JOINED[who] in shop.presses(old, f"Old {at}").text
    assert shop.driver.view(who) is None
    assert states(shop) == [("hour", "requested", 45)]


def test_another_s_request_is_not_taken_back(shop: Town) -> None:
    asks(shop, "northwind", "ania", "hour")
    shop.joins("U_PIOTR")
    numbers = ("1", "999", "9" * 40, "xyzzy")
    old = posted(
        shop, "U_PIOTR", *((RewardAction.CANCEL, f"{shop.accounts['northwind']}/{number}") for number in numbers)
    )
    for at in range(len(numbers)):
        assert shop.presses(old, f"Old {at}").text.startswith("Nie ma takiej prośby. Nic się nie zmieniło.")
    assert states(shop) == [("hour", "requested", 45)]


def test_a_button_of_a_reward_that_is_no_more_helps(shop: Town) -> None:
    withdraw(shop, "hour")
    key = shop.accounts["northwind"]
    old = posted(shop, "U_ANIA", (RewardAction.LOOK, f"{key}/mug"), (RewardAction.LOOK, f"{key}/hour"))
    gone = shop.presses(old, "Old 0")
    assert gone.text.startswith("There is no such reward for you, or not any more.")
    assert gone.buttons == ["Rewards", "My requests"]
    assert shop.driver.presses(old, "Old 1")
    window = shop.driver.waits_for(lambda: shop.driver.view("U_ANIA"))
    assert window.words[1] == "Not offered at the moment.\nOnce a quarter."
    assert window.raw.get("submit") is None


def test_a_window_sent_twice_at_once_is_one_request(shop: Town) -> None:
    window = opens(shop, "U_ANIA", "/redeem seat at")
    with ThreadPoolExecutor(2) as threads:

        def both(_: Session) -> list[Future[dict[str, str]]]:
            """Send it twice while nobody can write; both wait for that."""
            sent = [threads.submit(shop.driver.submits, window) for _ in range(2)]
            time.sleep(0.5)
            return sent

        assert [each.result() for each in shop.database.write(OPERATOR, both)] == [{}, {}]
    assert view(shop, "U_ANIA").words[0].startswith("*You have asked for Seat at Reporting Day.*")
    assert states(shop) == [("seat", "requested", 15)]
    assert wallets(shop, "northwind", "ania")["person"] == 45


def test_whoever_was_switched_off_meanwhile_gets_nothing(shop: Town) -> None:
    window = opens(shop, "U_ANIA", "/redeem hour")
    shop.becomes("U_ANIA", deleted=True)
    assert "this account is switched off" in sends(shop, window).words[0]
    assert states(shop) == []


def test_staff_see_none(shop: Town) -> None:
    def staff(session: Session, key: int) -> None:
        session.get_one(Person, (key, find_person(session, key, "ania")[0])).staff = True

    in_account(shop, "northwind", staff)
    assert "No rewards yet." in shop.types("U_ANIA", "/rewards").text
    assert shop.types("U_ANIA", "/redeem hour").text.startswith("I know no reward called")


def test_a_window_counts_for_the_company_it_was_opened_for(shop: Town) -> None:
    """Somebody in two programmes opens it in one company's channel, and means the other elsewhere."""
    hanbit = shop.accounts["hanbit"]
    profile = SlackProfile(user=SlackUser("", "T_ORBIT", "U_ANIA"), email="ania@hanbit.example", language="en")
    shop.database.write({hanbit}, lambda session: join(session, hanbit, profile, now=NOW + dt.timedelta(hours=1)))
    sends(shop, opens(shop, "U_ANIA", "/redeem hour"))
    assert wallets(shop, "northwind", "ania")["person"] == 15
    app = shop.driver.direct("U_ANIA")
    asked = posted(shop, "U_ANIA", (RewardAction.MINE, f"{shop.accounts['northwind']}/"), channel=app)
    assert "*Hour with an expert*" in shop.presses(asked, "Old 0", channel=app).text
    assert view(shop, "U_ANIA").words[0].startswith("*You have asked for")
