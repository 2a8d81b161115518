"""A visitor of one demo sees that another demo of its group has the place."""

from playwright.sync_api import Page, expect

from tests.conftest import Serve

DEMO = """
gradstream: 1
title: Card
group: gpu
generator: card.hold
outputs:
  said: text
"""
FILES = {
    "demos/first.yaml": DEMO,
    "demos/second.yaml": DEMO,
    "demos/card.py": """
import time

def hold():
    while True:
        yield "here"
        time.sleep(0.02)
""",
}


def test_the_place_in_line_is_that_of_the_group(page: Page, serve: Serve) -> None:
    """The second demo's run waits, and goes on when the first one's was stopped."""
    url = serve(FILES).url
    page.goto(f"{url}/demos/first")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("here")).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{url}/demos/second")
    other.get_by_role("button", name="Run").click()
    expect(other.get_by_text("next in line")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(other.get_by_text("here")).to_be_visible()
    other.get_by_role("button", name="Stop").click()
