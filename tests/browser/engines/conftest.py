"""Firefox and WebKitGTK, as Debian has them."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser.engines.desk import open_desk
from tests.browser.engines.drivers import ENGINES, MissingError
from tests.browser.engines.tab import Tab
from tests.patience import PATIENCE_S


@pytest.fixture(scope="session", params=list(ENGINES))
def driver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """Start a browser with a screen and a loudspeaker of its own."""
    folder = tmp_path_factory.mktemp(request.param)
    with open_desk(folder) as environment:
        try:
            browser = ENGINES[request.param](environment, folder / "driver.log")
        except MissingError as error:
            pytest.skip(str(error))
        browser.set_page_load_timeout(PATIENCE_S)
        browser.set_script_timeout(PATIENCE_S)
        yield browser
        browser.quit()


@pytest.fixture
def tab(driver: WebDriver) -> Iterator[Tab]:
    """Use the browser's tab; what its page did not catch fails the test."""
    tab = Tab(driver)
    yield tab
    assert tab.mistakes == []
    # Runs end with their page, and the next test begins on another.
    driver.get("about:blank")
