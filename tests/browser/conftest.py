"""A real browser for tests: Chromium as the system has it, without a window.

Best as its headless shell, the same engine without the browser around it: a tab costs a sixth of the time.
"""

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.shared_program import SharedProgram
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


FOLDER = Path(__file__).parent
SHARED = pytest.StashKey[SharedProgram[Browser]]()
HAS_FAILED = pytest.StashKey[bool]()
PICTURE_MS = 10_000
"""How long a tab whose test has failed is waited for to be pictured: it may be the one that hangs."""


def shared_browser(node: pytest.Item | pytest.Collector) -> SharedProgram[Browser]:
    """Return Chromium, which is started for the first test of this folder and closed after the last one.

    Not for the whole session: Playwright's loop runs as long, and no asynchronous test can run beside it.
    """
    folder = next(
        each for each in node.iter_parents() if isinstance(each, pytest.Dir) and each.path == FOLDER
    )
    if SHARED not in folder.stash:
        playwright = sync_playwright().start()
        folder.addfinalizer(playwright.stop)
        folder.stash[SHARED] = SharedProgram(partial(_launch, playwright.chromium))
        folder.addfinalizer(partial(_close, folder))
    return folder.stash[SHARED]


@contextmanager
def _launch(chromium: BrowserType) -> Iterator[Browser]:
    browser = chromium.launch(executable_path=find_chromium(), args=FLAGS)
    yield browser
    browser.close()


def _close(folder: pytest.Dir) -> None:
    folder.stash[SHARED].close()
    del folder.stash[SHARED]


@pytest.fixture
def shared(request: pytest.FixtureRequest) -> SharedProgram[Browser]:
    """Use the browser of this folder's tests; a file may have one of its own."""
    return shared_browser(request.node)


@pytest.fixture
def browser(shared: SharedProgram[Browser], request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Use the browser, and close the tabs that a test leaves open."""
    chromium = shared.get()
    yield chromium
    if HAS_FAILED in request.node.stash or not chromium.is_connected():
        shared.kill()
        return
    with shared.killed_if_stuck():
        for context in chromium.contexts:
            context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note which test has failed."""
    report = yield
    if report.failed:
        item.stash[HAS_FAILED] = True
    return report


@pytest.fixture
def page(
    browser: Browser, shared: SharedProgram[Browser], request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Page]:
    """Open a tab whose uncaught errors and failed scripts fail the test; what failed is pictured."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT_MS)
    tab = context.new_page()
    mistakes: list[str] = []
    tab.on("pageerror", lambda error: mistakes.append(str(error)))
    tab.on("console", lambda message: mistakes.append(message.text) if _is_refusal(message.text) else None)
    yield tab
    if HAS_FAILED in request.node.stash:
        with suppress(PlaywrightError):
            tab.screenshot(path=tmp_path / "last.png", timeout=PICTURE_MS)
    else:
        with shared.killed_if_stuck():
            context.close()
    assert mistakes == []


def _is_refusal(text: str) -> bool:
    """Tell whether the browser refused something of the page's own by its content security policy.

    Chromium also names the handlers in the inert document in which a sanitizer finds and removes them.
    """
    return "Content Security Policy" in text and "inline event handler" not in text
