"""What a server costs that has served a run and now has nothing to do."""

import asyncio

from bench.session import open_session
from bench.types import Figures, Row, Tool

SETTLE_S = 2
WATCH_S = 8


class Idle:
    """Memory and processor time of all processes, after one run so that the demo's code is loaded."""

    rows = (
        Row(key="memory", title="idle: memory of all processes", unit="MiB"),
        Row(key="cpu", title="idle: share of a core", unit="%"),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Run once, let things settle, then watch."""
        async with open_session(tool, "growing") as session:
            await session.run({"steps": 10})
            await asyncio.sleep(SETTLE_S)
            before_s = session.server.cpu_s()
            await asyncio.sleep(WATCH_S)
            used_s = session.server.cpu_s() - before_s
            return {"memory": session.server.resident_mib(), "cpu": 100 * used_s / WATCH_S}
