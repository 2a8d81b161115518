"""Writes one output's stream of sound or video, which is encoded beside the generator.

    yield --chunk--> Strand of encoder threads: Stream.add --> LiveSink | BufferedSink
                                    +--timer--> Stream.flush: what was too short to be a fragment

A chunk that is the only one, from an ordinary function, is shown as a whole clip. What a run has yielded is
kept when it fails; when it is canceled, its encoders stop at the next fragment.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from gradstream.components.outputs.delivery import Streamer
from gradstream.components.types import UnusableYieldError
from gradstream.errors import ThreadStartError
from gradstream.events.types import Set
from gradstream.format.types import Output
from gradstream.media.types import Chunk, ChunkError, MediaStream
from gradstream.worker.outputs.hold import Hold
from gradstream.worker.outputs.stream_sinks import BufferedSink, DroppedError, LiveSink
from gradstream.worker.outputs.writer import WriterContext, name_output, warn_of_output
from gradstream.worker.sending.records import record
from gradstream.worker.sending.strand import Strand, Task


class StreamWriter:
    """One output's. Fulfils `Writer`; `end` closes the stream however the run ends."""

    def __init__(
        self, output: Output, *, streamer: Streamer, context: WriterContext, sink: LiveSink | BufferedSink
    ) -> None:
        self._output = output
        self._streamer = streamer
        self._context = context
        self._warn = partial(warn_of_output, context, output.name)
        self._read = streamer.chunks(self._warn)
        self._sink = sink
        self._strand = Strand(context.stream_threads)
        self._hold = Hold()
        self._stream: MediaStream | None = None
        self._count = 0
        self._skips = output.options.get("on_bad_chunk") == "skip"
        self._is_timed = False
        self._is_over = False
        self._is_broken = False

    def write(self, value: Any, *, is_last: bool) -> None:
        """Queue a chunk for encoding; None adds nothing."""
        self._count += 1
        if value is None:
            return
        try:
            chunk = self._read(value, number=self._count)
        except ChunkError as error:
            self._refuse(error)
            return
        if chunk is None:
            return
        is_whole = is_last and self._count == 1
        # A file that is read in place must not change meanwhile: its generator waits until it is encoded.
        weight = self._context.flow.limits.waiting_chunks if chunk.path is not None else 1
        self._submit(lambda: self._process(chunk, is_whole=is_whole, weight=weight), weight)

    def finish(self) -> None:
        """Do nothing: a stream ends with `end`, however its run ends."""

    def end(self) -> None:
        """Queue the end, once, after the last chunk; everything is encoded when it is reached."""
        try:
            self._submit(self._finish, 1)
        except ThreadStartError:
            # There is no encoder's thread, and never was: nothing has been encoded, so nothing has to end.
            return

    def _submit(self, task: Task, weight: int) -> None:
        self._context.flow.add_chunks(weight)
        try:
            self._strand.submit(task)
        except BaseException:
            self._context.flow.add_chunks(-weight)
            raise

    def _refuse(self, error: ChunkError) -> None:
        if not self._skips:
            raise UnusableYieldError(str(error)) from error
        self._warn_of(error)

    def _warn_of(self, error: ChunkError) -> None:
        self._warn(f"{error}; it is left out")

    def _process(self, chunk: Chunk, *, is_whole: bool, weight: int) -> None:
        try:
            if not self._context.flow.dropped and not self._is_broken:
                self._guard(lambda: self._show_whole(chunk) if is_whole else self._add(chunk))
        finally:
            self._context.flow.add_chunks(-weight)

    def _guard(self, work: Callable[[], None]) -> None:
        """Do a piece of work in an encoder's thread, and report to the run what it raises."""
        try:
            work()
        except DroppedError:
            # The run has been canceled; only its generator has not ended yet.
            return
        except ChunkError as error:
            if self._skips:
                self._warn_of(error)
            else:
                self._fail(UnusableYieldError(str(error)))
        except BaseException as error:  # noqa: BLE001 (reported as the run's failure: the thread serves other streams)
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        """Fail the run, and accept no more chunks: what follows a gap would be heard in the wrong place."""
        self._is_broken = True
        if isinstance(error, UnusableYieldError):
            error = name_output(error, self._output.name)
        self._context.failed(error)

    def _show_whole(self, chunk: Chunk) -> None:
        value = self._streamer.clip(chunk, self._output, self._context.store, warn=self._warn)
        self._context.outbox.send(record(Set(output=self._output.name, value=value)))

    def _add(self, chunk: Chunk) -> None:
        if self._stream is None:
            context = self._context
            self._stream = self._streamer.stream(
                self._output, accepts=context.accepts, sink=self._sink, warn=self._warn
            )
        try:
            self._stream.add(chunk)
        finally:
            self._hold.add(self._stream.pending_s, now=time.monotonic())
            self._call_flush()

    def _call_flush(self) -> None:
        due = self._hold.due
        if due is not None and not self._is_timed:
            self._is_timed = True
            self._context.call_at(due, self._flush_later)

    def _flush_later(self) -> None:
        self._strand.submit(self._flush)

    def _flush(self) -> None:
        self._is_timed = False
        stream, due = self._stream, self._hold.due
        if stream is None or due is None or self._is_over or self._context.flow.dropped:
            return
        if time.monotonic() < due:
            self._call_flush()
            return
        self._hold.clear()
        self._guard(stream.flush)

    def _finish(self) -> None:
        try:
            self._is_over = True
            if self._stream is not None:
                self._guard(self._complete)
                self._guard(self._stream.close)
        finally:
            self._context.flow.add_chunks(-1)

    def _complete(self) -> None:
        if self._stream is not None and not self._context.flow.dropped:
            self._stream.finish()
            self._sink.finish()


def make_stream_writer(output: Output, *, streamer: Streamer, context: WriterContext) -> StreamWriter:
    """Return the writer of an output whose steps are chunks of a stream."""
    sink = (
        LiveSink(output.name, context)
        if output.streaming
        else BufferedSink(output, context, streamer=streamer)
    )
    return StreamWriter(output, streamer=streamer, context=context, sink=sink)
