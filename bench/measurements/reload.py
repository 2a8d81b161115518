"""From saving the file that an author edits to the change on an open page."""

import asyncio
import statistics
import time

from bench.browser import open_page
from bench.session import open_session
from bench.types import Figures, Row, Tool

LABEL = "Steps"
SAVES = 3
SETTLE_S = 1

SHOWS = """
(text) => {
  for (const element of benchDeep(document))
    if (element.childElementCount === 0 && element.textContent.includes(text)) return true;
  return false;
}
"""


class Reload:
    """An input's label is renamed, in the YAML or in the app's Python; both servers watch their files."""

    rows = (Row(key="change", title="save to change on the page", unit="ms"),)

    async def measure(self, tool: Tool) -> Figures:
        """Save a few times and take the median."""
        async with open_session(tool, "growing", reload=True) as session, open_page() as page:
            source = tool.source("growing", session.folder)
            original = source.read_text(encoding="utf-8")
            await page.goto(session.page_url)
            await page.wait_for_function(SHOWS, arg=LABEL)
            times = []
            for index in range(SAVES):
                await asyncio.sleep(SETTLE_S)
                renamed = f"Renamed{index}"
                shown = asyncio.create_task(page.wait_for_function(SHOWS, arg=renamed, polling="raf"))
                await asyncio.sleep(SETTLE_S)  # the page is looking by now
                started = time.perf_counter()
                source.write_text(original.replace(LABEL, renamed), encoding="utf-8")
                await shown
                times.append(1000 * (time.perf_counter() - started))
        return {"change": statistics.median(times)}
