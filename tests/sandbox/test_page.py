"""The page, in a real browser."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from sandbox.seed import Seed
from tests.sandbox.app_double import button, cup, text_block, titled
from tests.sandbox.builders import SEED
from tests.sandbox.conftest import Town

CONTRAST = Path(__file__).parent / "contrast.js"
LONG = "Wolfeschlegelsteinhausenbergerdorff-Konstantynopolitańczykowianeczka "
TOO_WIDE = """() => [...document.querySelectorAll("html, .bar, .sidebar, .scroll, .messages, .panel, .composer")]
    .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.className)"""

EVERYTHING = [
    {"type": "header", "block_id": "h", "text": {"type": "plain_text", "text": "This week :tada:"}},
    text_block("*820 cups*, _more_ than `last` week; <https://example.com|how> <@U_ANIA> 박준 &lt;!channel&gt;"),
    {"type": "divider"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "Only *you* know"}]},
    {"type": "actions", "elements": [button("Drink", "anything"), button("Read", "b", url="https://example.com")]},
    {"type": "card", "title": {"type": "plain_text", "text": "A card"}},
]


@pytest.fixture
def page(browser: Browser, town: Town) -> Iterator[Page]:
    """The page as Ania sees it; whatever the browser complains of or asks of others fails the test."""
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith(town.url) else complaints.append(request.url))
    visit(page, town, "as=U_ANIA&channel=C_NORTHWIND")
    yield page
    context.close()
    assert complaints == []


def visit(page: Page, town: Town, query: str) -> None:
    page.goto(f"{town.url}/?{query}")
    page.wait_for_selector("body[data-ready]")


def test_a_command_is_completed_and_answered_by_keyboard_alone(page: Page) -> None:
    page.get_by_role("combobox", name="Message #northwind").press_sequentially("/te")
    page.keyboard.press("Tab")
    page.keyboard.type("green")
    page.keyboard.press("Enter")
    reply = page.locator(".message", has_text="A cup of green")
    expect(reply).to_contain_text("Only visible to you")
    reply.get_by_role("button", name="Drink").press("Enter")
    expect(page.locator(".message")).to_contain_text(["green was good"])


def test_every_block_is_drawn_and_the_unknown_named(page: Page, town: Town) -> None:
    town.client.chat_postMessage(channel="C_NORTHWIND", text="Week", blocks=EVERYTHING)
    message = page.locator(".message").last
    expect(message.locator(".block-header")).to_have_text("This week 🎉")
    expect(message.locator("strong", has_text="820 cups")).to_be_visible()
    expect(message.locator("em", has_text="more")).to_be_visible()
    expect(message.get_by_role("link", name="how")).to_have_attribute("href", "https://example.com")
    expect(message.locator(".mention.ping")).to_have_text("@Ania Nowak")
    expect(message).to_contain_text("박준 <!channel>")
    expect(message.locator(".block-unknown")).to_contain_text("“card”")


def test_what_people_write_is_never_markup(page: Page, town: Town) -> None:
    town.driver.types("U_EWA", "C_NORTHWIND", "<img src=x onerror=alert(1)> & <!channel>")
    expect(page.locator(".message .text")).to_have_text("<img src=x onerror=alert(1)> & <!channel>")
    expect(page.locator(".message.pinged")).to_have_count(0)


def test_an_address_is_a_link_but_where_text_is_verbatim(page: Page, town: Town) -> None:
    said = {"type": "mrkdwn", "text": "*Ania* https://example.com"}
    for verbatim in (False, True):
        blocks = [{"type": "section", "text": said | {"verbatim": verbatim}}]
        town.client.chat_postMessage(channel="C_NORTHWIND", text="Ania", blocks=blocks)
        town.clock.move(seconds=1)
    linked, plain = page.locator(".message").nth(-2), page.locator(".message").last
    expect(linked.get_by_role("link")).to_have_text("https://example.com")
    expect(plain).to_contain_text("Ania https://example.com")
    expect(plain.get_by_role("link")).to_have_count(0)


def test_only_an_unescaped_call_pings(page: Page, town: Town) -> None:
    town.client.chat_postMessage(channel="C_NORTHWIND", text="<!channel> tea")
    expect(page.locator(".message.pinged")).to_have_count(1)


def test_messages_elsewhere_are_counted_and_all_are_announced(page: Page, town: Town) -> None:
    town.client.chat_postMessage(channel="U_ANIA", text="Your tea")
    expect(page.locator(".entry.unread")).to_contain_text("Kettle")
    expect(page.locator(".count")).to_have_text("1 unread")
    expect(page.get_by_role("log", name="What is new")).to_have_text("Kettle in Kettle: Your tea")
    page.get_by_role("button", name="Kettle").click()
    expect(page.locator(".count")).to_have_count(0)


def test_a_modal_holds_the_focus_says_what_is_missing_and_sends_the_rest(page: Page, town: Town) -> None:
    page.get_by_role("combobox", name="Message #northwind").fill("/order")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Your order")
    dialog.get_by_label("Note").fill("hot")
    dialog.get_by_role("button", name="Order").click()
    expect(dialog.get_by_text("Please complete this required field.")).to_be_visible()
    expect(dialog.get_by_label("Sort")).to_be_focused()
    expect(dialog.get_by_label("Note")).to_have_value("hot")
    dialog.get_by_label("Sort").select_option("Black")
    dialog.get_by_role("button", name="Order").click()
    expect(dialog).not_to_be_visible()
    values = town.kettle.heard[-1]["view"]["state"]["values"]
    assert values["sort"]["choice"]["selected_option"]["value"] == "black"


def test_escape_closes_a_modal_and_the_app_hears_of_it(page: Page, town: Town) -> None:
    page.get_by_role("combobox", name="Message #northwind").fill("/order")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    assert town.driver.waits_for(lambda: town.kettle.heard[-1].get("type") == "view_closed")


def test_the_home_is_published_on_first_sight(page: Page) -> None:
    page.get_by_role("button", name="Kettle").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.locator("#home")).to_contain_text("Your cups")


def test_becoming_somebody_else_shows_what_they_see(page: Page, town: Town) -> None:
    town.client.chat_postEphemeral(channel="C_NORTHWIND", user="U_ANIA", text="For Ania")
    expect(page.locator(".message")).to_contain_text("For Ania")
    page.get_by_label("You are").select_option("Marek Lis")
    expect(page.locator("#workspace-name")).to_have_text("Northwind")
    expect(page.locator(".message")).to_have_count(0)


def test_korean_is_not_boxes(page: Page, town: Town) -> None:
    town.driver.types("U_EWA", "C_NORTHWIND", "박준")
    expect(page.locator(".message")).to_contain_text("박준")
    page.evaluate("document.fonts.ready")
    loaded = "[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family)"
    assert "Sandbox CJK" in {family.strip('"') for family in page.evaluate(loaded)}


def test_times_are_the_persons_own(page: Page, town: Town) -> None:
    town.client.chat_postMessage(channel="U_JUN", text="at <!date^1742220000^{date_num} {time}|then>")
    visit(page, town, "as=U_JUN&channel=app")
    expect(page.locator(".message .text")).to_have_text("at 2025. 03. 17. 오후 11:00")


def test_the_page_around_steers_it_by_messages(page: Page, town: Town) -> None:
    around = f'<iframe id="f" src="{town.url}/?as=U_EWA" width="900" height="600"></iframe>'
    page.route("**/around", lambda route: route.fulfill(body=around, content_type="text/html"))
    page.goto(f"{town.url}/around")
    inside = page.frame_locator("#f")
    expect(inside.locator("body[data-ready]")).to_be_attached()
    wish = {"as": "U_ANIA", "channel": "C_NORTHWIND", "type": "/tea loud", "send": True}
    page.evaluate("(wish) => document.getElementById('f').contentWindow.postMessage(wish, '*')", wish)
    expect(inside.locator(".message")).to_contain_text("Tea for everybody")
    expect(inside.get_by_label("You are")).to_have_value("U_ANIA")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page: Page, town: Town, theme: str) -> None:
    town.client.chat_postMessage(channel="C_NORTHWIND", text="Week <@U_ANIA>", blocks=EVERYTHING)
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea green")
    visit(page, town, f"as=U_ANIA&channel=C_NORTHWIND&theme={theme}")
    expect(page.locator(".message")).to_have_count(2)
    assert page.evaluate(CONTRAST.read_text(encoding="utf-8")) == []


def test_the_newest_message_is_in_sight_though_pictures_come_late(page: Page, town: Town) -> None:
    file = town.client.files_upload_v2(filename="chart.png", content=picture(600, 1200))["file"]["id"]
    town.clock.move(seconds=1)
    image = [{"type": "image", "alt_text": "Chart", "slack_file": {"id": file}}]
    for said in ({"text": "line\n" * 40}, {"text": "Chart", "blocks": image}, {"text": "Well done"}):
        town.client.chat_postMessage(channel="C_NORTHWIND", **said)
        town.clock.move(seconds=1)
    visit(page, town, "as=U_ANIA&channel=C_NORTHWIND")
    expect(page.locator(".message").last).to_be_in_viewport()
    # Not `wait_for_function`: it evaluates text in the page, which the page's policy forbids.
    expect(page.locator(".block-image img")).to_have_js_property("complete", value=True)
    expect(page.locator(".message").last).to_be_in_viewport()
    page.get_by_role("combobox", name="Message #northwind").focus()
    expect(page.get_by_role("heading", name="# northwind")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("combobox", name="Message #northwind")).to_be_in_viewport(ratio=1)


def test_a_thread_opens_beside_the_channel_and_takes_replies(page: Page, town: Town) -> None:
    town.client.chat_postMessage(channel="C_NORTHWIND", text="Tea?")
    message = page.locator("#messages .message")
    message.hover()
    message.get_by_role("button", name="Reply in thread").click()
    page.get_by_label("Reply in the thread").fill("Yes")
    page.keyboard.press("Enter")
    expect(page.locator("#thread .message")).to_contain_text(["Tea?", "Yes"])
    expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    expect(page.locator("#messages .message")).to_have_count(1)


def test_the_traffic_shows_each_request_with_its_answer(page: Page) -> None:
    page.get_by_role("button", name="Traffic").click()
    page.get_by_role("combobox", name="Message #northwind").fill("/tea green")
    page.keyboard.press("Enter")
    entry = page.locator(".exchange", has_text="/tea")
    entry.locator("summary").click()
    expect(entry).to_contain_text("X-Slack-Signature: v0=")
    expect(entry).to_contain_text("user_name: ania")
    expect(entry).to_contain_text("A cup of green")
    page.get_by_role("combobox", name="Message #northwind").fill("/tea black")
    page.keyboard.press("Enter")
    expect(page.locator(".exchange", has_text="black")).to_have_count(1)
    expect(page.locator(".exchange", has_text="green")).to_have_attribute("open", "")


def picture(width: int, height: int) -> bytes:
    """A white PNG of this size."""
    rows = (b"\x00" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_press_without_an_answer_says_so_beside_the_message(page: Page, town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea green")
    town.kettle.statuses.append(500)
    page.get_by_role("button", name="Drink").click()
    expect(page.get_by_role("alert")).to_have_text("The app did not respond. Try again.")
    page.get_by_role("button", name="Drink").click()
    expect(page.locator(".message")).to_contain_text("green was good")
    expect(page.get_by_role("alert")).to_have_count(0)


def focused(page: Page) -> str:
    """Return the message, or else the control, that holds the focus."""
    return str(page.evaluate("(document.activeElement.closest('.message') ?? document.activeElement).textContent"))


def test_the_focus_stays_where_a_pressed_button_was(page: Page, town: Town) -> None:
    page.get_by_role("combobox", name="Message #northwind").fill("/tea green")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Drink").press("Enter")
    expect(page.locator(".message")).to_contain_text("green was good")
    assert "green was good" in focused(page)
    posted = town.client.chat_postMessage(channel="C_NORTHWIND", text="A cup", blocks=cup("black"))
    page.get_by_role("button", name="Pour away").focus()
    town.client.chat_update(channel="C_NORTHWIND", ts=posted["ts"], text="A cup", blocks=cup("white"))
    expect(page.locator(".message").last).to_contain_text("white")
    expect(page.get_by_role("button", name="Pour away")).to_be_focused()


def test_the_home_keeps_the_focus_when_it_is_published_anew(page: Page, town: Town) -> None:
    page.get_by_role("button", name="Kettle").click()
    page.get_by_role("tab", name="Home").click()
    page.get_by_role("button", name="Tea").focus()
    home = town.driver.home("U_ANIA")
    assert home is not None
    town.client.views_publish(user_id="U_ANIA", view={"type": "home", "blocks": [*home.blocks, {"type": "divider"}]})
    expect(page.locator("#home hr")).to_have_count(1)
    expect(page.get_by_role("button", name="Tea")).to_be_focused()


def test_a_modal_keeps_the_focus_and_what_is_typed_when_it_is_changed(page: Page, town: Town) -> None:
    page.get_by_role("combobox", name="Message #northwind").fill("/order")
    page.keyboard.press("Enter")
    note = page.get_by_role("dialog").get_by_label("Note")
    note.fill("hot")
    shown = town.driver.view("U_ANIA")
    assert shown is not None
    town.client.views_update(view_id=shown.raw["id"], view=titled("Ours"))
    expect(page.get_by_role("dialog", name="Ours")).to_be_visible()
    expect(note).to_be_focused()
    expect(note).to_have_value("hot")


def test_what_is_half_typed_stays_when_others_write(page: Page, town: Town) -> None:
    asked = town.client.chat_postMessage(channel="C_NORTHWIND", text="Tea?")
    page.get_by_role("button", name="Reply in thread").press("Enter")
    for box in ("Reply in the thread", "Message #northwind"):
        page.get_by_label(box).press_sequentially("half")
        town.driver.types("U_EWA", "C_NORTHWIND", f"Yes, {box}", thread_ts=asked["ts"])
        expect(page.locator("#thread .message").last).to_contain_text(box)
        expect(page.get_by_label(box)).to_be_focused()
        expect(page.get_by_label(box)).to_have_value("half")


def test_a_press_on_the_home_without_an_answer_says_so(page: Page, town: Town) -> None:
    page.get_by_role("button", name="Kettle").click()
    page.get_by_role("tab", name="Home").click()
    tea = page.get_by_role("button", name="Tea")
    town.driver.waits_for(lambda: len(town.kettle.heard) == 2)  # both tabs were told
    expect(tea).to_be_visible()
    town.kettle.statuses.append(500)
    tea.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The app did not respond. Try again.")
    tea.press("Enter")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_came_to_nothing_is_said(page: Page, town: Town) -> None:
    town.client.chat_postMessage(channel="C_NORTHWIND", text="A cup", blocks=cup("black"))
    expect(page.get_by_role("button", name="Drink")).to_be_visible()
    page.evaluate("() => { window.fetch = async () => { throw new TypeError('Failed to fetch'); }; }")
    page.get_by_role("button", name="Drink").press("Enter")
    expect(page.get_by_role("alert")).to_have_text("That came to nothing (Failed to fetch). Try again.")


def test_everything_new_is_announced_as_plain_words(page: Page, town: Town) -> None:
    for _ in range(2):
        posted = town.client.chat_postMessage(channel="C_NORTHWIND", text="*Tea* for <@U_ANIA> &amp; :tada:")
        town.clock.move(seconds=1)
    town.client.chat_update(channel="C_NORTHWIND", ts=posted["ts"], text="No tea")
    town.client.reactions_add(channel="C_NORTHWIND", timestamp=posted["ts"], name="tea")
    town.driver.types("U_EWA", "C_NORTHWIND", "Why?", thread_ts=posted["ts"])
    tea = "Kettle in northwind: Tea for @Ania Nowak & 🎉"
    expect(page.locator("#announcer p")).to_have_text(
        [tea, tea, "Kettle in northwind: No tea", "Ewa Kowal in northwind, in a thread: Why?"]
    )
    page.get_by_label("You are").select_option("Marek Lis")
    expect(page.locator("#announcer p")).to_have_count(0)


def test_replies_in_a_thread_leave_no_unread_mark_and_messages_behind_the_home_do(page: Page, town: Town) -> None:
    page.get_by_role("button", name="Kettle").click()
    page.get_by_role("tab", name="Home").click()
    asked = town.driver.types("U_EWA", "C_NORTHWIND", "Tea?")
    assert asked is not None
    town.driver.types("U_EWA", "C_NORTHWIND", "Tea!", thread_ts=asked.raw["ts"])
    town.client.chat_postMessage(channel="U_ANIA", text="Your tea")
    expect(page.locator("#announcer")).to_contain_text("Your tea")
    expect(page.locator(".count")).to_have_text(["1 unread", "1 unread"])
    page.get_by_role("tab", name="Messages").click()
    expect(page.locator(".count")).to_have_count(1)


def test_what_is_read_in_one_tab_is_read_in_the_other(page: Page, town: Town) -> None:
    other = page.context.new_page()
    visit(other, town, "as=U_ANIA&channel=app")
    town.client.chat_postMessage(channel="C_NORTHWIND", text="Tea")
    expect(page.locator(".message")).to_contain_text("Tea")
    expect(other.locator("#announcer")).to_contain_text("Tea")
    expect(other.locator(".count")).to_have_count(0)
    expect(page.locator(".count")).to_have_count(0)


def test_whoever_is_chosen_last_is_who_one_is(page: Page, town: Town) -> None:
    delayed: list[Route] = []
    page.route("**/client/state/U_EWA", lambda route: delayed.append(route))
    page.get_by_label("You are").select_option("Ewa Kowal")
    page.get_by_label("You are").select_option("Jun Park 박준")
    expect(page.get_by_role("heading", name="# general")).to_be_visible()
    delayed[0].continue_()
    town.client.chat_postEphemeral(channel="C_NORTHWIND", user="U_EWA", text="For Ewa")
    town.client.chat_postMessage(channel="U_JUN", text="For Jun")
    expect(page.locator("#announcer")).to_have_text("Kettle in Kettle: For Jun")
    expect(page.get_by_label("You are")).to_have_value("U_JUN")


def test_escape_closes_a_thread_and_the_traffic(page: Page, town: Town) -> None:
    town.client.chat_postMessage(channel="C_NORTHWIND", text="Tea?")
    message = page.locator("#messages .message")
    message.get_by_role("button", name="Reply in thread").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reply in the thread")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.get_by_role("combobox", name="Message #northwind")).to_be_focused()
    page.get_by_role("button", name="Traffic").press("Enter")
    expect(page.get_by_role("button", name="Close: Traffic")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


class TestLongNames:
    @pytest.fixture
    def seed(self) -> Seed:
        people = tuple(
            replace(person, real_name=LONG if person.id == "U_EWA" else person.real_name) for person in SEED.people
        )
        channels = tuple(
            replace(channel, name="long-" * 15 if channel.id == "C_NORTHWIND" else channel.name)
            for channel in SEED.channels
        )
        workspaces = tuple(replace(workspace, name=LONG) for workspace in SEED.workspaces)
        return replace(SEED, people=people, channels=channels, workspaces=workspaces)

    @pytest.mark.parametrize("size", [(1280, 800), (390, 700), (320, 480)])
    def test_nothing_is_wider_than_its_place(self, page: Page, town: Town, size: tuple[int, int]) -> None:
        buttons = [button(words, words[:9]) for words in ("w" * 75, "확인", "موافق")]
        said: dict[str, Any] = {
            "text": LONG * 3,
            "blocks": [text_block(LONG * 3), {"type": "actions", "elements": buttons}],
        }
        posted = town.client.chat_postMessage(channel="C_NORTHWIND", **said)
        town.driver.types("U_EWA", "C_NORTHWIND", "مرحبا (5,000 صف) " + "x" * 300, thread_ts=posted["ts"])
        page.set_viewport_size({"width": size[0], "height": size[1]})
        expect(page.locator("#messages .message")).to_have_count(1)
        assert page.evaluate(TOO_WIDE) == []
        page.get_by_role("button", name="1 reply").click()
        expect(page.locator("#thread .message")).to_have_count(2)
        assert page.evaluate(TOO_WIDE) == []


def test_right_to_left_words_turn_nothing_beside_them_round(page: Page, town: Town) -> None:
    town.driver.types("U_EWA", "C_NORTHWIND", "مرحبا (5,000 صف)")
    text = page.locator(".message .text")
    expect(text).to_have_css("unicode-bidi", "plaintext")
    expect(page.locator(".message header strong")).to_have_css("unicode-bidi", "isolate")
