"""A real browser for tests: Chromium as the system has it, without a window.

Best as its headless shell, the same engine without the browser around it: a tab costs a sixth of the time.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.patience import PATIENCE_S

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A microphone that beeps and a camera that counts, for which nobody is asked.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
WAIT_MS = PATIENCE_S * 1000

expect.set_options(timeout=WAIT_MS)


NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def find_chromium(*, is_whole: bool = False) -> str:
    """Return the path of Chromium; `is_whole` for what its headless shell does not have."""
    names = NAMES[1:] if is_whole else NAMES
    path = next((found for found in map(shutil.which, names) if found is not None), None)
    assert path is not None, "no Chromium found: make test installs it"
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium for the tests of a file.

    Not for the whole session: Playwright's loop runs as long, and no asynchronous test can run beside it.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Open a tab of its own whose uncaught errors and failed scripts fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT_MS)
    tab = context.new_page()
    mistakes: list[str] = []
    tab.on("pageerror", lambda error: mistakes.append(str(error)))
    tab.on("console", lambda message: mistakes.append(message.text) if _is_refusal(message.text) else None)
    yield tab
    tab.screenshot(path=tmp_path / "last.png")
    context.close()
    assert mistakes == []


def _is_refusal(text: str) -> bool:
    """Tell whether the browser refused something of the page's own by its content security policy.

    Chromium also names the handlers in the inert document in which a sanitizer finds and removes them.
    """
    return "Content Security Policy" in text and "inline event handler" not in text
