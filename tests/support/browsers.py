"""Chromium: the system's, else Playwright's own. Without one the browser's tests step aside, but never in CI."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error, sync_playwright


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser that runs while it is held."""
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_as_root())
        except Error as error:
            if "CI" in os.environ:
                raise
            print("\n*** NO CHROMIUM HERE: the page's tests are skipped. ***", file=sys.__stderr__)
            pytest.skip(f"no Chromium: {error.message.splitlines()[0]}")
        yield launched
        launched.close()


def _as_root() -> list[str]:
    return ["--no-sandbox"] if os.geteuid() == 0 else []
