"""Several pictures: chosen, pasted, put in an order by the keyboard, sent, and given back by a function."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/sheet.yaml": """
gradstream: 1
inputs:
  photos:
    type: gallery
    captions: true
    as: pil
    rules: {max_length: 3, message: Three at most}
outputs:
  said: text
  shown: gallery
actions:
  list:
    generator: made.listed
    button: List
    inputs: [photos]
    outputs: [said]
  turn:
    generator: made.turned
    button: Turn
    inputs: [photos]
    outputs: [photos, shown]
  read:
    generator: made.listed
    button: Read
    inputs: [shown]
    outputs: [said]
""",
    "demos/made.py": """
def listed(photos):
    return ", ".join(f"{getattr(photo, 'shape', None) or photo.size} {caption}" for photo, caption in photos)

def turned(photos):
    pictures = [(photo.rotate(90, expand=True), f"{caption} turned") for photo, caption in photos]
    return pictures, pictures
""",
}

PASTE = """(bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "pasted.png", { type: "image/png" }));
  const given = { bubbles: true, cancelable: true, clipboardData: data };
  document.querySelector("gs-gallery-input input").dispatchEvent(new ClipboardEvent("paste", given));
}"""


def test_pictures_are_chosen_ordered_sent_and_given_back(page: Page, serve: Serve, tmp_path: Path) -> None:
    """The order of the page is that of the list, and a function's pictures come back with their captions."""
    for name, size in (("wide", (40, 10)), ("tall", (10, 40)), ("pasted", (20, 20))):
        Image.new("RGB", size, "teal").save(tmp_path / f"{name}.png")
    page.goto(f"{serve(FILES).url}/demos/sheet")
    items, said = page.locator(".picture-list li"), page.locator("gs-output-card").first
    page.locator("gs-gallery-input input[type=file]").set_input_files(
        [tmp_path / "wide.png", tmp_path / "tall.png"]
    )
    expect(items.locator("img")).to_have_count(2)
    page.evaluate(PASTE, list((tmp_path / "pasted.png").read_bytes()))
    expect(items).to_have_count(3)
    page.get_by_label("Caption of tall.png").fill("Tall")

    page.get_by_role("button", name="Earlier: pasted.png").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Earlier: pasted.png")).to_be_focused()
    expect(items.first.locator("img")).to_have_attribute("alt", "pasted.png")
    page.get_by_role("button", name="List").click()
    expect(said).to_contain_text("(20, 20) None, (40, 10) None, (10, 40) Tall")

    items.nth(2).drag_to(items.nth(0))
    page.get_by_role("button", name="Remove pasted.png").click()
    page.get_by_role("button", name="Turn").click()
    expect(page.locator(".gallery img")).to_have_count(2)
    expect(page.get_by_label("Caption of")).to_have_count(2)
    expect(page.get_by_label("Caption of").first).to_have_value("Tall turned")
    page.get_by_role("button", name="List").click()
    expect(said).to_contain_text("(40, 10) Tall turned, (10, 40) None turned")
    page.get_by_role("button", name="Read").click()
    expect(said).to_contain_text("(10, 40, 3) Tall turned, (40, 10, 3) None turned")
