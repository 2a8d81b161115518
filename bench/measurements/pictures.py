"""30 pictures of 600 by 600 float noise, each fetched as soon as its event arrives."""

import asyncio
import statistics
import time

from bench.demos.work import pictures
from bench.exchange import fetch, request
from bench.session import Session, open_session
from bench.types import Figures, Row, Tool

FRAMES = 30


class Pictures:
    """Until run and fetches are over, an exact last picture included, less the generator's own time."""

    rows = (
        Row(
            key="frame",
            title="600x600 pictures: a frame, the generator's time taken off",
            unit="ms",
            ratio=10,
        ),
        Row(key="size", title="600x600 pictures: a frame's bytes", unit="kB"),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Run once for warmth and once for the figures."""
        async with open_session(tool, "pictures") as session:
            await _watch(session)
            took_ms, size = await _watch(session)
        return {"frame": (took_ms - own_ms()) / FRAMES, "size": size / 1000 / FRAMES}


async def _watch(session: Session) -> tuple[float, int]:
    """Return how long all pictures took to be here, and their bytes."""
    paths: dict[str, asyncio.Task[int]] = {}

    def see(path: str) -> None:
        if path not in paths:
            paths[path] = asyncio.create_task(_size(session.server.port, path))

    begun = await session.run({"frames": FRAMES}, sink=see)
    sizes = [await task for task in paths.values()]
    took_ms = (time.monotonic_ns() - begun.sent_ns) / 1e6
    if len(sizes) < FRAMES:
        raise RuntimeError(f"{session.tool.name} delivered {len(sizes)} of {FRAMES} pictures")
    return took_ms, sum(sizes)


async def _size(port: int, path: str) -> int:
    answer = await fetch(port, request("GET", path))
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return len(answer.body)


def own_ms() -> float:
    """Return the time that the generator takes when nothing is done with what it yields."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        for _ in pictures(FRAMES):
            pass
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)
