"""The story, walked through in a browser."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

import httpx2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.demo.script import read_script

CONTRAST = (Path(__file__).parents[2] / "sandbox" / "contrast.js").read_text(encoding="utf-8")
PATIENCE = 60_000
"""Milliseconds: the machine may be busy, and the first picture takes its time."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@contextmanager
def opened(browser: Browser, stage: str, scheme: Literal["light", "dark"] = "light") -> Iterator[Page]:
    """Open the demo's page; whatever the browser complains of or asks of others fails the test."""
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda asked: None if asked.url.startswith("http://127.0.0.1:") else complaints.append(asked.url)
    )
    page.clock.install()
    page.goto(stage)
    page.wait_for_selector("body[data-ready]")
    yield page
    context.close()
    assert complaints == []


def said(page: Page, words: str | re.Pattern[str]) -> Locator:
    """Return the newest message in Slack with these words."""
    return page.frame_locator("#slack").locator(".message", has_text=words).last


def test_whoever_only_watches_sees_a_shoutout(browser: Browser, stage: str) -> None:
    with opened(browser, stage) as page:
        page.clock.fast_forward("00:20")
        expect(page.get_by_label("Play it by itself")).to_be_checked()
        expect(said(page, "Ania Nowak scheduled a first report. Badge: Automator.")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_story_is_walked_through_by_keyboard(
    browser: Browser, story: str, scheme: Literal["light", "dark"]
) -> None:
    with opened(browser, story, scheme) as page:
        assert page.evaluate(CONTRAST) == []
        walk(page)


def walk(page: Page) -> None:
    for _ in range(1 + len(read_script().steps)):  # past the steps
        page.keyboard.press("Tab")
    step = page.locator("#act")

    def press(label: str) -> None:
        expect(step).to_have_text(label)
        expect(step).to_be_focused()
        page.keyboard.press("Enter")

    def press_there(message: Locator, label: str) -> None:
        message.get_by_role("button", name=label, exact=True).press("Enter")
        step.focus()

    slack = page.frame_locator("#slack")
    press("Schedule a report")
    expect(page.locator("#sent")).to_have_text("“Report Scheduled” was sent. 15 points for Ania Nowak.")
    expect(said(page, "Ania Nowak scheduled a first report. Badge: Automator.")).to_be_visible()

    expect(slack.get_by_role("combobox", name="Message")).to_have_value("/points")
    press("Ask /points")
    goal = r"\d+ to go to Advanced reporting\.\s*\d+ to go to Navigator\."
    answer = said(page, re.compile(rf"\d+ points to spend, \d+ earned this week\.\s*{goal}"))
    expect(answer).to_contain_text("Only visible to you")
    press_there(answer, "Why these points")
    expect(said(page, re.compile(r"\+15 report scheduled, today .* Rule report, version 1\."))).to_be_visible()

    press("Ask /leaderboard chart")
    picture = page.frame_locator("#slack").locator(".message img[alt^='Leaderboard. Northwind, 16–22 March.']").last
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("picture => picture.naturalWidth") > 600

    press("Open Home")
    home = page.frame_locator("#slack").get_by_role("main")
    expect(home).to_contain_text("Explorer, Steady, Automator")

    redeem(page, press)

    press("Become Piotr")
    press_there(said(page, "A thank-you for getting good at Orbit."), "Join")
    expect(said(page, re.compile("You're in( already)?\\. Nobody sees your points but you."))).to_be_visible()

    press("Ask as Jun")
    expect(said(page, re.compile(r"쓸 수 있는 포인트 \d+점"))).to_be_visible()

    decide(page, press)

    press("Pull the plug")
    expect(page.locator("#outcome")).to_contain_text("0 lost, 0 counted twice. The ledger balances.")

    press("Show the difference")
    expect(page.locator("#outcome")).to_have_text("What would change~ rule report: points 15 → 30")
    expect(page.locator("#title")).to_have_text("Now look around")


def decide(page: Page, press: Callable[[str], None]) -> None:
    slack = page.frame_locator("#slack")
    press("Switch to team")
    mode = slack.get_by_role("combobox", name="What Northwind shows in its channel; you decide it as its owner.")
    expect(mode).to_have_value("team")
    press("Post the week")
    post = said(page, re.compile(r"Northwind, 9–15 March: \d+ points together"))
    expect(post).to_contain_text(re.compile("Strong weeks: .*Jun Park"))
    expect(post).not_to_contain_text(re.compile(r"\b1\. "))
    expect(post).not_to_contain_text("Only visible to you")

    slack.get_by_role("button", name="Laurels").press("Enter")
    slack.get_by_role("tab", name="Home").press("Enter")
    with page.expect_response("**/client/press"):
        mode.select_option("board")  # whoever walks after this begins anew
    page.locator("#act").focus()


def redeem(page: Page, press: Callable[[str], None]) -> None:
    press("Ask /rewards")
    rewards = said(page, re.compile(r"\d+ points to spend\.\s*What you can have now"))
    expect(rewards).to_contain_text("Hour with an Orbit expert, time with experts, 140 points")

    press("Ask /redeem hour")
    window = page.frame_locator("#slack").locator("dialog[open]")
    expect(window).to_contain_text(re.compile("The answer comes from Ewa Kowal, by 26 March|You have had it"))
    press("Press Redeem")
    expect(window).to_contain_text(re.compile("You have asked for Hour with an Orbit expert|You have had it"))

    press("Become Ewa")
    expect(said(page, re.compile("Ania Nowak .* asks for Hour with an Orbit expert"))).to_be_visible()
    press("Press Approve")
    press("Become Ania")
    expect(window).to_have_count(0)
    expect(said(page, "Hour with an Orbit expert is approved, by Ewa Kowal.")).to_be_visible()


def test_pulling_the_plug_loses_nothing(stage: str) -> None:
    told = httpx2.post(f"{stage}/stage/plug").json()
    while told["running"]:
        time.sleep(0.2)
        told = httpx2.get(f"{stage}/stage/plug").json()
    result = told["result"]
    assert {name: result[name] for name in ("sent", "lost", "twice", "balanced")} == {
        "sent": 240,
        "lost": 0,
        "twice": 0,
        "balanced": True,
    }
    assert 0 < result["answered_before"] <= result["replayed"] < 240


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_nothing_is_cut_off_at_the_side(browser: Browser, stage: str, size: tuple[int, int]) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(stage)
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('aside').scrollWidth <= document.querySelector('aside').clientWidth")
    page.close()


HANEUL = ("U0JIHO", "U0YUNA", "U0SEOJUN")
HAD, GONE = "신청했어요: 리포팅 데이 참가석", "방금 다른 분이 마지막 하나를 신청했어요."


def test_two_tabs_race_for_the_last_one_of_a_reward(browser: Browser, stage: str) -> None:
    here = httpx2.URL(stage)
    slack = here.copy_with(port=(here.port or 0) + 1)
    with ExitStack() as tabs:
        first, *racing = (tabs.enter_context(opened(browser, f"{slack}?as={who}&channel=C0HANEUL")) for who in HANEUL)
        for tab in (first, *racing):
            tab.get_by_role("combobox", name="Message").fill("/redeem reporting-day")
            tab.get_by_role("button", name="Send").click()
            expect(tab.get_by_role("dialog")).to_contain_text("120")
        for tab in (first, *racing):
            tab.evaluate("() => [...document.querySelectorAll('dialog[open] button')].at(-1).click()")
            if tab is first:
                expect(tab.get_by_role("dialog")).to_contain_text(HAD)
        either = re.compile(f"{HAD}|{GONE}")
        for tab in racing:
            expect(tab.get_by_role("dialog")).to_contain_text(either)
        told = [tab.get_by_role("dialog").inner_text() for tab in racing]
    assert [sum(HAD in words for words in told), sum(GONE in words for words in told)] == [1, 1]
