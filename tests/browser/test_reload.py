"""Saving a file changes the open page."""

import httpx
from playwright.sync_api import Page, expect

from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

RENEWAL_TRIES = 2000
"""Each takes a few milliseconds; the test's own time limit ends them if need be."""

YAML = """
gradstream: 1
title: Echo
generator: echo.back
inputs:
  text: text
  loud: checkbox
outputs:
  said: text
"""

PYTHON = """
from shared import decorate

def back(text, loud):
    yield decorate(text.upper() if loud else text)
"""

FILES = {
    "demos/echo.yaml": YAML,
    "demos/echo.py": PYTHON,
    "demos/shared.py": "def decorate(text):\n    return f'<{text}>'\n",
}


def _until_renewed(server: Server, *, before: str) -> None:
    """Run the demo through the API until its answer is another than before."""
    body = {"inputs": {"text": "hello"}}
    for _ in range(RENEWAL_TRIES):
        run = httpx.post(f"{server.url}/api/demos/echo/runs", json=body, timeout=PATIENCE_S).json()["run"]
        events = httpx.get(f"{server.url}/api/runs/{run}/events", timeout=PATIENCE_S).text
        if before not in events:
            return
    raise AssertionError("the new code was never used")


def test_a_saved_yaml_changes_the_page_and_keeps_what_was_typed(page: Page, serve: Serve) -> None:
    """Title and label change without a reload; typed text, focus, caret, scroll and the result stay."""
    server = serve(FILES)
    page.goto(f"{server.url}/demos/echo")
    page.evaluate("window.isTheSamePage = true")
    page.get_by_label("Loud").check()
    page.get_by_label("Text").fill("hello")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Said")).to_contain_text("<HELLO>")
    page.set_viewport_size({"width": 800, "height": 400})
    page.get_by_role("textbox", name="Text").evaluate("field => field.setSelectionRange(2, 3)")
    page.mouse.wheel(0, 60)
    page.wait_for_function("() => scrollY > 0")
    scrolled = page.evaluate("scrollY")
    changed = YAML.replace("title: Echo", "title: Parrot").replace(
        "text: text\n  loud", "text:\n    type: text\n    label: Your words\n  loud"
    )
    (server.folder / "demos/echo.yaml").write_text(changed)
    expect(page.get_by_role("heading", level=1)).to_have_text("Parrot")
    field = page.get_by_label("Your words")
    expect(field).to_have_value("hello")
    expect(field).to_be_focused()
    expect(field).to_have_js_property("selectionStart", 2)
    expect(field).to_have_js_property("selectionEnd", 3)
    page.wait_for_function("place => scrollY === place", arg=scrolled)
    expect(page.get_by_label("Loud")).to_be_checked()
    expect(page.get_by_role("region", name="Said")).to_contain_text("<HELLO>")
    assert page.evaluate("window.isTheSamePage")


def test_a_mistake_is_shown_above_the_demo_as_it_was(page: Page, serve: Serve) -> None:
    """A broken save is told on the page and in the terminal while the demo works on; a good one ends that."""
    server = serve(FILES)
    page.goto(f"{server.url}/demos/echo")
    page.get_by_label("Text").fill("hello")
    file = server.folder / "demos/echo.yaml"
    file.write_text(YAML.replace("outputs:", "ouputs:"))
    banner = page.get_by_text("demos/echo.yaml has a mistake since its last save.")
    expect(banner).to_be_visible()
    expect(page.get_by_text("write `outputs` instead of `ouputs`")).to_be_visible()
    expect(page.get_by_text("E-UNKNOWN-KEY", exact=True)).to_be_visible()
    server.read_log(until="demos/echo.yaml:8:1: error E-UNKNOWN-KEY")
    expect(page.get_by_label("Text")).to_have_value("hello")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Said")).to_contain_text("<hello>")
    file.write_text(YAML)
    expect(banner).to_be_hidden()
    expect(page.get_by_text("E-UNKNOWN-KEY", exact=True)).to_be_hidden()


def test_a_mistake_from_the_start_is_shown_in_place_of_the_demo(page: Page, serve: Serve) -> None:
    """A demo that never worked shows its diagnostics; the first good save brings it."""
    server = serve({**FILES, "demos/echo.yaml": YAML.replace("outputs:", "ouputs:")})
    page.goto(f"{server.url}/demos/echo")
    expect(page.get_by_text("write `outputs` instead of `ouputs`")).to_be_visible()
    expect(page.get_by_role("button", name="Run")).to_be_hidden()
    (server.folder / "demos/echo.yaml").write_text(YAML)
    expect(page.get_by_role("button", name="Run")).to_be_visible()


def test_the_developer_repairs_a_mistake_by_a_button(page: Page, serve: Serve) -> None:
    """The server makes the repair in the file, and the demo comes as after any save."""
    server = serve({**FILES, "demos/echo.yaml": YAML.replace("outputs:", "ouputs:")})
    page.goto(server.for_developer("/demos/echo"))
    page.get_by_role("button", name="Repair the file").click()
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    assert (server.folder / "demos/echo.yaml").read_text() == YAML


def test_a_saved_module_gives_the_next_run_new_code(page: Page, serve: Serve) -> None:
    """Editing a helper that the generator imports changes what the next run says."""
    server = serve(FILES)
    page.goto(f"{server.url}/demos/echo")
    page.get_by_label("Text").fill("hello")
    run = page.get_by_role("button", name="Run")
    run.click()
    said = page.get_by_role("region", name="Said")
    expect(said).to_contain_text("<hello>")
    (server.folder / "demos/shared.py").write_text("def decorate(text):\n    return f'[{text}]'\n")
    _until_renewed(server, before="<hello>")
    run.click()
    expect(said).to_contain_text("[hello]")


def test_an_import_that_fails_is_told_before_anyone_runs(page: Page, serve: Serve) -> None:
    """Opening the page of a demo whose module raises says so, and to the developer what it raised."""
    server = serve({**FILES, "demos/shared.py": "raise RuntimeError('no model here')\n"})
    page.goto(f"{server.url}/demos/echo")
    expect(page.get_by_text("cannot be imported").first).to_be_visible()
    expect(page.get_by_text("no model here")).to_have_count(0)
    page.goto(server.for_developer("/demos/echo"))
    expect(page.get_by_text("no model here").first).to_be_visible()


def test_a_new_file_appears_in_the_open_catalog(page: Page, serve: Serve) -> None:
    """Adding a demo adds its tile, deleting it takes the tile away."""
    server = serve(FILES)
    page.goto(server.url)
    tiles = page.get_by_role("main").get_by_role("link")
    expect(tiles).to_have_count(1)
    (server.folder / "demos/second.yaml").write_text(YAML.replace("Echo", "Second"))
    expect(tiles).to_have_count(2)
    (server.folder / "demos/second.yaml").unlink()
    expect(tiles).to_have_count(1)
