"""From saving a file that an author edits to the change on an open page."""

import asyncio
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from playwright.async_api import Page

from bench.browser import open_page
from bench.session import open_session
from bench.types import Figures, Row, Tool

LABEL = "Steps"
WORD = 'WORD = "amber"'
SAVES = 20
SETTLE_S = 1

SHOWS = """
({ text }) => {
  for (const element of benchDeep(document))
    if (element.childElementCount === 0 && element.textContent.includes(text)) return true;
  return false;
}
"""

# Runs the demo again, at most every 30 ms, until its output has the text; the page may reload meanwhile.
RUNS_UNTIL = """
({ text, button, output }) => {
  const shown = benchFind(output);
  if (shown && (shown.value ?? shown.textContent).includes(text)) return true;
  const pressed = benchButton(button);
  if (pressed && performance.now() - (window.benchPressed ?? -1000) > 30) {
    window.benchPressed = performance.now();
    pressed.click();
  }
  return false;
}
"""


class Reload:
    """Both servers watch their files, and a page is open.

    An input's label is renamed, in the YAML or in the app's Python; then a word that a light function yields.
    """

    rows = (
        Row(key="change", title="save to a new label on the page", unit="ms", limit=100),
        Row(key="code", title="save to the first result of new Python on the page", unit="ms", limit=300),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Save often, and take the medians."""
        async with open_session(tool, "growing", reload=True) as session, open_page() as page:
            await page.goto(session.page_url)
            source = tool.source("growing", session.folder)
            change_ms = await _save(page, source, LABEL, lambda number: f"Renamed{number}", until=SHOWS)
        async with open_session(tool, "light", reload=True) as session, open_page() as page:
            await page.goto(session.page_url)
            code = tool.code("light", session.folder)
            code_ms = await _save(
                page, code, WORD, lambda number: f'WORD = "word{number}"', until=RUNS_UNTIL, tool=tool
            )
        return {"change": statistics.median(change_ms), "code": statistics.median(code_ms)}


async def _save(
    page: Page, file: Path, old: str, new: Callable[[int], str], *, until: str, tool: Tool | None = None
) -> list[float]:
    """Replace a text in a file, often, and return how long the page took each time to show what is new."""
    original = file.read_text(encoding="utf-8")  # noqa: ASYNC240  nothing else runs
    where = {} if tool is None else {"button": tool.run_button, "output": tool.text_output}
    await page.wait_for_function(until, arg={"text": _word(old), **where})
    took_ms = []
    for number in range(SAVES):
        await asyncio.sleep(SETTLE_S)
        wanted = {"text": _word(new(number)), **where}
        shown = asyncio.create_task(page.wait_for_function(until, arg=wanted, polling="raf"))
        await asyncio.sleep(SETTLE_S)  # the page is looking by now
        started = time.perf_counter()
        file.write_text(original.replace(old, new(number)), encoding="utf-8")  # noqa: ASYNC240
        await shown
        took_ms.append(1000 * (time.perf_counter() - started))
    return took_ms


def _word(text: str) -> str:
    """Return what is shown of a text that may be a line of Python."""
    return text.rstrip('"').rpartition('"')[2]
