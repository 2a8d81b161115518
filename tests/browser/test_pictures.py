"""Pictures that visitors make on the page, with the camera and the screen that Chromium pretends to have."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.conftest import WAIT_MS
from tests.conftest import Serve

FILES = {
    "demos/photo.yaml": """
gradstream: 1
title: Photo
generator: seen.describe
inputs:
  photo:
    type: image
    sources: [camera, screen, upload]
outputs:
  answer: text
""",
    "demos/drawing.yaml": """
gradstream: 1
title: Drawing
generator: seen.count
inputs:
  drawing:
    type: image
    sources: [sketch]
    canvas:
      width: 64
      height: 32
    channels: gray
outputs:
  answer: text
""",
    "demos/mask.yaml": """
gradstream: 1
title: Mask
generator: seen.inside
inputs:
  photo:
    type: image
    sources: [upload, sketch]
    mask: true
outputs:
  answer: text
""",
    "demos/brought.yaml": """
gradstream: 1
title: Brought
generator: seen.inside
inputs:
  photo:
    type: image
    mask: true
outputs:
  answer: text
examples:
  spot:
    photo:
      image: grey.png
      mask: spot.png
  bare:
    photo: grey.png
""",
    "demos/seen.py": """
def count(drawing):
    if drawing is None:
        yield "nothing"
        return
    columns = (drawing < 250).any(axis=0).nonzero()[0] // 8
    yield f"{drawing.shape} from {columns[0]} to {columns[-1]}"

def inside(photo):
    image, mask = photo["image"], photo["mask"]
    where = mask.nonzero()
    spot = f"around {where[1].mean():.0f}, {where[0].mean():.0f}" if mask.any() else "empty"
    yield f"{image.shape} {mask.shape} {spot}"

def describe(photo):
    yield "nothing" if photo is None else f"{photo.shape[1]} x {photo.shape[0]}, up to {photo.max()}"
""",
}
LIVE_TRACKS = (
    "window.opened.flatMap(stream => stream.getTracks()).filter(track => track.readyState === 'live').length"
)
"""How many devices the page has in use."""

NOTE_STREAMS = """
window.opened = [];
for (const name of ['getUserMedia', 'getDisplayMedia']) {
  const open = navigator.mediaDevices[name].bind(navigator.mediaDevices);
  navigator.mediaDevices[name] = async wanted => {
    const stream = await open(wanted);
    window.opened.push(stream);
    return stream;
  };
}
"""


def png(width: int, height: int) -> bytes:
    """Return a grey picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), (90, 90, 90)).save(out, "png")
    return out.getvalue()


