"""3D models in a browser that draws them without a graphics card, and in one that cannot draw them at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import FLAGS, find_chromium, shared_browser
from tests.browser.shared_program import SharedProgram
from tests.conftest import Serve
from tests.unit.components.models import PLY_POINTS, glb

FILES = {
    "demos/shapes.yaml": """
gradstream: 1
inputs:
  mesh: {type: model3d, required: true}
  size: {type: slider, minimum: 1, maximum: 5}
outputs:
  shape: {type: model3d, background: "#1e293b"}
  said: text
actions:
  grow: {generator: made.grown, button: Grow, inputs: [size], outputs: [shape]}
  keep: {generator: made.kept, button: Keep, inputs: [mesh], outputs: [shape, said]}
  take: {generator: made.taken, button: Take, inputs: [shape], outputs: [mesh]}
  tear: {generator: made.torn, button: Tear, outputs: [shape]}
""",
    "demos/made.py": """
import json
from pathlib import Path

OBJ = "v 0 0 0\\nv {0} 0 0\\nv 0 {0} 0\\nv 0 0 {0}\\nf 1 2 3\\nf 1 2 4\\nf 2 3 4\\n"

def grown(size):
    yield OBJ.format(1).encode()
    yield OBJ.format(size).encode()

def kept(mesh):
    return mesh, Path(mesh).name

def taken(shape):
    return shape

def torn():
    compressed = ["KHR_draco_mesh_compression"]
    return json.dumps({"asset": {"version": "2.0"}, "extensionsRequired": compressed}).encode()
""",
}


CONTEXTS = """
window.contexts = [];
const { getContext } = HTMLCanvasElement.prototype;
HTMLCanvasElement.prototype.getContext = function (kind, options) {
  const context = getContext.call(this, kind, options);
  if (kind === "webgl2") window.contexts.push(context);
  return context;
};
"""
"""Keeps the WebGL contexts that the page asks for."""


@pytest.fixture(scope="module")
def shared(request: pytest.FixtureRequest) -> Iterator[SharedProgram[Browser]]:
    """Start a browser that draws in 3D by its processor."""
    flags = [*FLAGS, "--enable-unsafe-swiftshader"]
    launch = shared_browser(request.node).get().browser_type.launch
    drawing = SharedProgram(lambda: launch(executable_path=find_chromium(), args=flags))
    yield drawing
    drawing.close()


def drawn(stage: Locator) -> bytes:
    """Return what is drawn, once it stands."""
    last, now = b"", stage.screenshot()
    while now != last:
        last, now = now, stage.screenshot()
    return now


def changed(stage: Locator, before: bytes) -> bytes:
    """Wait until something else is drawn, and return it."""
    now = drawn(stage)
    while now == before:
        now = drawn(stage)
    return now


def test_a_model_is_turned_and_keeps_its_view(page: Page, serve: Serve) -> None:
    """By mouse, keys and buttons; the next model takes the view over, and it can be shown large."""
    page.goto(f"{serve(FILES).url}/demos/shapes")
    page.get_by_role("button", name="Grow").click()
    card = page.locator(".out").first
    expect(card).to_contain_text("Triangles: 3")
    stage = card.get_by_role("application", name="Shape, a 3D model")
    first = drawn(stage)

    stage.hover()
    page.mouse.down()
    page.mouse.move(500, 300, steps=3)
    page.mouse.up()
    expect(stage).to_be_focused()
    turned = changed(stage, first)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("+")
    moved = changed(stage, turned)
    page.keyboard.press("0")
    reset = changed(stage, moved)
    card.get_by_role("button", name="Zoom in").click()
    zoomed = changed(stage, reset)

    page.get_by_label("Size", exact=True).fill("3")
    page.get_by_role("button", name="Grow").click()
    # Had the view not stayed, the larger model would have been drawn as the first one was.
    changed(stage, zoomed)
    card.get_by_role("button", name="Reset the view").click()

    card.get_by_role("button", name="Show large").click()
    expect(page.get_by_role("dialog").get_by_role("application")).to_be_visible()
    expect(page.locator("dialog canvas")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(card.get_by_role("button", name="Show large")).to_be_focused()
    with page.expect_download() as download:
        card.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "shape.obj"


def test_a_visitors_model_is_shown_sent_and_given_back(page: Page, serve: Serve, tmp_path: Path) -> None:
    """A model is shown before it is sent, and given back. One context draws all, and may be lost."""
    page.add_init_script(CONTEXTS)
    page.goto(f"{serve(FILES).url}/demos/shapes")
    field, cards = page.locator("gs-model3d-input"), page.locator(".out")
    for name, content, amount in (
        ("cloud.ply", PLY_POINTS, "Points: 3"),
        ("shape.glb", glb(), "Triangles: 1"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        field.locator("input[type=file]").set_input_files(path)
        expect(field).to_contain_text(name)
        expect(field).to_contain_text(amount)
        page.get_by_role("button", name="Keep").click()
        expect(cards.nth(1)).to_contain_text(name)
        page.get_by_role("button", name="Remove what was chosen for Mesh").click()
    page.get_by_role("button", name="Take").click()
    expect(field).to_contain_text("A 3D model is chosen.")
    expect(field).to_contain_text("Triangles: 1")
    assert page.evaluate("contexts.length") == 1

    stage = field.get_by_role("application")
    before = drawn(stage)
    page.evaluate("taken = contexts[0].getExtension('WEBGL_lose_context'); taken.loseContext()")
    expect(field).to_contain_text("The browser has stopped drawing in 3D.")
    expect(cards.first).to_contain_text("The browser has stopped drawing in 3D.")
    page.evaluate("taken.restoreContext()")
    expect(field).to_contain_text("Triangles: 1")
    while drawn(stage) != before:
        pass


def test_what_cannot_be_shown_is_said(page: Page, serve: Serve, tmp_path: Path) -> None:
    """A wrong file is named before a run, a result that is compressed can be downloaded."""
    page.goto(f"{serve(FILES).url}/demos/shapes")
    field = page.locator("gs-model3d-input")
    path = tmp_path / "notes.txt"
    path.write_bytes(b"hello")
    field.locator("input[type=file]").set_input_files(path)
    expect(field).to_contain_text("notes.txt is no 3D model that is taken here.")
    path = path.rename(tmp_path / "notes.stl")
    field.locator("input[type=file]").set_input_files(path)
    expect(field).to_contain_text("There is no shape in the file.")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("main")).to_contain_text("cannot be read as a 3D model")
    page.get_by_role("button", name="Tear").click()
    card = page.locator(".out").first
    expect(card).to_contain_text("The file is compressed in a way that cannot be shown here.")
    expect(card.locator(".body").get_by_role("link", name="Download")).to_have_attribute(
        "download", "shape.gltf"
    )


def test_a_browser_without_3d_says_so(page: Page, serve: Serve) -> None:
    """Where WebGL is missing there are words, and the file."""
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{serve(FILES).url}/demos/shapes")
    page.get_by_role("button", name="Grow").click()
    card = page.locator(".out").first
    expect(card).to_contain_text("This browser cannot draw in 3D here: WebGL is missing or switched off.")
    with page.expect_download() as download:
        card.locator(".body").get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "shape.obj"
