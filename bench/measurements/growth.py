"""Values that grow by a little with each yield: a table by rows, a chart by points, a chat by tokens."""

import math

from bench.pressing import run_in_page
from bench.session import open_session
from bench.tools.gradstream import Gradstream
from bench.types import Figures, Inputs, Row, Tool

GROWTH_S = 600  # longer than any run takes on a slow machine; a tool that sends all of it again needs long


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
            output = tool.answer if "message" in self._inputs else tool.text_output
            shown = await run_in_page(
                session, self._inputs, output=output, last=self._mark, within_s=GROWTH_S
            )
        return figures | {"took": shown.took_ms, "longest": shown.longest_ms}