def open_tab(browser: Browser, *, permissions: list[str]) -> Iterator[Page]:
    """Open a tab that notes what it opens, and fails for mistakes of the page's scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=permissions)
    context.set_default_timeout(WAIT_MS)
    tab = context.new_page()
    mistakes: list[str] = []
    tab.on("pageerror", lambda error: mistakes.append(str(error)))
    tab.add_init_script(NOTE_STREAMS)
    yield tab
    context.close()
    assert mistakes == []


@pytest.fixture
def equipped(browser: Browser) -> Iterator[Page]:
    """Open a tab that may use the camera."""
    yield from open_tab(browser, permissions=["camera"])


def test_a_picture_is_taken_with_the_camera_which_is_let_go(serve: Serve, equipped: Page) -> None:
    """The function gets what the camera saw, and the device is free afterwards."""
    equipped.goto(serve(FILES).url + "/demos/photo")
    equipped.get_by_role("button", name="Use the camera").click()
    equipped.get_by_role("button", name="Take the picture").click()
    expect(equipped.locator("img.drop-picture")).to_be_visible()
    equipped.wait_for_function(f"() => {LIVE_TRACKS} === 0")
    expect(equipped.get_by_role("button", name="Use the camera")).to_be_focused()
    equipped.get_by_role("button", name="Run").click()
    expect(equipped.get_by_text("x 1080, up to ")).to_be_visible()


def test_a_camera_that_is_left_is_let_go(serve: Serve, equipped: Page) -> None:
    """Nothing was taken, the button is back with the focus, and the device is free."""
    equipped.goto(serve(FILES).url + "/demos/photo")
    equipped.get_by_role("button", name="Use the camera").click()
    expect(equipped.get_by_role("button", name="Take the picture")).to_be_visible()
    equipped.get_by_role("button", name="Close: Photo").click()
    equipped.wait_for_function(f"() => {LIVE_TRACKS} === 0")
    expect(equipped.get_by_role("button", name="Use the camera")).to_be_focused()
    equipped.get_by_role("button", name="Run").click()
    expect(equipped.get_by_text("nothing")).to_be_visible()


def test_leaving_the_page_s_demo_lets_the_camera_go(serve: Serve, equipped: Page) -> None:
    """A field that is no longer there has no device in use."""
    equipped.goto(serve(FILES).url + "/demos/photo")
    equipped.get_by_role("button", name="Use the camera").click()
    expect(equipped.get_by_role("button", name="Take the picture")).to_be_visible()
    equipped.evaluate("document.querySelector('gs-image-input').remove()")
    equipped.wait_for_function(f"() => {LIVE_TRACKS} === 0")


def test_one_picture_is_taken_of_the_screen(serve: Serve, equipped: Page) -> None:
    """The visitor chooses a window, a picture of it is in the field, and nothing is shared any more."""
    equipped.goto(serve(FILES).url + "/demos/photo")
    equipped.get_by_role("button", name="Take a picture of the screen").click()
    expect(equipped.locator("img.drop-picture")).to_be_visible()
    equipped.wait_for_function(f"() => {LIVE_TRACKS} === 0")
    equipped.get_by_role("button", name="Run").click()
    expect(equipped.get_by_text(", up to ")).to_be_visible()


def test_a_refused_camera_is_told_in_words(serve: Serve, equipped: Page) -> None:
    """What a browser throws is not shown; what to do is."""
    equipped.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    equipped.goto(serve(FILES).url + "/demos/photo")
    equipped.get_by_role("button", name="Use the camera").click()
    expect(equipped.get_by_role("alert")).to_have_text(
        "This page may not use the camera. Allow it in the browser, beside the address, and try again."
    )
    expect(equipped.get_by_role("button", name="Use the camera")).to_be_focused()


def drag(page: Page, *places: tuple[float, float]) -> None:
    """Draw a line through these places of the canvas, each a share of its width and height."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
    page.mouse.move(*spots[0])
    page.mouse.down()
    for spot in spots[1:]:
        page.mouse.move(*spot)
    page.mouse.up()


def run_to(page: Page, answer: str) -> None:
    """Run, and wait for this answer."""
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text(answer, exact=True)).to_be_visible()


def test_a_drawing_is_what_the_function_gets(serve: Serve, equipped: Page) -> None:
    """Of the canvas's own size, without Done; Undo, Redo, Clear and Reset change it."""
    equipped.goto(serve(FILES).url + "/demos/drawing")
    run_to(equipped, "nothing")
    drag(equipped, (0.3, 0.5), (0.7, 0.5))
    run_to(equipped, "(32, 64) from 2 to 5")
    drag(equipped, (0.05, 0.2), (0.1, 0.2))
    equipped.get_by_role("button", name="Undo").click()
    run_to(equipped, "(32, 64) from 2 to 5")
    equipped.get_by_role("button", name="Clear all").click()
    run_to(equipped, "nothing")
    equipped.get_by_role("button", name="Undo").click()
    run_to(equipped, "(32, 64) from 2 to 5")
    equipped.get_by_role("button", name="Reset", exact=True).click()
    run_to(equipped, "nothing")


def test_a_drawing_is_made_by_keyboard(serve: Serve, equipped: Page) -> None:
    """Space puts the pen down, arrows draw, and Ctrl+Z takes the line back."""
    equipped.goto(serve(FILES).url + "/demos/drawing")
    equipped.get_by_role("application", name="Drawing area of Drawing").focus()
    for key in ["Space", *["ArrowRight"] * 7, "Space"]:
        equipped.keyboard.press(key)
    run_to(equipped, "(32, 64) from 3 to 5")
    equipped.get_by_role("application").focus()
    equipped.keyboard.press("Control+z")
    run_to(equipped, "nothing")


