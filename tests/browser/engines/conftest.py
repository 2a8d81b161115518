"""Firefox and WebKitGTK, as Debian has them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser.conftest import HAS_FAILED
from tests.browser.engines.desk import open_desk
from tests.browser.engines.drivers import ENGINES, MissingError
from tests.browser.engines.tab import Tab
from tests.browser.shared_program import SharedProgram
from tests.patience import PATIENCE_S

Engine = SharedProgram[WebDriver]


@pytest.fixture(scope="session", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give each engine to its tests, one engine after the other."""
    shared = SharedProgram(lambda: _open(request.param, tmp_path_factory.mktemp(request.param)))
    yield shared
    shared.close()


@contextmanager
def _open(name: str, folder: Path) -> Iterator[WebDriver]:
    """Start a browser with a screen and a loudspeaker of its own."""
    with open_desk(folder) as environment:
        try:
            browser = ENGINES[name](environment, folder / "driver.log")
        except MissingError as error:
            pytest.skip(str(error))
        browser.set_page_load_timeout(PATIENCE_S)
        browser.set_script_timeout(PATIENCE_S)
        yield browser
        browser.quit()


@pytest.fixture
def tab(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """Use the browser's tab; what its page did not catch fails the test."""
    tab = Tab(engine.get())
    yield tab
    with ExitStack() as ending:
        # One that does not answer is not asked again.
        ending.callback(engine.kill)
        if HAS_FAILED in request.node.stash:
            return
        with engine.killed_if_stuck():
            mistakes = tab.mistakes
            # Runs end with their page, and the next test begins on another.
            tab.driver.get("about:blank")
        ending.pop_all()
    assert mistakes == []
