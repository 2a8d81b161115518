"""A tab of any browser that speaks WebDriver: what a visitor does there, and sees."""

from collections.abc import Callable
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.patience import PATIENCE_S

POLL_S = 0.1

LISTEN = """
window.mistakes = [];
addEventListener("error", ({message}) => window.mistakes.push(message));
addEventListener("unhandledrejection", ({reason}) => window.mistakes.push(`unhandled: ${reason}`));
"""
REGION = """
const title = each => each.querySelector("h2")?.textContent;
return [...document.querySelectorAll("section")].find(each => title(each) === arguments[0])?.innerText ?? "";
"""


class Tab:
    """One tab. What its page has not caught since it was loaded is in `mistakes`."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Load a page and wait until it is drawn."""
        self.driver.get(address)
        self._listen()

    def reload(self) -> None:
        """Load the same page again."""
        self.driver.refresh()
        self._listen()

    def _listen(self) -> None:
        self.driver.execute_script(LISTEN)
        self.until(lambda: self.ask("return document.querySelector('h1') !== null"), "a heading")

    def ask(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript in the page and return what it returns."""
        return self.driver.execute_script(script, *arguments)

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until something holds."""
        wait = WebDriverWait(self.driver, PATIENCE_S, POLL_S, [StaleElementReferenceException])
        try:
            wait.until(lambda _: holds())
        except TimeoutException as error:
            raise AssertionError(f"{what} was waited for; the page says:\n{self._text()}") from error

    def press(self, button: str) -> None:
        """Press the button that begins with these words, as soon as it is there."""
        self._act(By.XPATH, f"//main//button[starts-with(normalize-space(), '{button}')]", WebElement.click)

    def fill(self, css: str, text: str) -> None:
        """Replace the text of a field."""

        def write(field: WebElement) -> None:
            field.clear()
            field.send_keys(text)

        self._act(By.CSS_SELECTOR, css, write)

    def type(self, css: str, text: str) -> None:
        """Type into a field."""
        self._act(By.CSS_SELECTOR, css, lambda field: field.send_keys(text))

    def region(self, title: str) -> str:
        """Return the text of an output."""
        return str(self.ask(REGION, title))

    def until_region(self, title: str, text: str) -> None:
        """Wait until an output shows a text."""
        self.until(lambda: text in self.region(title), f"{text!r} in {title!r}")

    def until_button(self, button: str) -> None:
        """Wait until there is a button that begins with these words."""
        path = f"//main//button[starts-with(normalize-space(), '{button}')]"
        self.until(lambda: self.driver.find_elements(By.XPATH, path), f"the button {button!r}")

    def until_plays(self, tag: str) -> None:
        """Wait until a player's clock goes."""
        self.until(lambda: self.ask(PLAYS, tag), f"playing {tag}")

    @property
    def mistakes(self) -> list[str]:
        """What the page did not catch."""
        return [str(each) for each in self.ask("return window.mistakes ?? []")]

    def _act(self, by: str, path: str, act: Callable[[WebElement], None]) -> None:
        """Do something with an element, again while the page replaces it meanwhile."""

        def attempt() -> bool:
            shown = [each for each in self.driver.find_elements(by, path) if each.is_displayed()]
            if shown:
                act(shown[0])
            return bool(shown)

        self.until(attempt, path)

    def _text(self) -> str:
        return str(self.ask("return document.body.innerText"))


PLAYS = """
const player = [...document.querySelectorAll(arguments[0])].find(each => each.currentTime > 0.2);
return player !== undefined && !player.paused;
"""
