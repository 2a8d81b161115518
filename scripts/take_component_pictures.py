"""Take the pictures of docs/authoring/components: `python scripts/take_component_pictures.py [KIND…]`.

demos/components/KIND.yaml --served, run--> pictures/KIND.webp
"""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "authoring" / "components" / "pictures"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--no-first-run",
)
WIDTH = 1000
"""Of the window: the form beside the results, as on a small laptop."""

HIGHEST = 900
SMALLER = 0.8
"""Pictures are shown in a column of text and have to stay readable there."""

MARGIN = 24
QUALITY = 70
MOST_BYTES = 20_000
"""A page of docs loads quickly, and the repository stays small."""

SCENES = {
    "audio": "0:06",
    "chart": "40 rows",
    "chat": "0 times before.",
    "checkbox": "A coffee with milk",
    "code": "# 5",
    "dropdown": "garden",
    "image": "3 pictures",
    "json": "1: {3}",
    "markdown": "below it",
    "model3d": "Triangles: 244",
    "number": "km/h",
    "plot": "4 pictures",
    "radio": "Goemoarn",
    "scores": "heron",
    "slider": "~~~~~~~~~~~~~~~~~~~~~~~~~",
    "table": "48.2",
    "text": "COMING IN.",
    "video": "0:04",
}
"""The words that are on the page when the picture of a kind is taken."""


def main() -> None:
    """Serve the kinds' demos and photograph each, or those that are named."""
    kinds = sys.argv[1:] or sorted(path.stem for path in (ROOT / "demos" / "components").glob("*.yaml"))
    PICTURES.mkdir(exist_ok=True)
    with _server() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for kind in kinds:
            _save(_photograph(chromium, f"{url}/demos/components.{kind}", kind), kind)
        chromium.close()


@contextmanager
def _server() -> Iterator[str]:
    command = [sys.executable, "-m", "gradstream.cli.main", "serve", str(ROOT), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def _photograph(chromium: Browser, url: str, kind: str) -> Image.Image:
    """Return the page after a run, down to the end of what it shows."""
    context = chromium.new_context(viewport={"width": WIDTH, "height": HIGHEST}, color_scheme="light")
    page = context.new_page()
    page.goto(url)
    page.locator("gs-demo-tabs").evaluate("tabs => { tabs.style.display = 'none' }")
    _use(page, kind)
    ended = page.get_by_role("status").filter(has_text="run finished")
    expect(ended).to_have_count(1, timeout=20_000)
    expect(page.locator(".results, .talk").first).to_contain_text(SCENES.get(kind, ""))
    page.evaluate("scrollTo(0, 0)")
    main = page.get_by_role("main").bounding_box()
    assert main is not None
    parts = page.locator(".field, .out, .talk, gs-composer, gs-action-bar").all()
    bottom = max(box["y"] + box["height"] for part in parts if (box := part.bounding_box()) is not None)
    height = min(bottom + MARGIN, HIGHEST) - main["y"]
    image = Image.open(
        io.BytesIO(page.screenshot(clip={"x": 0, "y": main["y"], "width": WIDTH, "height": height}))
    )
    context.close()
    size = (round(image.width * SMALLER), round(image.height * SMALLER))
    return image.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def _use(page: Page, kind: str) -> None:
    """Say something, or run."""
    if kind in {"chat", "message"}:
        page.get_by_role("textbox", name="Message").fill("Hello, who are you?")
        page.keyboard.press("Enter")
    else:
        page.locator("gs-action-bar").get_by_role("button").first.click()


def _save(image: Image.Image, kind: str) -> None:
    path = PICTURES / f"{kind}.webp"
    image.save(path, quality=QUALITY, method=6)
    assert path.stat().st_size < MOST_BYTES, f"{path.name} has {path.stat().st_size} bytes"


if __name__ == "__main__":
    main()
