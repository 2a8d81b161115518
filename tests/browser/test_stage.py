"""A demo before an audience."""

import re

from playwright.sync_api import Page, expect

from tests.conftest import Serve

DEMO = """
gradstream: 1
title: {title}
description: Not for the audience.
generator: work.say
inputs:
  word:
    type: text
    default: tulip
outputs:
  said: text
"""
FILES = {
    "demos/first.yaml": DEMO.format(title="First"),
    "demos/second.yaml": DEMO.format(title="Second"),
    "demos/work.py": """
import time

def say(word):
    yield word
    while True:
        time.sleep(0.05)
        yield word + "s"
""",
}


def test_a_talk(page: Page, serve: Serve) -> None:
    """What was typed goes along; keys run, stop, go to the next demo and leave."""
    url = serve(FILES).url
    page.goto(f"{url}/demos/first")
    page.get_by_role("textbox", name="Word").fill("rose")
    page.get_by_role("link", name="Stage view").click()
    expect(page).to_have_url(f"{url}/demos/first/stage#word=rose")
    expect(page.get_by_role("heading", level=1)).to_have_text("First")
    for absent in ("Not for the audience.", "YAML"):
        expect(page.get_by_text(absent)).to_have_count(0)
    expect(page.get_by_role("banner")).to_have_count(0)

    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Said")).to_contain_text("roses")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    expect(page).to_have_url(re.compile("/demos/first/stage#word=rose&run="))

    # In a field arrows move between letters, and a presenter's remote control turns the page.
    page.get_by_role("textbox", name="Word").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("First")
    page.keyboard.press("PageDown")
    expect(page).to_have_url(f"{url}/demos/second/stage")
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(f"{url}/demos/first/stage")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{url}/demos/first")


def test_a_stage_on_a_phone(page: Page, serve: Serve) -> None:
    """Nothing is wider than the screen, and a demo that is not there is told of."""
    page.set_viewport_size({"width": 390, "height": 800})
    url = serve(FILES).url
    page.goto(f"{url}/demos/first/stage")
    expect(page.get_by_role("region", name="Said")).to_be_visible()
    page.wait_for_function("() => document.documentElement.scrollWidth === 390")
    page.goto(f"{url}/demos/third/stage")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
