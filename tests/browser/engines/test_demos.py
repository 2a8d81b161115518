"""Each demo of this repository plays or shows in Firefox and in WebKit too.

What plays to its end without a gap is tried in Chromium. Here everything has to begin and to go on.
"""

from collections.abc import Callable, Mapping

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.engines.tab import Tab
from tests.conftest import ROOT, Server


def count(tab: Tab) -> None:
    """Count up to what was typed."""
    tab.fill("input[type=number], input[inputmode]", "3")
    tab.press("Run")
    tab.until_region("Now at", "3")


def assistant(tab: Tab) -> None:
    """Think, ask a tool and answer."""
    tab.type("textarea", "Is it warm by the sea?" + Keys.ENTER)
    said = "return [...document.querySelectorAll('main strong')].map(each => each.innerText)"
    tab.until(lambda: "24 degrees" in tab.ask(said), "an answer after the thoughts")


def archimedes(tab: Tab) -> None:
    """Draw formulas in a text that grows."""
    tab.press("twelve doublings")
    tab.until_region("Document", "Archimedes stopped")
    drawn = "return document.querySelectorAll('gs-formula .katex').length"
    tab.until(lambda: tab.ask(drawn) > 20, "formulas")


def async_words(tab: Tab) -> None:
    """Append words to a text."""
    tab.fill("textarea", "one two three")
    tab.press("Run")
    tab.until_region("Spoken", "one two three")


def calculator(tab: Tab) -> None:
    """Run at a change of the inputs."""
    tab.fill("input[type=number], input[inputmode]", "7")
    tab.until_region("Result", "49")


def chart(tab: Tab) -> None:
    """Draw charts that grow, and say what they show."""
    tab.press("Run")
    said = "return document.querySelector('.chart-plot')?.getAttribute('aria-label') ?? ''"
    tab.until(lambda: "Line chart of true wave, network" in tab.ask(said), "a chart")
    tab.until(lambda: tab.ask("return document.querySelector('.chart-plot canvas').width") > 300, "a canvas")


def chatbot(tab: Tab) -> None:
    """Answer in Markdown."""
    tab.type("textarea", "I keep bees" + Keys.ENTER)
    said = "return [...document.querySelectorAll('main strong')].map(each => each.innerText)"
    tab.until(lambda: "I keep bees" in tab.ask(said), "an answer in Markdown")


def dashboard(tab: Tab) -> None:
    """Run by time, without a button, into a chart on a tab."""
    said = "return document.querySelector('.chart-plot')?.getAttribute('aria-label') ?? ''"
    tab.until(lambda: "Line chart of north, east, south" in tab.ask(said), "a chart")


def fake_diffusion(tab: Tab) -> None:
    """Show pictures, and the large one in the end."""
    tab.press("Run")
    width = "return document.querySelector('main section img')?.naturalWidth"
    tab.until(lambda: tab.ask(width) == 1000, "the large picture")


def erase(tab: Tab) -> None:
    """Paint a mask with the keyboard, and see the picture change."""
    tab.type("main [role=application]", Keys.SPACE + 9 * Keys.ARROW_RIGHT + Keys.SPACE)
    tab.press("Run")
    tab.until(lambda: tab.ask("return document.querySelector('.out img')?.naturalWidth") == 720, "a picture")


def guess(tab: Tab) -> None:
    """Keep a state from run to run."""
    tab.press("Try it")
    tab.until_region("Tries", "50")
    tab.until_button("Try it")
    tab.press("New number")
    tab.until_region("Answer", "Here is another one.")


def keep_repeating(tab: Tab) -> None:
    """Play video with sound."""
    tab.press("Repeat the video")
    tab.until_plays("video")


def pizza(tab: Tab) -> None:
    """Fill in what is asked for, and see it done step by step."""
    tab.press("Order")
    tab.until_region("Order", "It is done.")


def progress(tab: Tab) -> None:
    """Add rows to a table."""
    tab.press("Run")
    tab.until_region("Findings", "kitchen")


def reverse_as_you_type(tab: Tab) -> None:
    """Run while one types."""
    tab.type("textarea, input[type=text]", "stream")
    tab.until_region("Backwards", "maerts")


def stream_audio(tab: Tab) -> None:
    """Play sound before the run is over."""
    tab.press("Run")
    tab.until_plays("audio")


def stream_video(tab: Tab) -> None:
    """Play video of the size that was yielded before the run is over."""
    tab.press("Run")
    tab.until_plays("video")
    width = "return document.querySelector('video').videoWidth"
    tab.until(lambda: tab.ask(width) == 640, "the size that was yielded")


def synth(tab: Tab) -> None:
    """Play two streams at once until Stop, and keep what was made."""
    tab.press("Run")
    tab.until_plays("video")
    tab.until_plays("audio")
    tab.press("Stop")
    tab.until_button("Run")
    duration = "const { duration } = document.querySelector('video'); return isFinite(duration) && duration"
    tab.until(lambda: tab.ask(duration) > 0.2, "a stream that is complete")


def two_outputs(tab: Tab) -> None:
    """Fill the outputs of one of two buttons."""
    tab.press("As words")
    tab.until_region("In words", "one, two, three, four")


DEMOS: Mapping[str, Callable[[Tab], None]] = {
    "archimedes": archimedes,
    "assistant": assistant,
    "async_words": async_words,
    "calculator": calculator,
    "chart": chart,
    "chatbot": chatbot,
    "count": count,
    "dashboard": dashboard,
    "erase": erase,
    "fake_diffusion": fake_diffusion,
    "guess": guess,
    "keep_repeating": keep_repeating,
    "pizza": pizza,
    "progress": progress,
    "reverse_as_you_type": reverse_as_you_type,
    "stream_audio_bytes": stream_audio,
    "stream_audio_files": stream_audio,
    "stream_video": stream_video,
    "synth": synth,
    "two_outputs": two_outputs,
}


@pytest.mark.parametrize("demo", DEMOS)
def test_each_demo_plays_or_shows(tab: Tab, own_demos: Server, demo: str) -> None:
    """The demo does what it does in Chromium, and the page has no uncaught error."""
    tab.open(f"{own_demos.url}/demos/{demo}")
    DEMOS[demo](tab)


def test_no_demo_is_left_out() -> None:
    """A new demo has its line here."""
    assert sorted(DEMOS) == sorted(path.stem for path in (ROOT / "demos").glob("*.yaml"))


def test_a_stream_is_found_again_by_a_reload_in_mid_run(tab: Tab, own_demos: Server) -> None:
    """The run goes on, and the whole of it is there in the end."""
    tab.open(f"{own_demos.url}/demos/stream_audio_files")
    tab.press("Run")
    tab.until_plays("audio")
    tab.reload()
    tab.until_region("Music", "0:16")
    tab.until_button("Run")
    whole = pytest.approx(16, abs=0.1)
    tab.until(lambda: tab.ask("return document.querySelector('audio').duration") == whole, "16 s of sound")
