"""What is around a demo: its neighbours, the list of keys, a page that is not there, a large picture."""

from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/a_talk.yaml": "gradstream: 1\ntitle: Talk\ngenerator: made.talk\n"
    "inputs:\n  message: text\noutputs:\n  chat: chat\n",
    "demos/b_dot.yaml": "gradstream: 1\ntitle: Dot\ngenerator: made.dot\n"
    "inputs:\n  side:\n    type: number\n    default: 8\noutputs:\n  dot: image\n  rows: table\n",
    "demos/made.py": """
import time

import numpy as np

def talk(message, history):
    while True:
        yield message
        time.sleep(0.02)

def dot(side):
    yield np.zeros((int(side), int(side), 3), np.uint8), [{"a": 1}]
""",
}


def test_a_visitor_finds_the_way_around_a_demo(page: Page, serve: Serve) -> None:
    """Escape stops an answer; the demo before is a link away; pictures grow; wrong addresses are told."""
    server = serve(FILES)
    page.goto(f"{server.url}/demos/a_talk")
    expect(page.get_by_placeholder("Write a message…")).to_be_focused()
    page.keyboard.type("Hello")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    page.get_by_role("link", name="Previous: Dot").click()
    page.get_by_label("Side", exact=True).fill("9")
    page.get_by_role("button", name="Reset Side").press("Enter")
    expect(page.get_by_label("Side", exact=True)).to_have_value("8")
    expect(page.get_by_label("Side", exact=True)).to_be_focused()
    page.get_by_label("Side", exact=True).fill("9")
    page.get_by_role("button", name="Reset", exact=True).press("Enter")
    expect(page.get_by_label("Side", exact=True)).to_have_value("8")
    expect(page.get_by_role("button", name="Reset", exact=True)).to_be_focused()
    page.get_by_role("button", name="Run").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    assert download.value.suggested_filename == "rows.csv"
    page.get_by_role("button", name="Show large").click()
    viewer = page.get_by_role("dialog", name="Dot")
    expect(viewer.get_by_role("img")).to_be_visible()
    viewer.get_by_role("button", name="Close").click()
    expect(viewer).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Find a demo")
    page.keyboard.press("Escape")
    page.goto(f"{server.url}/demos/nosuch")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    page.get_by_role("link", name="All demos").click()
    expect(page.get_by_role("link", name="Talk")).to_be_visible()
