"""What the page promises whatever the demo: nothing lost, nothing run that should not be."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Serve

FILES = {
    "demos/slow.yaml": """
gradstream: 1
title: Slow
generator: made.slow
inputs:
  steps:
    type: number
    default: 12
outputs:
  seen: text
""",
    "demos/rude.yaml": """
gradstream: 1
title: Rude
description: "<img src=x onerror='window.wasRude = 1'> *kind words*"
generator: made.rude
outputs:
  shown: markdown
  chat_like: text
""",
    "demos/falls.yaml": """
gradstream: 1
title: Falls
generator: made.falls
outputs:
  shown: text
""",
    "demos/stuck.yaml": """
gradstream: 1
title: Stuck
generator: made.stuck
outputs:
  shown: text
limits:
  grace: 100ms
""",
    "demos/made.py": """
import time

def slow(steps):
    shown = ""
    for step in range(steps):
        shown += f"step{step} "
        yield shown
        time.sleep(0.1)

def rude():
    rude = "<script>window.wasRude = 1</script><img src=x onerror='window.wasRude = 1'>"
    yield rude + "\\n\\n**bold**", "<b>as it is</b>"

def falls():
    yield "half of it"
    raise RuntimeError("the floor gave way")

def stuck():
    yield "before"
    while True:
        pass
