"""A stream that is still growing: waiting for its beginning, and following it to its end.

    run --entries--> is there a new segment? --read through the run--> client

Nothing is held here but one segment. A client that is too slow for a segment that is dropped goes on with the
oldest one kept.
"""

import asyncio
from collections.abc import Awaitable, Callable

from gradstream.file_ref import StoredFile, whole
from gradstream.runs.contract import RunHandle, SegmentFile, StoredStream
from gradstream.runs.follow import Follower
from gradstream.runs.heartbeat import Heartbeat
from gradstream.server.types import Chunks


async def wait_until(
    run: RunHandle, heartbeat: Heartbeat, *, is_there: Callable[[], Awaitable[bool]], within_s: float
) -> None:
    """Return when something is there, nothing more can come, or the time has passed.

    A client that waits counts as a reader for all of this time, because it goes on to read.
    """
    latest = await run.latest()
    if latest.is_over or await is_there():
        return
    run.expect_reader(for_s=within_s)
    try:
        async with asyncio.timeout(within_s):
            with Follower(run.reader(after=latest.seq), heartbeat=heartbeat) as batches:
                async for _ in batches:
                    if await is_there():
                        return
    except TimeoutError:
        # The caller looks again and answers with what is there.
        return


async def live_chunks(
    run: RunHandle, output: str, stream: StoredStream, heartbeat: Heartbeat, *, index: int
) -> Chunks:
    """Yield a stream's initialization segment, its segments from `index` on, and each new one as it comes."""
    latest = await run.latest()
    with Follower(run.reader(after=latest.seq), heartbeat=heartbeat) as batches:
        yield await _read(run, stream.init) or b""
        while True:
            segment = await run.segment(output, index)
            if segment is None:
                if await anext(batches, None) is None:
                    return
            elif (data := await _read(run, segment.file)) is not None:
                yield data
                index = segment.index + 1
            elif not await _is_dropped(run, output, segment):
                return


async def _is_dropped(run: RunHandle, output: str, segment: SegmentFile) -> bool:
    """Return whether a segment whose file is gone was dropped, rather than forgotten with its run."""
    oldest = await run.segment(output, segment.index)
    return oldest is not None and oldest.index > segment.index


async def _read(run: RunHandle, file: StoredFile) -> bytes | None:
    try:
        return await run.read([whole(file)])
    except FileNotFoundError:
        return None
