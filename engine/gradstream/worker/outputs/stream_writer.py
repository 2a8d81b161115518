"""One output's stream of sound or video, made beside the generator.

    yield --chunk--> Strand of encoder threads: Stream.add --> LiveSink | BufferedSink
                                    +--timer--> Stream.flush: what was too short to be told alone
    LiveSink       a part and a `segment` event for every segment        streaming: true
    BufferedSink   segments, sent as one clip at the end                 streaming: false

A chunk that is the only one, from an ordinary function, is shown as a whole clip. What a run has yielded is
kept when it fails; when it is canceled, its encoders stop at the next fragment.
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from msgspec import Struct

from gradstream.components.types import Store, Streamed, UnusableYield
from gradstream.events.types import SegmentAdded, Set, StreamBegun
from gradstream.format.types import Output
from gradstream.ipc.protocol import INIT_INDEX, StreamPart
from gradstream.media.types import (
    FLUSH_AFTER_S,
    Chunk,
    ChunkError,
    Codec,
    InitSegment,
    MediaSegment,
    MediaStream,
)
from gradstream.worker.sending.flow_control import MAX_WAITING_CHUNKS, FlowControl
from gradstream.worker.sending.outbox import RunOutbox
from gradstream.worker.sending.records import record
from gradstream.worker.sending.strand import Strand


class Surroundings(Struct, frozen=True, kw_only=True):
    """What a stream needs of its run."""

    run: str
    outbox: RunOutbox
    flow: FlowControl
    store: Store
    threads: Executor
    accepts: tuple[Codec, ...]
    call_at: Callable[[float, Callable[[], None]], None]
    failed: Callable[[Exception], None]
    warn: Callable[[str], None]


class Dropped(Exception):  # noqa: N818 (the way out of an encoder that nobody listens to any more)
    """Raised inside a stream's `add` when its run has been canceled."""


class LiveSink:
    """Sends every segment at once. Implements `media.types.SegmentSink`."""

    def __init__(self, output: str, around: Surroundings) -> None:
        self._output = output
        self._around = around

    def open(self, init: InitSegment) -> None:
        """Report the start of the stream."""
        self._send(INIT_INDEX, start_s=0.0, duration_s=init.longest_s, data=init.data)
        begun = StreamBegun(output=self._output, mime=init.mime, timescale=init.timescale)
        self._around.outbox.send(record(begun))

    def append(self, segment: MediaSegment) -> None:
        """Send a segment, and report it."""
        start_s, duration_s = round(segment.start_s, 6), round(segment.duration_s, 6)
        self._send(segment.index, start_s=start_s, duration_s=duration_s, data=segment.data)
        added = SegmentAdded(
            output=self._output,
            index=segment.index,
            start_s=start_s,
            duration_s=duration_s,
            peaks=segment.peaks,
        )
        self._around.outbox.send(record(added))

    def finish(self) -> None:
        """Do nothing: everything has been sent."""

    def _send(self, index: int, *, start_s: float, duration_s: float, data: bytes) -> None:
        if not self._around.flow.wait_for_credit():
            raise Dropped
        self._around.outbox.send_part(
            StreamPart(
                run=self._around.run,
                output=self._output,
                index=index,
                start_s=start_s,
                duration_s=duration_s,
                data=data,
            )
        )


class BufferedSink:
    """Keeps segments, and sends them as one clip. Implements `media.types.SegmentSink`."""

    def __init__(self, output: Output, around: Surroundings, *, component: Streamed) -> None:
        self._output = output
        self._around = around
        self._component = component
        self._init: InitSegment | None = None
        self._segments: list[bytes] = []
        self._size = 0

    def open(self, init: InitSegment) -> None:
        """Keep the init segment."""
        self._init = init

    def append(self, segment: MediaSegment) -> None:
        """Keep a media segment. Raises UnusableYield when the clip becomes too large."""
        if self._around.flow.dropped:
            raise Dropped
        self._size += len(segment.data)
        self._component.check_size(self._size)
        self._segments.append(segment.data)

    def finish(self) -> None:
        """Send the clip. Raises UnusableYield when it is too large."""
        if self._init is not None:
            value = self._component.join(self._init, self._segments, self._around.store)
            self._around.outbox.send(record(Set(output=self._output.name, value=value)))


