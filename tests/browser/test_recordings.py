"""What a visitor sees of recordings: an example that is there at once, a link that outlives the server."""

import re
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from tests.conftest import Serve, Server, write_catalog
from tests.patience import PATIENCE_S

PRESS_TRIES = 500
"""Each takes a few milliseconds; the test's own time limit ends them if need be."""

FILES = {
    "demos/count.yaml": """
gradstream: 1
title: Count
generator: count.up
cache: true
inputs:
  to: {type: number, default: 3}
outputs:
  said: text
examples:
  few: {to: 2}
""",
    "demos/count.py": """
import random

def up(to):
    for number in range(1, to + 1):
        yield f"{number} of {to}, {random.random()}"
""",
}


def _until_recorded(server: Server) -> None:
    """Press the example through the API until a recording answers."""
    body = {"inputs": {"to": 2}, "replay": True}
    for _ in range(PRESS_TRIES):
        answer = httpx.post(f"{server.url}/api/demos/count/runs", json=body, timeout=PATIENCE_S).json()
        if answer.get("recorded_at") is not None:
            return
        httpx.get(f"{server.url}/api/runs/{answer['run']}/events", timeout=PATIENCE_S).read()
    raise AssertionError("nothing was ever recorded")


def test_an_example_is_there_at_once(page: Page, serve: Serve) -> None:
    """The first press runs it; later ones show what that gave, say so, and offer to run it for real."""
    server = serve(FILES)
    page.goto(f"{server.url}/demos/count")
    said = page.get_by_role("region", name="Said")
    page.get_by_role("button", name="few").click()
    expect(page.get_by_label("To")).to_have_value("2")
    expect(said).to_contain_text("2 of 2")
    expect(said.get_by_text("A recording of this example")).to_have_count(0)
    first = said.get_by_text("2 of 2").inner_text()
    _until_recorded(server)
    page.get_by_role("button", name="few").click()
    expect(said.get_by_text("A recording of this example")).to_be_visible()
    expect(said).to_contain_text(first)
    expect(page).to_have_url(re.compile(r"#.*to=2"))
    # A reload, and a second tab with the same address, show the same.
    page.reload()
    expect(said.get_by_text("A recording of this example")).to_be_visible()
    expect(said).to_contain_text(first)
    expect(page.get_by_label("To")).to_have_value("2")
    said.get_by_role("button", name="Run it now").click()
    expect(said.get_by_text("A recording of this example")).to_have_count(0)
    expect(said).to_contain_text("2 of 2")
    expect(said).not_to_contain_text(first)
    # On a phone the result, far below, comes into sight.
    page.set_viewport_size({"width": 390, "height": 320})
    page.evaluate("scrollTo(0, 0)")
    expect(said).not_to_be_in_viewport()
    page.get_by_role("button", name="few").click()
    expect(said.get_by_text("A recording of this example")).to_be_in_viewport()


def test_other_values_are_run(page: Page, serve: Serve) -> None:
    """The Run button runs what is in the form, also when that is an example."""
    server = serve(FILES)
    _until_recorded(server)
    page.goto(f"{server.url}/demos/count")
    said = page.get_by_role("region", name="Said")
    page.get_by_label("To").fill("2")
    page.get_by_role("button", name="Run", exact=False).first.click()
    expect(said).to_contain_text("2 of 2")
    expect(said.get_by_text("A recording of this example")).to_have_count(0)


def test_a_link_outlives_the_server(page: Page, tmp_path: Path) -> None:
    """With `history`, a reload after the server was started again shows the run."""
    files = {**FILES, "gradstream.yaml": "gradstream: 1\nhistory:\n  keep: 24h\n"}
    folder = write_catalog(tmp_path / "lasting", files)
    with Server(folder, log=tmp_path / "first.log") as server:
        page.goto(f"{server.url}/demos/count")
        page.get_by_role("button", name="Run", exact=False).first.click()
        said = page.get_by_role("region", name="Said")
        expect(said).to_contain_text("3 of 3")
        text = said.get_by_text("3 of 3").inner_text()
        expect(page).to_have_url(re.compile("#.*run="))
        port = re.findall(r":(\d+)", server.url)[-1]
        page.evaluate("window.isTheSamePage = true")
    with Server(folder, "--port", port, log=tmp_path / "second.log"):
        page.reload()
        assert page.evaluate("window.isTheSamePage") is None
        expect(said).to_contain_text(text)
        expect(page.get_by_text("does not have the run")).to_have_count(0)
        expect(said.get_by_text("A recording of this example")).to_have_count(0)
