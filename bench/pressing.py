"""Presses a button of a page and looks at an output once a frame, in the page itself.

No driver's round trip is in the figures.
"""

import asyncio

from msgspec import Struct

from bench.browser import open_page
from bench.session import Session
from bench.types import Inputs

WATCH = """
async ({ button, output, last, every, withinMs, restMs }) => {
  let longestMs = 0, taskMs = 0, frames = 0;
  const isThere = () => {
    const element = [...benchFind("body").querySelectorAll(output)].at(-1) ?? benchFind(output);
    return element !== null && (element.value ?? element.textContent).includes(last);
  };
  const noteTasks = (tasks) => {
    for (const { duration } of tasks) taskMs = Math.max(taskMs, duration);
  };
  const tasks = new PerformanceObserver((list) => noteTasks(list.getEntries()));
  tasks.observe({ type: "longtask" });
  const started = performance.now();
  let before = started;
  benchButton(button).click();
  const tookMs = await new Promise((resolve) => {
    const look = () => {
      const now = performance.now();
      longestMs = Math.max(longestMs, now - before);
      before = now;
      frames += 1;
      if (now - started > withinMs || (frames % every === 0 && isThere())) resolve(now - started);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const untilShownMs = longestMs;
  await new Promise((resolve) => setTimeout(resolve, restMs));
  noteTasks(tasks.takeRecords());
  return { tookMs, longestMs: untilShownMs, taskMs };
}
"""


WITHIN_S = 300
"""What a page has not shown by then counts as shown: a tool that grows worse with time is not waited for."""


SETTLE_MS = 1000
"""What a page still loads after its button is usable is measured with the page."""

REST_MS = 1500
"""How long a page is watched after the text is there: what is out of sight may be drawn later."""

FILL = """
(text) => {
  const area = benchFind("textarea");
  const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  set.call(area, text);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
"""


class Shown(Struct, frozen=True):
    """How long it took until a text was in the page, the longest time without a frame and the longest task.

    A browser says nothing of tasks under 50 ms: then the longest is 0.
    """

    took_ms: float
    longest_ms: float
    task_ms: float


async def run_in_page(
    session: Session, inputs: Inputs, *, output: str, last: str, within_s: float, every: int = 1
) -> Shown:
    """Open a demo's page, press its button, or send its message, and wait for a text in an output.

    The text of a large output costs milliseconds: it is looked at in every n-th frame.
    """
    tool = session.tool
    async with open_page() as page, asyncio.timeout(within_s):
        await page.goto(session.page_url)
        await page.wait_for_function(
            "text => benchButton(text) || benchFind('textarea')", arg=tool.run_button
        )
        await page.wait_for_timeout(SETTLE_MS)
        button = tool.run_button
        if "message" in inputs:
            button = tool.send_button
            await page.evaluate(FILL, inputs["message"])
            await page.wait_for_function("text => benchButton(text)", arg=button)
        asked = {
            "button": button,
            "output": output,
            "last": last,
            "every": every,
            "withinMs": WITHIN_S * 1000,
        }
        found = await page.evaluate(WATCH, {**asked, "restMs": REST_MS})
        return Shown(found["tookMs"], found["longestMs"], found["taskMs"])
