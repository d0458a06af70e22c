"""The documents' pictures, taken of the demo in Chromium: `make pictures`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from bot.demo.run import demo_running, open_demo
from tests.bot.demo.conftest import room
from tests.support.browsers import chromium

HERE = Path(__file__).parents[1] / "docs" / "pictures"
LARGEST = 200_000
"""Bytes of a picture."""
PATIENCE = 60_000
ANIA, PIOTR = "U0ANIA", "U0PIOTR"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Take all of them."""
    expect.set_options(timeout=PATIENCE)
    HERE.mkdir(exist_ok=True)
    port = room()
    with open_demo(port) as built, demo_running(built, port) as stage, chromium() as browser:
        _stage(browser, stage)
        slack = f"http://127.0.0.1:{port + 1}"
        with _slack(browser, slack, PIOTR) as page:
            keep("join", _shot(page.locator(".message", has_text="A thank-you for getting good at Orbit.")))
        for scheme in SCHEMES:
            with _slack(browser, slack, ANIA, scheme=scheme) as page:
                _board(page, scheme)
        with _slack(browser, slack, ANIA) as page:
            _points(page)
        with _slack(browser, slack, ANIA, "&channel=app&tab=home", height=620) as page:
            expect(page.get_by_role("main")).to_contain_text("Explorer, Steady, Automator")
            keep("home", _shot(page.get_by_role("main")))


def _stage(browser: Browser, stage: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720}, color_scheme="light")
    page.goto(stage)
    page.wait_for_selector("body[data-ready]")
    page.get_by_role("button", name="Schedule a report").first.click()
    shown = page.frame_locator("#slack").locator(".message", has_text="Ania Nowak scheduled a first report.")
    expect(shown).to_be_visible()
    expect(page.locator("#act")).to_have_text("Ask /points")
    page.frame_locator("#slack").locator("body").evaluate("() => document.fonts.ready.then(() => null)")
    keep("demo", page.screenshot())
    page.close()


@contextmanager
def _slack(
    browser: Browser,
    slack: str,
    who: str,
    where: str = "&channel=C0NORTHWIND",
    *,
    scheme: Literal["light", "dark"] = "light",
    height: int = 900,
) -> Iterator[Page]:
    """Open the local Slack alone, as somebody."""
    page = browser.new_page(viewport={"width": 960, "height": height}, color_scheme=scheme)
    page.goto(f"{slack}/?as={who}{where}")
    page.wait_for_selector("body[data-ready]")
    page.evaluate("document.fonts.ready.then(() => null)")
    yield page
    page.close()


def _points(page: Page) -> None:
    page.get_by_role("combobox", name="Message").fill("/points")
    page.get_by_role("button", name="Send").click()
    answer = page.locator(".message", has_text="points to spend").last
    expect(answer).to_be_visible()
    keep("points", _shot(answer))
    answer.get_by_role("button", name="Why these points").press("Enter")
    explained = page.locator(".message", has_text="Rule report, version 1.").last
    expect(explained).to_be_visible()
    keep("why", _shot(explained))


def _board(page: Page, scheme: str) -> None:
    pictures = page.locator(".message img")
    before = pictures.count()
    page.get_by_role("combobox", name="Message").fill("/leaderboard chart")
    page.get_by_role("button", name="Send").click()
    expect(pictures).to_have_count(before + 1)
    expect(pictures.last).to_have_js_property("complete", value=True)
    board = page.locator(".message", has_text="Goal, onboarding workshop").last
    keep(f"board-{scheme}", _shot(board, page.locator(".message").last))


def _shot(first: Locator, last: Locator | None = None) -> bytes:
    """Return what is seen from one part of a page to another, below it."""
    top, bottom = first.bounding_box(), (last or first).bounding_box()
    assert top is not None
    assert bottom is not None
    height = bottom["y"] + bottom["height"] - top["y"]
    return first.page.screenshot(clip={"x": top["x"], "y": top["y"], "width": top["width"], "height": height})


def keep(name: str, png: bytes) -> None:
    """Write a picture with as few colours as it needs. Raises ValueError where it is too large all the same."""
    small = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    if len(small.getvalue()) > LARGEST:
        raise ValueError(f"{name}.png has {len(small.getvalue())} bytes; {LARGEST} are the most")
    (HERE / f"{name}.png").write_bytes(small.getvalue())
    sys.stdout.write(f"docs/pictures/{name}.png, {len(small.getvalue()) // 1000} kB\n")


if __name__ == "__main__":
    main()
