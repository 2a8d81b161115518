"""Demos that run at every change: the answer is there at once, and in sight while somebody types."""

from playwright.sync_api import Browser, ViewportSize, expect

from tests.conftest import Serve

EMPTY = """
gradstream: 1
generator: made.run
live: true
inputs:
  first: text
  second: text
  third: text
  fourth: text
outputs:
  answer: text
"""
GIVEN = """
gradstream: 1
generator: made.run
live: true
inputs:
  first:
    type: text
    default: abc
  second: slider
outputs:
  answer: text
"""
FILES = {
    "demos/empty.yaml": EMPTY,
    "demos/given.yaml": GIVEN,
    "demos/made.py": "def run(first, **others):\n    yield first[::-1]\n",
}
PHONE: ViewportSize = {"width": 390, "height": 430}
"""With its keyboard open."""


def test_the_answer_is_in_sight_on_a_phone_with_its_keyboard(browser: Browser, serve: Serve) -> None:
    """The output stays above the keyboard, and the field that is typed into above the output."""
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{serve(FILES).url}/demos/empty")
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_contain_text("Nothing here yet")
    for name in ("First", "Fourth"):
        field = page.get_by_label(name)
        field.fill("")
        field.press_sequentially("live")
        box, place = answer.bounding_box(), field.bounding_box()
        assert box is not None
        assert place is not None
        assert 0 <= place["y"] < place["y"] + place["height"] <= box["y"]
        assert box["y"] + box["height"] <= PHONE["height"] + 1
    expect(answer).to_contain_text("evil")
    page.close()


def test_the_answer_is_there_on_opening(browser: Browser, serve: Serve) -> None:
    """A demo whose inputs are all given runs when its page opens; one that lacks some waits for them."""
    server = serve(FILES)
    page = browser.new_page()
    page.goto(f"{server.url}/demos/given")
    expect(page.get_by_role("region", name="Answer")).to_contain_text("cba")
    page.goto(f"{server.url}/demos/empty")
    expect(page.get_by_role("region", name="Answer")).to_contain_text("Nothing here yet")
    page.close()
