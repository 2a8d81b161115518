"""What a page costs while a sound plays that has arrived: the share of a core of the whole browser.

a page that shows the demo, and nothing goes on   WATCH_S of processor time
the same page, while its sound plays              the same, less the first
"""

import asyncio

import psutil
from playwright.async_api import Page

from bench.browser import open_browser
from bench.measurements.playing import SETTLE_MS, fill
from bench.session import open_session
from bench.types import Figures, Row, Tool

WATCH_S = 8.0
CHUNKS = 20
PATIENCE_MS = 20_000
BROWSER = "chrom"


class Listening:
    """A stream of wav files, watched after its first second."""

    rows = (
        Row(key="share", title="a sound that plays: share of a core in the browser", unit="%", limit=5),
        Row(key="idle", title="the same page before: share of a core", unit="%"),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Watch the page at rest, then with sound."""
        async with open_session(tool, "sound", media=True) as session, open_browser() as browser:
            page = await browser.new_page()
            await page.goto(session.page_url)
            await page.wait_for_function("text => benchButton(text)", arg=tool.run_button)
            await page.wait_for_timeout(SETTLE_MS)
            await fill(page, {"Form": "wav", "Pace": 0, "Chunks": CHUNKS})
            idle = await _share()
            await page.evaluate("text => benchButton(text).click()", tool.run_button)
            await _until_played(page, 1)
            share = await _share()
            await _until_played(page, 1 + WATCH_S / 2)
        return {"share": 100 * (share - idle), "idle": 100 * idle}


async def _until_played(page: Page, seconds: float) -> None:
    """Wait until a sound has come so far; one that stands still has no cost to measure."""
    played = "seconds => benchPlayers().some((player) => player.currentTime >= seconds)"
    await page.wait_for_function(played, arg=seconds, timeout=PATIENCE_MS)


async def _share() -> float:
    """Return how much of a core the browser takes."""
    before_s = _browser_cpu_s()
    await asyncio.sleep(WATCH_S)
    return (_browser_cpu_s() - before_s) / WATCH_S


def _browser_cpu_s() -> float:
    times = [
        process.cpu_times()
        for process in psutil.Process().children(recursive=True)
        if BROWSER in process.name() and process.status() != psutil.STATUS_ZOMBIE
    ]
    return sum(each.user + each.system for each in times)