class StreamView:
    """One output's. Fulfils `worker.outputs.writers.View`; `end` brings it to its end in any case."""

    def __init__(
        self, output: Output, *, component: Streamed, around: Surroundings, sink: LiveSink | BufferedSink
    ) -> None:
        self._output = output
        self._component = component
        self._around = around
        self._sink = sink
        self._strand = Strand(around.threads)
        self._stream: MediaStream | None = None
        self._count = 0
        self._skips = output.options.get("on_bad_chunk") == "skip"
        self._is_timed = False
        self._is_over = False
        self._is_broken = False

    def show(self, value: Any, *, is_last: bool) -> None:
        """Put a chunk in line; None adds nothing."""
        self._count += 1
        if value is None:
            return
        try:
            chunk = self._component.chunk(value, number=self._count)
        except ChunkError as error:
            self._refuse(error)
            return
        if chunk is None:
            return
        is_whole = is_last and self._count == 1
        # Who yields a file that is read from where it lies waits until that is done.
        weight = MAX_WAITING_CHUNKS if chunk.path is not None else 1
        self._around.flow.add_chunks(weight)
        self._strand.submit(lambda: self._take(chunk, is_whole=is_whole, weight=weight))

    def finish(self) -> None:
        """Tell nothing: a stream ends with `end`, however its run does."""

    def end(self) -> None:
        """Put the end in line, once, after the last chunk; everything is encoded when it is reached."""
        self._around.flow.add_chunks(1)
        self._strand.submit(self._finish)

    def _refuse(self, error: ChunkError) -> None:
        if not self._skips:
            raise UnusableYield(str(error)) from error
        self._around.warn(f"output `{self._output.name}`: {error}; it is left out")

    def _take(self, chunk: Chunk, *, is_whole: bool, weight: int) -> None:
        try:
            if not self._around.flow.dropped and not self._is_broken:
                self._guard(lambda: self._show_whole(chunk) if is_whole else self._add(chunk))
        finally:
            self._around.flow.add_chunks(-weight)

    def _guard(self, work: Callable[[], None]) -> None:
        """Do a piece of work in an encoder's thread, and tell the run what is wrong with it."""
        try:
            work()
        except Dropped:
            # The run is over for everybody but its own generator.
            return
        except ChunkError as error:
            if self._skips:
                self._around.warn(f"output `{self._output.name}`: {error}; it is left out")
            else:
                self._fail(UnusableYield(str(error)))
        except Exception as error:  # noqa: BLE001 (told as the run's failure: the thread has other streams to feed)
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """Let the run fail, and take no more chunks: what follows a gap would be heard in the wrong place."""
        self._is_broken = True
        named = UnusableYield(f"output `{self._output.name}`: {error}")
        self._around.failed(named if isinstance(error, UnusableYield) else error)

    def _show_whole(self, chunk: Chunk) -> None:
        value = self._component.compress(chunk, self._output, self._around.store, exact=True)
        self._around.outbox.send(record(Set(output=self._output.name, value=value)))

    def _add(self, chunk: Chunk) -> None:
        if self._stream is None:
            around = self._around
            self._stream = self._component.stream(
                self._output, accepts=around.accepts, sink=self._sink, warn=around.warn
            )
        try:
            self._stream.add(chunk)
        finally:
            if self._stream.pending_s > 0 and not self._is_timed:
                self._is_timed = True
                self._around.call_at(time.monotonic() + FLUSH_AFTER_S, self._flush_later)

    def _flush_later(self) -> None:
        self._strand.submit(self._flush)

    def _flush(self) -> None:
        self._is_timed = False
        stream = self._stream
        if stream is not None and not self._is_over and not self._around.flow.dropped:
            self._guard(stream.flush)

    def _finish(self) -> None:
        try:
            self._is_over = True
            if self._stream is not None:
                self._guard(self._complete)
                self._stream.close()
        finally:
            self._around.flow.add_chunks(-1)

    def _complete(self) -> None:
        if self._stream is not None and not self._around.flow.dropped:
            self._stream.finish()
            self._sink.finish()


def make_stream_view(output: Output, *, component: Streamed, around: Surroundings) -> StreamView:
    """Return the view of an output whose steps are chunks of a stream."""
    sink = (
        LiveSink(output.name, around)
        if output.streaming
        else BufferedSink(output, around, component=component)
    )
    return StreamView(output, component=component, around=around, sink=sink)
