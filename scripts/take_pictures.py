"""Take the pictures of README and catalog from real runs: `python scripts/take_pictures.py [DEMO…]`.

demos/thumbnails/NAME.webp              what a run of the demo shows, 640 by 360, and NAME.dark.webp
demos/components/thumbnails/KIND.webp   the component, used, 480 by 270, and KIND.dark.webp
docs/picture.jpg                        a demo page in the middle of a run; not if demos are named
"""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--no-first-run",
)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
TILE = (640, 360)
WEBP_QUALITY = 80
SMALL_TILE = (480, 270)
SMALL_QUALITY = 60
MOST_BYTES = 50_000
"""A catalog of many demos is loaded over slow lines, too."""

COMPONENT = "components."
COMPONENTS = [f"{COMPONENT}{path.stem}" for path in sorted((ROOT / "demos" / "components").glob("*.yaml"))]
FIELDS = frozenset(path.name.split(".")[0] for path in (ROOT / "schemas" / "inputs").iterdir()) - {
    path.name.split(".")[0] for path in (ROOT / "schemas" / "outputs").iterdir()
}
"""Kinds that are inputs alone: their field is shown, of all others the result."""

JPEG_QUALITY = 85


def main() -> None:
    """Serve this checkout's demos and photograph each, or those that are named."""
    named = sys.argv[1:]
    with _server() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        wanted = [(demo, scheme) for demo in named or (*SCENES, *COMPONENTS) for scheme in SCHEMES]
        taken = [(_take(chromium, url, demo, scheme), demo, scheme) for demo, scheme in wanted]
        if not named:
            _take_page(chromium, url)
        chromium.close()
    # Only now: a file that is written beside a demo has the server read it again.
    for image, demo, scheme in taken:
        _save_tile(image, demo, scheme)


def _take(chromium: Browser, url: str, demo: str, scheme: Scheme) -> Image.Image:
    address = f"{url}/demos/{demo}"
    if demo in SCENES:
        return _photograph(chromium, address, scheme, *SCENES[demo])
    return _photograph_component(chromium, address, scheme, demo)


def _press_run(page: Page) -> None:
    page.locator("gs-action-bar").get_by_role("button").first.click()


def _type(page: Page) -> None:
    page.get_by_role("textbox").first.fill("never odd or even, was it")


def _say(page: Page) -> None:
    page.get_by_role("textbox", name="Message").fill("Tell me about a lighthouse")
    page.keyboard.press("Enter")


def _divide(page: Page) -> None:
    page.get_by_label("divide").check()


def _guess(page: Page) -> None:
    for _ in range(3):
        _press_run(page)
        expect(page.locator("gs-action-bar").get_by_role("button", name="Try it")).to_be_enabled()


def _ask(page: Page) -> None:
    page.get_by_role("textbox", name="Message").fill("Is it warm by the sea?")
    page.keyboard.press("Enter")


def _paint(page: Page) -> None:
    """Paint over the balloon, whose place in the picture is known, in lines from its top to its basket."""
    area = page.get_by_role("application", name="Mask on Picture").bounding_box()
    assert area is not None
    for line in range(15):
        y = 0.12 + 0.03 * line
        side = min(0.1, 0.03 + 0.22 * (0.56 - y))
        for x in (0.632 - side, 0.632 + side)[:: 1 if line % 2 else -1]:
            page.mouse.move(area["x"] + x * area["width"], area["y"] + y * area["height"])
            page.mouse.down()
    page.mouse.up()
    _press_run(page)


def _wait(page: Page) -> None:
    page.wait_for_load_state()


SCENES: dict[str, tuple[Callable[[Page], None], str | re.Pattern[str]]] = {
    "archimedes": (_press_run, "sides the guess"),
    "assistant": (_ask, "24 degrees"),
    "async_words": (_press_run, "begins with a trickle"),
    "calculator": (_divide, "0.857"),
    "chart": (_press_run, "120 rows"),
    "chatbot": (_say, "I think there"),
    "count": (_press_run, "2."),
    "dashboard": (_wait, "12 rows"),
    "erase": (_paint, re.compile(r"Filling in[^%]*[67]\d %|[67]\d %[^%]*Filling in")),
    "fake_diffusion": (_press_run, "4 pictures"),
    "guess": (_guess, "than 50"),
    "keep_repeating": (_press_run, "0:20"),
    "pizza": (_press_run, "It is done."),
    "progress": (_press_run, "kitchen"),
    "reverse_as_you_type": (_type, "neve ro ddo"),
    "stream_audio_bytes": (_press_run, "0:16"),
    "stream_audio_files": (_press_run, "0:16"),
    "stream_video": (_press_run, "0:04"),
    "synth": (_press_run, "0:05"),
    "two_outputs": (_press_run, "Your total is now"),
}
"""What a visitor does in each demo, and the words on the page at which the picture is taken."""