def test_a_mask_is_painted_on_a_picture(serve: Serve, equipped: Page) -> None:
    """It is as large as the picture, empty until something is painted, and gone with the next picture."""
    equipped.goto(serve(FILES).url + "/demos/mask")
    file: FilePayload = {"name": "grey.png", "mimeType": "image/png", "buffer": png(200, 100)}
    equipped.locator("input[type=file]").set_input_files(files=[file])
    expect(equipped.get_by_role("application", name="Mask on Photo")).to_be_visible()
    run_to(equipped, "(100, 200, 3) (100, 200) empty")
    drag(equipped, (0.5, 0.5), (0.5, 0.51))
    run_to(equipped, "(100, 200, 3) (100, 200) around 100, 50")
    equipped.get_by_role("button", name="Remove the picture of Photo").click()
    equipped.locator("input[type=file]").set_input_files(files=[file])
    expect(equipped.get_by_role("application", name="Mask on Photo")).to_be_visible()
    run_to(equipped, "(100, 200, 3) (100, 200) empty")


def test_an_example_brings_a_mask_that_is_painted_on(serve: Serve, equipped: Page, tmp_path: Path) -> None:
    """It is shown in small and in the field, is what the function gets, and can be added to and cleared."""
    spot = Image.new("L", (200, 100))
    spot.paste(255, (20, 40, 40, 60))
    (tmp_path / "catalog0" / "demos").mkdir(parents=True)
    (tmp_path / "catalog0" / "demos" / "grey.png").write_bytes(png(200, 100))
    spot.save(tmp_path / "catalog0" / "demos" / "spot.png")
    equipped.goto(serve(FILES).url + "/demos/brought")
    example = equipped.get_by_role("button", name="spot")
    expect(example.locator("img")).to_have_js_property("naturalWidth", 200)
    expect(equipped.locator("gs-example-picture span")).to_have_count(1)
    example.click()
    canvas = equipped.get_by_role("application", name="Mask on Photo")
    expect(canvas).to_be_visible()
    whole = "(100, 200, 3) (100, 200)"
    run_to(equipped, f"{whole} around 30, 50")
    painted = "canvas => canvas.getContext('2d').getImageData(30, 50, 1, 1).data[3]"
    assert canvas.evaluate(painted) == 255
    equipped.get_by_role("button", name="Clear all").click()
    run_to(equipped, f"{whole} empty")
    equipped.get_by_role("button", name="Undo").click()
    run_to(equipped, f"{whole} around 30, 50")
    canvas.evaluate("canvas => { canvas.id = 'before'; }")
    example.click()
    expect(equipped.locator("canvas:not(#before)")).to_be_visible()
    drag(equipped, (0.9, 0.5), (0.9, 0.51))
    equipped.get_by_role("button", name="Run").click()
    # Between the spot, at 30, and the stroke, at 180: the function gets both.
    expect(equipped.get_by_text(re.compile(r"around [5-8]\d, 50"))).to_be_visible()
    equipped.get_by_role("button", name="bare").click()
    run_to(equipped, f"{whole} empty")


def test_a_mask_is_painted_on_a_drawing(serve: Serve, equipped: Page) -> None:
    """Once it is done, the drawing is a picture as any other."""
    equipped.goto(serve(FILES).url + "/demos/mask")
    equipped.get_by_role("button", name="Draw a picture").click()
    drag(equipped, (0.2, 0.2), (0.8, 0.8))
    equipped.get_by_role("button", name="Done").click()
    expect(equipped.get_by_role("application", name="Mask on Photo")).to_be_visible()
    drag(equipped, (0.25, 0.25), (0.25, 0.26))
    run_to(equipped, "(512, 512, 3) (512, 512) around 128, 130")
