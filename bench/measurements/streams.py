"""Many streams of sound at once, each as fast as it is heard."""

import asyncio

from bench.demos.sounding import CHUNK_S
from bench.session import Session, open_session
from bench.stamps import STAMP
from bench.types import Begun, Delivery, Figures, Row, Tool

STREAMS = 40
RAMP_PER_S = 20
CHUNKS = 8
FORM = "wav"
CUSHION_S = 0.5  # a player that begins so long after the first yield must never wait
PATIENCE_S = 12


class Streams:
    """Of all seconds of sound: the share that was there before a player needed it, and what it took."""

    rows = (
        Row(
            key="in_time",
            title=f"{STREAMS} streams at real time: in time",
            unit="%",
            better="more",
            limit=99,
        ),
        Row(key="cpu", title=f"{STREAMS} streams: processor time a second of media", unit="ms"),
        Row(key="threads", title=f"{STREAMS} streams: threads of all processes", unit=""),
        Row(key="memory", title=f"{STREAMS} streams: memory of all processes", unit="MiB"),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Run a short stream for warmth, then all."""
        async with open_session(tool, "sound", media=True) as session:
            await session.run(_inputs(2))
            before_s = session.server.cpu_s()
            begun, threads, memory = await self._watch(session)
            used_s = session.server.cpu_s() - before_s
        media_s = STREAMS * CHUNKS * CHUNK_S[FORM]
        return {
            "in_time": 100 * sum(in_time_s(tool, one) for one in begun) / media_s,
            "cpu": 1000 * used_s / media_s,
            "threads": threads,
            "memory": memory,
        }

    async def _watch(self, session: Session) -> tuple[list[Begun], float, float]:
        """Start all streams, weigh the server when they are all there, and see them end."""
        tasks = []
        for _ in range(STREAMS):
            tasks.append(asyncio.create_task(session.begin(_inputs(CHUNKS))))
            await asyncio.sleep(1 / RAMP_PER_S)
        begun = await asyncio.gather(*tasks)
        await asyncio.sleep(CHUNKS * CHUNK_S[FORM] / 2)
        threads, memory = session.server.threads(), session.server.resident_mib()
        # A stream that has not ended by then is counted as far as it has come.
        await asyncio.wait([one.feed.ended for one in begun], timeout=PATIENCE_S)
        for one in begun:
            one.feed.close()
        return begun, threads, memory


def in_time_s(tool: Tool, begun: Begun) -> float:
    """Return how many seconds of a stream were delivered before their turn to be played."""
    moment = STAMP.search("".join(step.text for step in tool.steps(begun.feed)))
    if moment is None:
        return 0
    deliveries = tool.deliveries(begun.feed, chunk_s=CHUNK_S[FORM])
    return sum(piece.duration_s for piece in deliveries if _is_in_time(piece, int(moment[1])))


def _is_in_time(piece: Delivery, first_yield_ns: int) -> bool:
    return piece.at_ns <= first_yield_ns + (CUSHION_S + piece.start_s) * 1e9


def _inputs(chunks: int) -> dict[str, int | float | str]:
    return {"form": FORM, "pace": 1.0, "chunks": chunks}
