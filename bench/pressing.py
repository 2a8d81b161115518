"""Presses a button of a page and looks at an output once a frame, in the page itself.

No driver's round trip is in the figures.
"""

from msgspec import Struct
from playwright.async_api import Page

WATCH = """
async ({ button, output, last, withinMs }) => {
  let longestMs = 0;
  const started = performance.now();
  let before = started;
  benchButton(button).click();
  return await new Promise((resolve) => {
    const look = () => {
      const now = performance.now();
      longestMs = Math.max(longestMs, now - before);
      before = now;
      const element = [...benchFind("body").querySelectorAll(output)].at(-1) ?? benchFind(output);
      const text = element ? (element.value ?? element.textContent) : "";
      if (text.includes(last) || now - started > withinMs) resolve({ tookMs: now - started, longestMs });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
"""


WITHIN_S = 300
"""What a page has not shown by then counts as shown: a tool that grows worse with time is not waited for."""


class Shown(Struct, frozen=True):
    """How long it took until a text was in the page, and the longest time without a frame meanwhile."""

    took_ms: float
    longest_ms: float


async def press(page: Page, button: str, *, output: str, last: str) -> Shown:
    """Press a button and wait until the last element that a CSS selector finds has a text, or WITHIN_S."""
    asked = {"button": button, "output": output, "last": last, "withinMs": WITHIN_S * 1000}
    found = await page.evaluate(WATCH, asked)
    return Shown(found["tookMs"], found["longestMs"])
