"""A modal's file input, and a select whose options the app loads."""

from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from sandbox.driver import Shown
from tests.sandbox.conftest import Town
from tests.sandbox.test_page import page, visit

__all__ = ["page"]
CONTENT = b"sort,grams\nzielona,100\n"


def opened(town: Town) -> Shown:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/list")
    view = town.driver.view("U_ANIA")
    assert view is not None
    return view


def test_a_file_and_a_loaded_option_reach_the_app(town: Town) -> None:
    view = opened(town)
    file = town.driver.uploads("U_ANIA", "leaves.csv", CONTENT)
    assert town.driver.suggestions(view, "Garden", "uj") == ["Uji", "Ujazd"]
    asked = town.kettle.heard[-1]
    assert (asked["type"], asked["block_id"], asked["action_id"], asked["value"]) == (
        "block_suggestion",
        "garden",
        "found",
        "uj",
    )
    assert town.driver.submits(view, {"Leaves": [file], "Garden": "Ujazd"}) == {}
    values = town.kettle.heard[-1]["view"]["state"]["values"]
    (sent,) = values["leaves"]["file"]["files"]
    assert (sent["id"], sent["name"], sent["size"], sent["user"]) == (file, "leaves.csv", len(CONTENT), "U_ANIA")
    assert values["garden"]["found"]["selected_option"]["value"] == "Ujazd"


def test_the_app_reads_the_file_with_its_token_and_nobody_without(town: Town) -> None:
    file = town.slack.files.find(town.driver.uploads("U_ANIA", "leaves.csv", CONTENT))
    address = file.as_slack(town.url)["url_private_download"]
    with urlopen(Request(address, headers={"Authorization": "Bearer xoxb-kettle"})) as answer:  # noqa: S310 - our own
        assert answer.read() == CONTENT
    with urlopen(address) as answer:  # noqa: S310 - our own
        assert CONTENT not in answer.read()
        assert "text/html" in answer.headers["Content-Type"]


def test_only_what_was_offered_can_be_chosen(town: Town) -> None:
    view = opened(town)
    file = town.driver.uploads("U_ANIA", "leaves.csv", CONTENT)
    town.driver.suggestions(view, "Garden", "uj")
    with pytest.raises(RuntimeError, match="option_not_found"):
        town.driver.submits(view, {"Leaves": [file], "Garden": "Darjeeling"})


def test_slack_itself_asks_for_the_right_files(town: Town) -> None:
    view = opened(town)
    town.driver.suggestions(view, "Garden", "uj")
    csv, text = (town.driver.uploads("U_ANIA", name, CONTENT) for name in ("leaves.csv", "leaves.txt"))
    heard = len(town.kettle.heard)
    asked = {"Garden": "Uji"}
    assert town.driver.submits(view, asked) == {"leaves": "Please complete this required field."}
    assert town.driver.submits(view, asked | {"Leaves": [text]}) == {
        "leaves": "Please add a file of one of these types: csv."
    }
    assert town.driver.submits(view, asked | {"Leaves": [csv, csv]}) == {"leaves": "You can add at most 1 file."}
    assert len(town.kettle.heard) == heard


def test_options_are_held_to_slacks_limits_and_to_the_least_query(town: Town) -> None:
    view = opened(town)
    with pytest.raises(RuntimeError, match="must be less than 76 characters"):
        town.driver.suggestions(view, "Garden", "long")
    with pytest.raises(RuntimeError, match="action_not_found"):
        town.driver.suggestions(view, "Garden", "u")


def test_another_persons_view_suggests_nothing(town: Town) -> None:
    view = opened(town)
    with pytest.raises(RuntimeError, match="not_found"):
        town.driver.suggestions(Shown("U_JUN", view.place, view.raw), "Garden", "uj")


def test_a_file_and_an_option_are_added_on_the_page(page: Page, town: Town) -> None:
    opened(town)
    visit(page, town, "as=U_ANIA&channel=C_NORTHWIND")
    form = page.get_by_role("dialog")
    form.get_by_label("Leaves").set_input_files({"name": "leaves.csv", "mimeType": "text/csv", "buffer": CONTENT})
    expect(form.get_by_text("1 file added")).to_be_visible()
    form.get_by_label("Garden", exact=True).press_sequentially("uja")
    expect(form.get_by_text("1 found")).to_be_visible()
    form.get_by_label("Options: found").select_option("Ujazd")
    form.get_by_role("button", name="Send").click()
    expect(form).to_be_hidden()
    values = town.kettle.heard[-1]["view"]["state"]["values"]
    assert [file["name"] for file in values["leaves"]["file"]["files"]] == ["leaves.csv"]
    assert values["garden"]["found"]["selected_option"]["value"] == "Ujazd"
