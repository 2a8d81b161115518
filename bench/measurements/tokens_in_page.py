"""2,000 tokens at full speed, from the press of the button until the last is in the page."""

from bench.browser import open_page
from bench.session import open_session
from bench.types import Figures, Row, Tool

STEPS = 2000
SETTLE_MS = 1000  # what a page still loads after its button is usable is measured with the page

WATCH = """
async ({ button, output, last }) => {
  let longest = 0;
  let frames = 0;
  const started = performance.now();
  let before = started;
  benchButton(button).click();
  return await new Promise((resolve) => {
    const look = () => {
      const now = performance.now();
      longest = Math.max(longest, now - before);
      before = now;
      frames += 1;
      const element = benchFind(output);
      const text = element ? (element.value ?? element.textContent) : "";
      if (text.includes(last)) resolve({ tookMs: now - started, longestMs: longest, frames });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
"""


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
            found = await page.evaluate(
                WATCH,
                {"button": tool.run_button, "output": tool.text_output, "last": f"~{STEPS - 1:05}"},
            )
        return {"took": found["tookMs"], "longest": found["longestMs"]}
