"""A stream that is still growing: who waits for its beginning, and who follows it to its end.

    journal, pulse --bell--> is there more? --> the next segment, read in a thread --> client

Nothing is held here but one segment; a reader that is slower than what is dropped goes on at the oldest kept.
"""

import asyncio
from collections.abc import Callable

from gradstream.events.auto_reset_event import Bell
from gradstream.ipc.protocol import INIT_INDEX
from gradstream.runs.run import Run
from gradstream.runs.streams import Stream
from gradstream.server.follow.heartbeat import Pulse
from gradstream.server.types import Chunks


class _Watch:
    """Wakes somebody when a run tells something or the server ends."""

    def __init__(self, run: Run, pulse: Pulse) -> None:
        self._run = run
        self._pulse = pulse
        self._bell = Bell()
        self._undo = (run.journal.subscribe(self._bell.ring), pulse.join(self._bell.ring))

    @property
    def is_over(self) -> bool:
        return self._run.is_over or self._pulse.is_over

    async def wait(self) -> None:
        await self._bell.wait()

    def close(self) -> None:
        for each in self._undo:
            each()


async def wait_until(run: Run, pulse: Pulse, *, is_there: Callable[[], bool], within_s: float) -> None:
    """Return when something is there, nothing more can come, or the time has passed.

    Who waits is counted as a reader for that time, and not only until it is over: it goes on reading.
    """
    if is_there() or run.is_over:
        return
    run.readers.poll(for_s=within_s)
    watch = _Watch(run, pulse)
    try:
        async with asyncio.timeout(within_s):
            while not (is_there() or watch.is_over):
                await watch.wait()
    except TimeoutError:
        # Whoever asks looks again and answers what there is.
        return
    finally:
        watch.close()


async def live_chunks(run: Run, stream: Stream, pulse: Pulse, *, index: int) -> Chunks:
    """Yield a stream's head, its segments from `index` on, and each new one as it comes."""
    watch, leave = _Watch(run, pulse), run.readers.attach()
    try:
        head = await asyncio.to_thread(_read, stream, INIT_INDEX)
        yield head or b""
        while True:
            if index < stream.end:
                index = max(index, stream.first)
                data = await asyncio.to_thread(_read, stream, index)
                if data is not None:
                    yield data
                    index += 1
                elif index >= stream.first:
                    # Not dropped: the whole run was forgotten.
                    return
            elif watch.is_over:
                return
            else:
                await watch.wait()
    finally:
        watch.close()
        leave()


def _read(stream: Stream, index: int) -> bytes | None:
    """Return a segment's bytes; None when it is gone."""
    try:
        return stream.path(index).read_bytes()
    except FileNotFoundError:
        return None
