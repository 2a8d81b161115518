"""From a generator's yield to sound that is heard and video that runs, in Chromium, and what interrupts it.

    yield (t=…, on our monotonic clock)  ->  server  ->  page  ->  currentTime > 0, as seen by its next frame

Both ends read one machine's clocks; the offset of the page's clock from ours is measured before each stream.
"""

import asyncio
import math
import time
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from playwright.async_api import BrowserContext, Page

from bench.browser import open_browser
from bench.demos.sounding import CHUNK_S
from bench.session import Session, open_session
from bench.stamps import STAMP
from bench.types import Figures, Row, Tool

PACES = (0.0, 0.5, 0.95)
WATCH_S = 2.0  # at full speed everything is there early: this much is watched
EDGE_S = 0.5  # an end is cut or held back differently: so much of it is not waited for
PATIENCE_S = 8.0  # more than the length of a stream, to begin and to stand still
SETTLE_MS = 500  # what a page still loads after its button is usable is measured with the page
ROUND_TRIPS = 10

# Looks at every player once a frame, in the page itself. A position that does not move for 0.1 s, six
# frames, stands still; a page that draws late sees it move all the same.
WATCH = """
async ({ button, output, untilS, limitMs }) => {
  const standingMs = 100;
  let firstMs = null, underruns = 0, stoodMs = 0, position = 0, movedMs = 0;
  const pressedMs = performance.now();
  benchButton(button).click();
  const stood = (now) => {
    if (firstMs === null || now - movedMs < standingMs) return;
    underruns += 1;
    stoodMs += now - movedMs;
  };
  await new Promise((resolve) => {
    const look = () => {
      const now = performance.now();
      let seen = 0;
      for (const player of benchPlayers()) seen = Math.max(seen, player.currentTime);
      if (seen > position) {
        stood(now);
        firstMs ??= now;
        position = seen;
        movedMs = now;
      }
      if (position >= untilS) return resolve();
      if (now - pressedMs < limitMs) return requestAnimationFrame(look);
      stood(now);
      resolve();
    };
    requestAnimationFrame(look);
  });
  const moments = benchFind(output);
  const text = moments ? (moments.value ?? moments.textContent) : "";
  return { firstMs, underruns, stoodMs, position, moments: text };
}
"""


class Seen(msgspec.Struct, frozen=True):
    """What one stream looked like: to its first movement, and how often and how long it stood still then."""

    first_ms: float
    underruns: float
    stood_s: float

    @property
    def figures(self) -> Figures:
        """The figures by name."""
        return {"first": self.first_ms, "underruns": self.underruns, "stood": self.stood_s}


SILENT = Seen(math.inf, math.inf, math.inf)


class Playing:
    """Streams of each form at each pace, on a page of their own in a browser that was there before."""

    def __init__(self, demo: str, forms: Sequence[str], *, chunks: int, limits_ms: Sequence[float]) -> None:
        self._demo = demo
        self._forms = forms
        self._chunks = chunks
        self.rows = tuple(row for form in forms for row in _rows(form, limits_ms))

    async def measure(self, tool: Tool) -> Figures:
        """Play one stream for warmth, and then each."""
        figures: dict[str, float] = {}
        async with open_session(tool, self._demo, media=True) as session, open_browser() as browser:
            if await self._play(session, browser, self._forms[0], 0) is SILENT:
                raise RuntimeError(
                    f"{tool.name} does not play {self._forms[0]} at all: is its page understood?"
                )
            for form in self._forms:
                seen = {pace: await self._play(session, browser, form, pace) for pace in PACES}
                for pace, one in seen.items():
                    figures |= {f"{form}_{pace}_{name}": figure for name, figure in one.figures.items()}
                figures[f"{form}_underruns"] = sum(one.underruns for one in seen.values())
                figures[f"{form}_stood"] = sum(one.stood_s for one in seen.values())
        return figures

    async def _play(self, session: Session, browser: BrowserContext, form: str, pace: float) -> Seen:
        length_s = self._chunks * CHUNK_S[form]
        async with await browser.new_page() as page:
            await page.goto(session.page_url)
            await page.wait_for_function("text => benchButton(text)", arg=session.tool.run_button)
            await page.wait_for_timeout(SETTLE_MS)
            await fill(page, {"Form": form, "Pace": pace, "Chunks": self._chunks})
            offset_ms = await page_clock_ms(page)
            asked = {
                "button": session.tool.run_button,
                "output": session.tool.text_output,
                "untilS": length_s - EDGE_S if pace else min(WATCH_S, length_s - EDGE_S),
                "limitMs": 1000 * (length_s + PATIENCE_S),
            }
            async with asyncio.timeout(length_s + 2 * PATIENCE_S):
                found = await page.evaluate(WATCH, asked)
        return _seen(found, offset_ms)


def _rows(form: str, limits_ms: Sequence[float]) -> list[Row]:
    name = form.replace("_", " with ")
    return [
        *(
            Row(
                key=f"{form}_{pace}_first",
                title=f"{name} at pace {pace:g}: yield to playing",
                unit="ms",
                ratio=4,
                limit=limit_ms,
            )
            for pace, limit_ms in zip(PACES, limits_ms, strict=True)
        ),
        Row(key=f"{form}_underruns", title=f"{name}, all paces: stood still", unit="times"),
        Row(key=f"{form}_stood", title=f"{name}, all paces: stood still for", unit="s"),
    ]


async def fill(page: Page, inputs: Mapping[str, object]) -> None:
    """Type the inputs of a demo that streams sound or video."""
    for label, value in inputs.items():
        await page.get_by_label(label, exact=True).first.fill(f"{value:g}" if label != "Form" else str(value))


async def page_clock_ms(page: Page) -> float:
    """Return what to add to the page's `performance.now()` for our monotonic clock.

    The shortest of several round trips is the most exact: the page read its clock near the middle of it.
    """
    found: list[tuple[int, float]] = []
    for _ in range(ROUND_TRIPS):
        before_ns = time.monotonic_ns()
        looked_ms = await page.evaluate("performance.now()")
        after_ns = time.monotonic_ns()
        found.append((after_ns - before_ns, (before_ns + after_ns) / 2e6 - looked_ms))
    return min(found)[1]


def _seen(found: dict[str, Any], offset_ms: float) -> Seen:
    """Take the first yield's moment off the first movement's."""
    moment = STAMP.search(found["moments"])
    if found["firstMs"] is None or moment is None:
        return SILENT
    first_ms = found["firstMs"] + offset_ms - int(moment[1]) / 1e6
    return Seen(first_ms, found["underruns"], found["stoodMs"] / 1000)
