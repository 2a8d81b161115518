"""2,000 tokens at full speed, from the press of the button until the last is in the page."""

from bench.browser import open_page
from bench.pressing import press
from bench.session import open_session
from bench.types import Figures, Row, Tool

STEPS = 2000
SETTLE_MS = 1000  # what a page still loads after its button is usable is measured with the page


class TokensInPage:
    """Looked at once a frame, in the page itself, so that no driver's round trip is in the figure."""

    rows = (
        Row(key="took", title="2,000 tokens until they are in the page", unit="ms", ratio=10),
        Row(key="longest", title="2,000 tokens: the longest time without a frame", unit="ms"),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Run once for warmth, then once for the figures on a page that has settled."""
        async with open_session(tool, "growing") as session, open_page() as page:
            await session.run({"steps": 100})
            await page.goto(session.page_url)
            await page.wait_for_function("text => benchButton(text)", arg=tool.run_button)
            await page.wait_for_timeout(SETTLE_MS)
            shown = await press(page, tool.run_button, output=tool.text_output, last=f"~{STEPS - 1:05}")
        return {"took": shown.took_ms, "longest": shown.longest_ms}
