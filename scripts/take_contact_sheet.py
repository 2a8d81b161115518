"""Picture all components in both schemes and widths: `.venv/bin/python scripts/take_contact_sheet.py [KIND]`.

demos/components/KIND.yaml --served, run--> build/contact-sheet/KIND-SCHEME-WIDTH.png, index.html

The sheet is for the eyes of who changes the page: git ignores it, and no test compares it.
"""

import html
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SHEET = ROOT / "build" / "contact-sheet"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--no-first-run",
)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1280, 390)
HEIGHT = 844
FORMS = [(scheme, width) for width in WIDTHS for scheme in SCHEMES]
RUN_LIMIT_MS = 60_000
SETTLED_MS = 300
"""After a change of scheme or width: colours pass into each other."""

STYLE = """
body { font: 16px system-ui; margin: 24px; background: #888; }
section { display: flex; gap: 12px; align-items: start; margin-bottom: 32px; }
h2 { margin: 0; width: 140px; }
"""


def main() -> None:
    """Serve this checkout's demos, and picture those of all kinds or of the kinds that are named."""
    kinds = sys.argv[1:] or sorted(path.stem for path in (ROOT / "demos" / "components").glob("*.yaml"))
    SHEET.mkdir(parents=True, exist_ok=True)
    with _server() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for kind in kinds:
            _picture(chromium, f"{url}/demos/components.{kind}", kind)
        chromium.close()
    (SHEET / "index.html").write_text(_sheet(kinds), encoding="utf-8")
    print(SHEET / "index.html")  # noqa: T201 (what to open)


@contextmanager
def _server() -> Iterator[str]:
    command = [sys.executable, "-m", "gradstream.cli.main", "serve", str(ROOT), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def _picture(chromium: Browser, url: str, kind: str) -> None:
    """Run a kind's demo once, and picture the page in each form."""
    context = chromium.new_context(viewport={"width": WIDTHS[0], "height": HEIGHT})
    page = context.new_page()
    page.goto(url)
    _run(page)
    # What an author reads is below each demo, and the same for all of them.
    page.locator("gs-demo-tabs").evaluate("tabs => { tabs.style.display = 'none' }")
    for scheme, width in FORMS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        # As high as the page is: bars that stay at an edge of the window would lie over the middle of it.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=SHEET / _file(kind, scheme, width))
    context.close()


def _run(page: Page) -> None:
    """Press Run, or say what is suggested, and wait for the end."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    bar = page.locator("gs-action-bar").get_by_role("button")
    if bar.count():
        bar.first.click()
    else:
        page.get_by_role("textbox", name="Message").fill("Hello, who are you?")
        page.keyboard.press("Enter")
    ended = page.get_by_role("status").filter(has_text="run finished")
    expect(ended).to_have_count(1, timeout=RUN_LIMIT_MS)


def _file(kind: str, scheme: str, width: int) -> str:
    return f"{kind}-{scheme}-{width}.png"


def _sheet(kinds: list[str]) -> str:
    rows = []
    for kind in kinds:
        pictures = [
            f'<img src="{_file(kind, scheme, width)}" width="{width // 2}" alt="{scheme}, {width} wide">'
            for scheme, width in FORMS
        ]
        rows.append(f"<section><h2>{html.escape(kind)}</h2>{''.join(pictures)}</section>")
    return f"<!doctype html><title>Components</title><style>{STYLE}</style>{''.join(rows)}"


if __name__ == "__main__":
    main()
