"""Sound in browsers that differ from Chromium: recorded, and on a machine that cannot play it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.engines.desk import open_desk
from tests.browser.engines.drivers import MissingError, open_firefox
from tests.browser.engines.tab import Tab
from tests.conftest import Server


@pytest.mark.parametrize("engine", ["firefox"], indirect=True)
def test_a_recorded_sound_is_trimmed_though_its_header_has_no_length(tab: Tab, own_demos: Server) -> None:
    """Firefox neither tells the length of a recorded sound nor seeks in it: it is decoded instead."""
    tab.open(f"{own_demos.url}/demos/keep_repeating")
    tab.press("Record")
    tab.until(lambda: tab.ask(f"return {CLOCK} >= '0:03'"), "three recorded seconds")
    tab.press("Stop")
    tab.until(lambda: tab.ask(f"return {LENGTH}") is not None, "its length")
    # On a busy machine Firefox records a fraction of the time; what is too short has nothing to trim.
    handles = 2 if tab.ask(f"return {LENGTH}") >= SHORTEST_S else 0
    tab.until(lambda: tab.ask("return document.querySelectorAll('.trim input').length") == handles, "handles")
    tab.until_button("Record again")


SHORTEST_S = 0.1
LENGTH = "document.querySelector('gs-clip-preview')?.lengthS ?? null"
CLOCK = "(document.querySelector('.capture-time')?.textContent ?? '').trim()"


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Tab]:
    """Start Firefox where there is no loudspeaker."""
    with open_desk(tmp_path) as environment:
        try:
            driver = open_firefox({**environment, "PULSE_SERVER": "unix:/nowhere"}, tmp_path / "driver.log")
        except MissingError as error:
            pytest.skip(str(error))
        yield Tab(driver)
        driver.quit()


def test_a_machine_without_a_loudspeaker_is_told_of(silent: Tab, own_demos: Server) -> None:
    """The player says what is missing in its own words, and offers the file."""
    silent.open(f"{own_demos.url}/demos/stream_audio_files")
    silent.press("Run")
    silent.until_region("Music", "There is no device to play sound on.")
    silent.until_region("Music", "Download it")
    assert silent.mistakes == []
