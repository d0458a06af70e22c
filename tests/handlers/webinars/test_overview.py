import datetime as dt

from tests.handlers.webinars.builders import announce, answer, state
from tests.support.workspace import Town

EARLIER = dt.datetime(2026, 3, 12, 10, 25)  # noqa: DTZ001 - a local time in Warsaw, five minutes ago


def test_webinars_lists_what_one_answered_and_what_is_open_of_ones_own_client_alone(paying: Town) -> None:
    paying.joins("U_ANIA")
    announce(paying, "one")
    announce(paying, "two", accounts=("northwind",))
    announce(paying, "other", accounts=("hanbit",))
    answer(paying, "ania", "going", key="one")
    shown = paying.types("U_ANIA", "/webinars")
    lines = shown.text.splitlines()
    assert lines.index("*You answered*") < lines.index("*Open to you*")
    assert shown.text.count("*XYZ Reports*, Friday 20 March, 15:00–15:30 (Warsaw, your time)") == 2
    assert "You're coming. The link: https://meet.orbit.example/r" in shown.text
    assert "I'm coming: XYZ Reports" in shown.buttons


def test_nothing_yet_says_what_this_will_be(paying: Town) -> None:
    paying.joins("U_ANIA")
    assert "*No webinars yet.* Invitations will stand here." in paying.types("U_ANIA", "/webinars").text


def test_the_code_is_taken_by_command_and_a_wrong_one_says_so(paying: Town) -> None:
    paying.joins("U_ANIA")
    announce(paying, "now", local_start=EARLIER, code="2468")
    assert "That is not the code." in paying.types("U_ANIA", "/webinars here 1111").text
    assert "*You're here:* XYZ Reports." in paying.types("U_ANIA", "/webinars here 24 68").text


def test_a_wrong_code_stands_beside_its_field(paying: Town) -> None:
    paying.joins("U_ANIA")
    announce(paying, "now", local_start=EARLIER, code="2468")
    assert paying.driver.types("U_ANIA", "C_NORTHWIND", "/webinars here") is None
    form = paying.driver.view("U_ANIA")
    assert form is not None
    wrong = {"code": "That is not the code. Please look again."}
    assert [paying.driver.submits(form, {"code": "1"}) for _ in range(4)] == [wrong] * 4
    assert paying.driver.submits(form, {"code": "1"}) == {"code": "That is not the code. You can try again at 10:40."}


def test_home_has_an_invitation_with_its_one_button(paying: Town) -> None:
    paying.joins("U_ANIA")
    announce(paying)
    home = paying.driver.opens_home("U_ANIA")
    assert "I'm coming: XYZ Reports" in home.buttons
    assert paying.driver.presses(home, "webinars.going#reports")
    paying.driver.waits_for(lambda: "You're coming." in "".join(_words(paying)) or None)
    assert state(paying, "ania").answer == "going"


def _words(town: Town) -> list[str]:
    home = town.driver.home("U_ANIA")
    return home.words if home else []


def test_a_training_is_asked_for_once_its_topic_is_named(paying: Town) -> None:
    paying.types("U_EWA", "/desk")
    paying.joins("U_ANIA")
    assert paying.driver.presses(paying.types("U_ANIA", "/webinars"), "Ask for a training")
    form = paying.driver.waits_for(lambda: paying.driver.view("U_ANIA"))
    assert paying.driver.submits(form, {"topic": "   "}) == {
        "topic": "Please name the topic, in at most 200 characters."
    }
    assert paying.driver.submits(form, {"topic": "Forecasts", "wish": "Mornings"}) == {}
    receipt = paying.driver.view("U_ANIA")
    assert receipt is not None
    assert "*Your account manager knows:* you would like a training on Forecasts." in receipt.words
