"""What opening a demo's page costs a visitor who was never there."""

from typing import Any

from bench.browser import open_page
from bench.session import open_session
from bench.types import Figures, Row, Tool

SETTLE_MS = 1000  # late requests of a page that is already usable count too

WATCH = """
(text) => {
  const look = () => {
    if (document.body && benchButton(text)) window.benchUsableMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


class PageWeight:
    """Bytes as transferred, requests to the server, and the time from navigation to a Run button to press."""

    rows = (
        Row(key="weight", title="page, cold cache: transferred", unit="kB", limit=100),
        Row(key="requests", title="page, cold cache: requests", unit="", limit=12),
        Row(key="usable", title="page, cold cache: to a usable Run button", unit="ms", ratio=2),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Load the page once in a new browser."""
        async with open_session(tool, "growing") as session, open_page() as page:
            await page.goto("about:blank")
            wire = _Wire(f"127.0.0.1:{session.server.port}")
            devtools = await page.context.new_cdp_session(page)
            devtools.on("Network.requestWillBeSent", wire.sent)
            devtools.on("Network.loadingFinished", wire.finished)
            await devtools.send("Network.enable")
            await page.add_init_script(f"({WATCH})({tool.run_button!r})")
            await page.goto(session.page_url)
            usable = await (await page.wait_for_function("window.benchUsableMs", polling="raf")).json_value()
            await page.wait_for_timeout(SETTLE_MS)
        return {"weight": wire.transferred / 1000, "requests": len(wire.requests), "usable": usable}


class _Wire:
    """Sums what Chromium's network log says of one server; a socket's frames do not count as weight."""

    def __init__(self, host: str) -> None:
        self._host = host
        self.requests: set[str] = set()
        self.transferred = 0.0

    def sent(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith(f"http://{self._host}/"):
            self.requests.add(event["requestId"])

    def finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.requests:
            self.transferred += event["encodedDataLength"]
