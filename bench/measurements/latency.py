"""From yield to client, one run at 50 values a second."""

from bench.percentile import percentile
from bench.session import open_session
from bench.stamps import latencies_ms
from bench.types import Figures, Row, Tool

SECONDS = 5
DEMOS = {"sync": "ticking", "async": "ticking_async"}


class Latency:
    """Each value carries the moment it was made; both ends read one monotonic clock."""

    rows = tuple(
        Row(key=f"{mode}_{name}", title=f"yield to client at 50/s, {mode}: {name}", unit="ms")
        for mode in DEMOS
        for name in ("p50", "p99")
    )

    async def measure(self, tool: Tool) -> Figures:
        """Run the sync and the async generator."""
        figures = {}
        for mode, demo in DEMOS.items():
            async with open_session(tool, demo) as session:
                await session.run({"seconds": 1})
                begun = await session.run({"seconds": SECONDS})
                found = [latency for _, latency in latencies_ms(tool.steps(begun.feed))]
            figures[f"{mode}_p50"] = percentile(found, 0.5)
            figures[f"{mode}_p99"] = percentile(found, 0.99)
        return figures
