"""2,000 tokens at full speed, from the press of the button until the last is in the page."""

from bench.pressing import run_in_page
from bench.session import open_session
from bench.types import Figures, Row, Tool

STEPS = 2000
IN_PAGE_S = 120


class TokensInPage:
    """Looked at once a frame, in the page itself, so that no driver's round trip is in the figure."""

    rows = (
        Row(key="took", title="2,000 tokens until they are in the page", unit="ms", ratio=10),
        Row(key="longest", title="2,000 tokens: the longest time without a frame", unit="ms"),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Run once for warmth, then once for the figures on a page that has settled."""
        async with open_session(tool, "growing") as session:
            await session.run({"steps": 100})
            last = f"~{STEPS - 1:05}"
            shown = await run_in_page(session, {}, output=tool.text_output, last=last, within_s=IN_PAGE_S)
        return {"took": shown.took_ms, "longest": shown.longest_ms}
