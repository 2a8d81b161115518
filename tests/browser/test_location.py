"""Places in pictures: in what a visitor or a function made, and in a picture of the demo's own."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Serve

FILES = {
    "demos/places.yaml": """
gradstream: 1
inputs:
  photo: image
  spots:
    type: location
    picture: photo
    multiple: true
  part:
    type: location
    picture: map.png
    shape: box
  there:
    type: location
    picture: drawn
outputs:
  said: text
  drawn: image
actions:
  say:
    generator: made.say
    button: Say
    inputs: [spots, part, there]
    outputs: [said]
  draw:
    generator: made.draw
    button: Draw
    inputs: []
    outputs: [drawn]
""",
    "demos/made.py": """
import numpy as np

def say(spots, part, there):
    return f"{spots} {part} {there}"

def draw():
    return np.zeros((40, 60, 3), np.uint8)
""",
}


@pytest.fixture
def url(serve: Serve, tmp_path: Path) -> str:
    """Return the address of the demo, which brings a picture along."""
    folder = tmp_path / "catalog0" / "demos"
    folder.mkdir(parents=True)
    Image.new("RGB", (200, 100), "teal").save(folder / "map.png")
    return f"{serve(FILES).url}/demos/places"


def test_points_are_clicked_moved_and_typed(page: Page, url: str, tmp_path: Path) -> None:
    """In an upload and in a result: what the function gets are pixels of the picture."""
    Image.new("RGB", (100, 50), "navy").save(tmp_path / "photo.png")
    page.goto(url)
    said = page.locator("gs-output-card").first
    spots, there = page.locator("gs-location-input").first, page.locator("gs-location-input").last
    expect(spots.locator(".location-empty")).to_be_visible()

    page.locator("gs-image-input input").set_input_files(tmp_path / "photo.png")
    spots.locator("img").click(position={"x": 30, "y": 20})
    spots.locator("img").click(position={"x": 60, "y": 40})
    expect(spots.locator(".place-mark")).to_have_count(2)
    # Where exactly a click hits depends on how the page is laid out.
    for label, number in (("Point 1, x", 30), ("Point 1, y", 20), ("Point 2, x", 60), ("Point 2, y", 7)):
        fill(spots, label, number)
    spots.locator(".place-mark").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(spots.locator("[aria-live]")).to_have_text("Point 1: x 31, y 10")

    page.get_by_role("button", name="Draw").click()
    there.locator("img").click(position={"x": 5, "y": 6})
    fill(there, "x", 5)
    fill(there, "y", 6)
    page.get_by_role("button", name="Say").click()
    expect(said).to_contain_text("[{'x': 31, 'y': 10}, {'x': 60, 'y': 7}] None {'x': 5, 'y': 6}")

    Image.new("RGB", (40, 50), "navy").save(tmp_path / "photo.png")
    page.locator("gs-image-input input").set_input_files(tmp_path / "photo.png")
    expect(spots.get_by_label("Point 2, x")).to_have_value("39")
    spots.locator(".place-mark").first.press("Delete")
    expect(spots.locator(".place-mark")).to_have_count(1)


def test_a_box_is_drawn_and_resized(page: Page, url: str) -> None:
    """In a picture of the demo's own: a box stays within it, however far the pointer goes."""
    page.goto(url)
    part = page.locator("gs-location-input").nth(1)
    part.locator("img").scroll_into_view_if_needed()
    box = part.locator("img").bounding_box()
    assert box is not None
    left, top = box["x"], box["y"]
    drag(page, (left + 20, top + 10), (left + 59, top + 29))
    expect(part.get_by_label("Width")).to_have_value("40")
    fill(part, "x", 20)
    fill(part, "y", 10)
    corner = part.locator(".corner").bounding_box()
    assert corner is not None
    drag(page, (corner["x"] + 8, corner["y"] + 8), (left + 700, top + 300))
    expect(part.get_by_label("Height")).to_have_value("90")
    page.get_by_role("button", name="Say").click()
    expect(page.locator("gs-output-card").first).to_contain_text(
        "[] {'x': 20, 'y': 10, 'width': 180, 'height': 90} None"
    )


def fill(field: Locator, label: str, number: int) -> None:
    """Type a number, and leave its field."""
    typed = field.get_by_label(label, exact=True)
    typed.fill(str(number))
    typed.blur()


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press, move and release the mouse."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()
