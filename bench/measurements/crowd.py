"""Many runs at once, each yielding 50 values a second to a client of its own."""

import asyncio
import contextlib
import gc
import time
from collections.abc import Iterator

from bench.percentile import percentile
from bench.session import Session, open_session
from bench.stamps import latencies_ms
from bench.types import Begun, Figures, Row, Tool

RATE_HZ = 50
RAMP_PER_S = 200  # runs started a second: a crowd arrives, it does not appear
OPEN_S = 20  # how long the last run may take to open
WINDOW_S = 5
DEMOS = {"sync": "ticking", "async": "ticking_async"}
WANTED = {(200, "sync"): 95.0, (200, "async"): 95.0, (1000, "sync"): None, (1000, "async"): 90.0}


class Crowd:
    """Of the values asked for in a window with all runs open: the share that arrived, and how late."""

    rows = tuple(
        row
        for (runs, mode), wanted in WANTED.items()
        for row in (
            Row(
                key=f"{runs}_{mode}_share",
                title=f"{runs:,} {mode} runs at 50/s: delivered",
                unit="%",
                better="more",
                limit=wanted,
            ),
            Row(key=f"{runs}_{mode}_p50", title=f"{runs:,} {mode} runs at 50/s: p50", unit="ms"),
            Row(key=f"{runs}_{mode}_p99", title=f"{runs:,} {mode} runs at 50/s: p99", unit="ms"),
        )
    )

    async def measure(self, tool: Tool) -> Figures:
        """Take each crowd on a fresh server."""
        figures: dict[str, float] = {}
        for runs, mode in WANTED:
            async with open_session(tool, DEMOS[mode]) as session:
                await session.run({"seconds": 1})
                found = await self._watch(session, runs)
            figures[f"{runs}_{mode}_share"] = 100 * len(found) / (runs * RATE_HZ * WINDOW_S)
            figures[f"{runs}_{mode}_p50"] = percentile(found, 0.5)
            figures[f"{runs}_{mode}_p99"] = percentile(found, 0.99)
        return figures

    async def _watch(self, session: Session, runs: int) -> list[float]:
        """Return the latencies of all values that arrived within the window."""
        seconds = runs // RAMP_PER_S + OPEN_S + WINDOW_S
        with _no_garbage_collection():
            begun = await self._open(session, runs, seconds)
            start_ns = time.monotonic_ns()
            await asyncio.sleep(WINDOW_S)
            end_ns = time.monotonic_ns()
            for run in begun:
                run.feed.close()
        return [
            latency
            for run in begun
            if run.feed.arrivals
            for at_ns, latency in latencies_ms(session.tool.steps(run.feed))
            if start_ns <= at_ns < end_ns
        ]

    async def _open(self, session: Session, runs: int, seconds: int) -> list[Begun]:
        """Start the runs one by one; one that does not open in time is left out, and counts as lost."""
        tasks = []
        for _ in range(runs):
            tasks.append(asyncio.create_task(session.begin({"seconds": seconds})))
            await asyncio.sleep(1 / RAMP_PER_S)
        done, late = await asyncio.wait(tasks, timeout=OPEN_S)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return [task.result() for task in done if task.exception() is None]


@contextlib.contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Keep the client from pausing: what it records is many small objects, none of them garbage."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
