"""A Chromium with an empty cache that talks to this machine only."""

import contextlib
import shutil
from collections.abc import AsyncIterator

from playwright.async_api import BrowserContext, Page, async_playwright

FLAGS = (
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
    # A third party's script or font is neither waited for nor counted.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

# Finds elements through open shadow roots, players quickly, and a button by its text.
FINDERS = """
window.benchDeep = function* (root) {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* benchDeep(element.shadowRoot);
  }
};
window.benchFind = (css) => {
  for (const element of benchDeep(document)) if (element.matches(css)) return element;
  return null;
};
window.benchRoots = [document];
const attachShadow = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  const root = attachShadow.call(this, options);
  benchRoots.push(root);
  return root;
};
window.benchPlayers = () => benchRoots.flatMap((root) => [...root.querySelectorAll("audio, video")]);
window.benchButton = (text) => {
  for (const element of benchDeep(document)) {
    const words = element.getAttribute("aria-label") ?? element.textContent.trim();
    if (element.matches("button:enabled") && words.startsWith(text)) {
      const box = element.getBoundingClientRect();
      if (box.width && box.height) return element;
    }
  }
  return null;
};
"""


@contextlib.asynccontextmanager
async def open_page() -> AsyncIterator[Page]:
    """Open an empty page in a new browser."""
    async with open_browser() as browser:
        yield await browser.new_page()


@contextlib.asynccontextmanager
async def open_browser() -> AsyncIterator[BrowserContext]:
    """Open a new browser, whose pages share a cache that is empty at first."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        try:
            context = await browser.new_context()
            await context.add_init_script(FINDERS)
            yield context
        finally:
            await browser.close()
