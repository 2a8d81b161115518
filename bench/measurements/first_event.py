"""From asking for a run to the first value that its generator yields."""

import asyncio

from bench.exchange import fetch, request
from bench.percentile import percentile
from bench.session import Session, open_session
from bench.types import Figures, Row, Tool

RUNS = 50
SETTLE_S = 1


class FirstEvent:
    """A generator that yields once at once: the very first run of a server, then the median of later ones."""

    rows = (
        Row(key="warm", title="POST to the first value", unit="ms", ratio=3),
        Row(key="cold", title="POST to the first value, first run since start", unit="ms"),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Run one after another."""
        async with open_session(tool, "once") as session:
            # A visitor has the page open before pressing Run.
            await fetch(session.server.port, request("GET", tool.first_request(session.demo)))
            await asyncio.sleep(SETTLE_S)
            cold = await self._first_value_ms(session)
            warm = [await self._first_value_ms(session) for _ in range(RUNS)]
        return {"cold": cold, "warm": percentile(warm, 0.5)}

    async def _first_value_ms(self, session: Session) -> float:
        begun = await session.run({})
        return (session.tool.steps(begun.feed)[0].at_ns - begun.sent_ns) / 1e6
