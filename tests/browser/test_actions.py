"""Components that go both ways, and actions that depend on each other, in a browser."""

from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/ways.yaml": """
gradstream: 1
title: Both ways
actions:
  suggest:
    button: Suggest
    generator: ways.suggest
    outputs: [topic, photo]
  write:
    button: Write
    generator: ways.write
    inputs: [topic]
    outputs: [draft]
  size:
    button: Size
    generator: ways.size
    inputs: [photo]
    outputs: [answer]
  shout:
    button: Shout
    generator: ways.shout
    inputs: [draft]
    outputs: [answer]
inputs:
  topic:
    type: text
    required: true
  photo:
    type: image
    as: pil
outputs:
  draft:
    type: text
    editable: true
  answer: text
""",
    "demos/ways.py": """
import numpy as np

def suggest():
    for topic in ("s", "se", "sea"):
        yield topic, np.zeros((3, 4, 3), np.uint8)

def write(topic):
    yield f"The {topic}"
    yield f"The {topic} is wide."

def size(photo):
    return str(photo.size)

def shout(draft):
    return draft.upper()
""",
}


def test_one_component_both_ways(page: Page, serve: Serve) -> None:
    """A run writes into fields, which feed the next; a result is changed by the visitor and handed over."""
    page.goto(f"{serve(FILES).url}/demos/ways")
    page.get_by_role("button", name="Suggest").click()
    expect(page.get_by_label("Topic")).to_have_value("sea")
    expect(page.locator("gs-image-input img")).to_be_visible()
    page.get_by_role("button", name="Size").click()
    answer = page.locator("section", has=page.get_by_role("heading", name="Answer")).locator(".body")
    expect(answer).to_contain_text("(4, 3)")
    page.get_by_role("button", name="Write").click()
    draft = page.get_by_label("Draft", exact=True).get_by_role("textbox")
    expect(draft).to_have_value("The sea is wide.")
    draft.fill("My own words")
    page.get_by_role("button", name="Shout").click()
    expect(answer).to_contain_text("MY OWN WORDS")
    page.reload()
    expect(page.get_by_label("Topic")).to_have_value("sea")
