"""Values that grow by a little with each yield: a table by rows, a chart by points, a chat by tokens."""

import asyncio
import math

from bench.browser import open_page
from bench.pressing import Shown, press
from bench.session import Session, open_session
from bench.tools.gradstream import Gradstream
from bench.types import Figures, Inputs, Row, Tool

SETTLE_MS = 1000  # what a page still loads after its button is usable is measured with the page
GROWTH_S = 600  # longer than any run takes on a slow machine; a tool that sends all of it again needs long

FILL = """
(text) => {
  const area = benchFind("textarea");
  const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  set.call(area, text);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
"""


class Growth:
    """One demo, once over SSE for the bytes and once in a page; `alone` is what the peer is not asked for.

    The mark comes behind all other values, in a text output of its own, or is the end of the chat's answer.
    """

    def __init__(
        self, demo: str, *, title: str, inputs: Inputs, mark: str, alone: Inputs | None = None
    ) -> None:
        self._demo = demo
        self._inputs = inputs
        self._mark = mark
        self._alone = alone
        alone_rows = (Row(key="alone", title=f"{title}, ten times as many: delivered", unit="ms"),)
        self.rows: tuple[Row, ...] = (
            Row(key="bytes", title=f"{title}: on the wire", unit="kB", ratio=20),
            Row(key="took", title=f"{title}: until the last is in the page", unit="ms", ratio=10),
            Row(key="longest", title=f"{title}: the longest time without a frame", unit="ms"),
            *(alone_rows if alone is not None else ()),
        )

    async def measure(self, tool: Tool) -> Figures:
        """Run a little for warmth, then once for the bytes and once in a page that has settled."""
        async with open_session(tool, self._demo) as session:
            begun = await session.run(self._inputs, timeout_s=GROWTH_S)
            figures = {"bytes": (begun.feed.wire_bytes + begun.other_bytes) / 1000}
            if self._alone is not None:
                figures["alone"] = math.inf
                if isinstance(tool, Gradstream):
                    alone = await session.run(self._alone, timeout_s=GROWTH_S)
                    figures["alone"] = (alone.feed.arrivals[-1][0] - alone.sent_ns) / 1e6
            shown = await self._show(session)
        return figures | {"took": shown.took_ms, "longest": shown.longest_ms}

    async def _show(self, session: Session) -> Shown:
        tool = session.tool
        async with open_page() as page, asyncio.timeout(GROWTH_S):
            await page.goto(session.page_url)
            await page.wait_for_selector("textarea, button")
            await page.wait_for_timeout(SETTLE_MS)
            if "message" not in self._inputs:
                return await press(page, tool.run_button, output=tool.text_output, last=self._mark)
            await page.evaluate(FILL, self._inputs["message"])
            await page.wait_for_function("text => benchButton(text)", arg=tool.send_button)
            return await press(page, tool.send_button, output=tool.answer, last=self._mark)