@contextmanager
def _server() -> Iterator[str]:
    command = [sys.executable, "-m", "gradstream.cli.main", "serve", str(ROOT), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


@contextmanager
def _phone(chromium: Browser, url: str, scheme: Scheme) -> Iterator[Page]:
    """Open a demo as a phone shows it, high enough for all of it."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 1600}, color_scheme=scheme, device_scale_factor=2
    )
    page = context.new_page()
    page.goto(url)
    page.locator("gs-demo-tabs").evaluate("tabs => { tabs.remove() }")
    yield page
    context.close()


def _photograph_component(chromium: Browser, url: str, scheme: Scheme, demo: str) -> Image.Image:
    """Return the field of an input, or the result of an output, after a run."""
    kind = demo.removeprefix(COMPONENT)
    with _phone(chromium, url, scheme) as page:
        if kind in {"chat", "message"}:
            page.get_by_role("textbox", name="Message").fill("Hello, who are you?")
            page.keyboard.press("Enter")
        else:
            _press_run(page)
        expect(page.get_by_role("status").filter(has_text="run finished")).to_have_count(1, timeout=40_000)
        page.evaluate("scrollTo(0, 0)")
        # A message is a part of its conversation.
        shown = page.locator(".side" if kind in FIELDS - {"message"} else ".out, .talk")
        box = shown.first.bounding_box()
        assert box is not None
        height = box["width"] * TILE[1] / TILE[0]
        clip: FloatRect = {"x": box["x"], "y": box["y"], "width": box["width"], "height": height}
        return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def _photograph(
    chromium: Browser,
    url: str,
    scheme: Scheme,
    use: Callable[[Page], None],
    wait: str | re.Pattern[str],
) -> Image.Image:
    """Return the outputs of a run as a phone shows them when the words appear, cut to a tile's shape."""
    with _phone(chromium, url, scheme) as page:
        use(page)
        return _outputs(page, wait)


def _outputs(page: Page, wait: str | re.Pattern[str]) -> Image.Image:
    expect(page.get_by_role("main")).to_contain_text(wait, timeout=40_000)
    picture = page.locator(".out img, .out video, .out .chart-plot").filter(visible=True)
    written = page.locator(".out").filter(has_text=wait)
    shown = (picture if picture.count() else written).first
    expect(shown).to_be_visible()
    box = shown.bounding_box()
    assert box is not None
    # What is read begins at the top; of a picture, square or wide, the middle is shown.
    width = min(box["width"], box["height"] * TILE[0] / TILE[1]) if picture.count() else box["width"]
    height = width * TILE[1] / TILE[0]
    top = box["y"] + (box["height"] - height) / 2 if picture.count() else box["y"]
    left = box["x"] + (box["width"] - width) / 2
    clip: FloatRect = {"x": left, "y": top, "width": width, "height": height}
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def _save_tile(image: Image.Image, demo: str, scheme: Scheme) -> None:
    name = demo.removeprefix(COMPONENT)
    folder = ROOT / "demos" / ("thumbnails" if name == demo else "components/thumbnails")
    folder.mkdir(exist_ok=True)
    size, quality = (TILE, WEBP_QUALITY) if name == demo else (SMALL_TILE, SMALL_QUALITY)
    path = folder / f"{name}{'' if scheme == 'light' else '.dark'}.webp"
    image.resize(size, Image.Resampling.LANCZOS).save(path, quality=quality, method=6)
    assert path.stat().st_size < MOST_BYTES, f"{path.name} has {path.stat().st_size} bytes"


def _take_page(chromium: Browser, url: str) -> None:
    context = chromium.new_context(viewport={"width": 1240, "height": 800}, color_scheme="light")
    page = context.new_page()
    page.goto(f"{url}/demos/fake_diffusion#steps=5")
    _press_run(page)
    expect(page.get_by_role("main")).to_contain_text("5 pictures", timeout=20_000)
    page.screenshot(path=ROOT / "docs" / "picture.jpg", type="jpeg", quality=JPEG_QUALITY)
    context.close()


if __name__ == "__main__":
    main()