""",
}
LAST = "step11"


def test_a_page_that_is_reloaded_in_the_middle_shows_the_whole_run(page: Page, serve: Serve) -> None:
    """Reloading attaches to the run again: everything from the first step to the last is there."""
    page.goto(f"{serve(FILES).url}/demos/slow")
    page.get_by_role("button", name="Run").click()
    seen = page.get_by_role("region", name="Seen")
    expect(seen).to_contain_text("step2")
    page.reload()
    expect(seen).to_contain_text("step0 step1 step2")
    expect(seen).to_contain_text(LAST)


def test_a_page_whose_sockets_are_refused_streams_all_the_same(page: Page, serve: Serve) -> None:
    """Where a proxy refuses WebSockets the page falls back to server-sent events by itself."""
    page.add_init_script(
        "window.WebSocket = class { constructor() { queueMicrotask(() => this.onerror?.(new Event('error')));"
        " queueMicrotask(() => { this.onclose?.(new CloseEvent('close')); this.dispatch?.() }) }"
        " addEventListener(kind, call) { if (kind !== 'open' && kind !== 'message')"
        " setTimeout(() => call(new Event(kind))) } removeEventListener() {} close() {} send() {} }"
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{serve(FILES).url}/demos/slow")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Seen")).to_contain_text(LAST)
    assert any("/api/feed" in url for url in asked)


def test_what_a_generator_yields_is_shown_and_never_run(page: Page, serve: Serve) -> None:
    """Scripts in Markdown, in text and in descriptions do nothing; the harmless rest is drawn."""
    page.goto(serve(FILES).for_developer("/demos/rude"))
    expect(page.get_by_text("kind words", exact=True)).to_be_visible()
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Shown").locator("strong")).to_have_text("bold")
    expect(page.get_by_role("region", name="Chat like")).to_contain_text("<b>as it is</b>")
    assert page.evaluate("window.wasRude") is None


def test_a_run_that_fails_keeps_what_it_showed_and_says_why(page: Page, serve: Serve) -> None:
    """The output stays, the message stands there, and the developer, by the key, gets the traceback."""
    page.goto(serve(FILES).for_developer("/demos/falls"))
    page.get_by_role("button", name="Run").click()
    shown = page.get_by_role("region", name="Shown")
    expect(shown).to_contain_text("half of it")
    expect(shown).to_contain_text("RuntimeError: the floor gave way")
    shown.get_by_text("Traceback", exact=True).click()
    expect(shown).to_contain_text("made.py")


def test_a_visitor_of_a_public_server_sees_no_traceback(page: Page, serve: Serve) -> None:
    """Without --dev the page says that the demo failed and a number, and nothing of the exception."""
    page.goto(f"{serve(FILES, '--no-dev').url}/demos/falls")
    page.get_by_role("button", name="Run").click()
    shown = page.get_by_role("region", name="Shown")
    expect(shown).to_contain_text("The demo failed; the server's log has the reason under the number")
    expect(shown).not_to_contain_text("the floor gave way")
    expect(shown).not_to_contain_text("made.py")
    expect(shown.get_by_text("Traceback")).to_have_count(0)


def test_stop_stops_even_an_endless_loop(page: Page, serve: Serve) -> None:
    """Run becomes Stop in the same place, Stop answers at once, and the demo can be run again."""
    page.goto(f"{serve(FILES).url}/demos/stuck")
    for _ in range(2):
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("region", name="Shown")).to_contain_text("before")
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("region", name="Shown")).to_contain_text("stopped")
        expect(page.get_by_role("button", name="Run")).to_be_enabled()


def test_a_link_opens_the_same_inputs(page: Page, serve: Serve, browser: Browser) -> None:
    """What was typed is in the address; opened elsewhere, the fields are filled."""
    page.goto(f"{serve(FILES).url}/demos/slow")
    page.get_by_label("Steps").fill("7")
    page.wait_for_url("**/demos/slow#*7*")
    with browser.new_context() as context:
        other = context.new_page()
        other.goto(page.url)
        expect(other.get_by_label("Steps")).to_have_value("7")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_has_one_column_and_run_under_the_thumb(browser: Browser, serve: Serve, scheme: str) -> None:
    """At 390 pixels nothing is wider than the screen, and Run is in view without scrolling."""
    with browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme) as context:  # type: ignore[arg-type]
        phone = context.new_page()
        phone.goto(f"{serve(FILES).url}/demos/slow")
        expect(phone.get_by_role("button", name="Run")).to_be_in_viewport()
        phone.wait_for_function("() => document.documentElement.scrollWidth === 390")


def test_a_table_to_fill_in_is_not_wider_than_a_phone(browser: Browser, serve: Serve) -> None:
    """It scrolls in its card; the button that removes a row stays in reach."""
    columns = "[name, {name: since, type: date}, {name: until, type: date}, note]"
    yaml = (
        f"gradstream: 1\ngenerator: made.run\ninputs:\n  people:\n    type: table\n    columns: {columns}\n"
    )
    files = {
        "demos/wide.yaml": f"{yaml}    default: [[Ada, null, null, x]]\noutputs:\n  back: table\n",
        "demos/made.py": "def run(people):\n    yield people\n",
    }
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        phone = context.new_page()
        phone.goto(f"{serve(files).url}/demos/wide")
        expect(phone.get_by_role("button", name="Remove row 1")).to_be_in_viewport()
        phone.wait_for_function("() => document.documentElement.scrollWidth === 390")


def test_a_picture_that_was_sent_stays_in_sight(page: Page, serve: Serve, tmp_path: Path) -> None:
    """An uploaded picture is shown before and after it has been sent, and goes when it is removed."""
    yaml = "gradstream: 1\ngenerator: seen.size\ninputs:\n  photo: image\noutputs:\n  size: text\n"
    python = "def size(photo):\n    yield str(photo.shape)\n"
    Image.new("RGB", (4, 3), "red").save(tmp_path / "dot.png")
    page.goto(f"{serve({'demos/seen.yaml': yaml, 'demos/seen.py': python}).url}/demos/seen")
    with page.expect_response("**/api/uploads"):
        page.locator("input[type=file]").set_input_files(tmp_path / "dot.png")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Size")).to_contain_text("(3, 4, 3)")
    expect(page.get_by_alt_text("dot.png")).to_be_visible()
    page.get_by_role("button", name="Remove the picture of Photo").click()
    expect(page.get_by_alt_text("dot.png")).to_be_hidden()
