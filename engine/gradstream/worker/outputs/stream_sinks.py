"""Where the segments of a stream go: to the server one by one, or into one clip at the end.

MediaSegment --LiveSink--> a part and a `segment` event for each       streaming: true
--BufferedSink--> one clip, sent at the end                streaming: false
"""

from gradstream.components.outputs.delivery import Streamer
from gradstream.errors import GradstreamError
from gradstream.events.types import SegmentAdded, Set, StreamBegun
from gradstream.format.types import Output
from gradstream.ipc.protocol import INIT_INDEX, StreamPart
from gradstream.media.types import InitSegment, MediaSegment
from gradstream.worker.outputs.writer import WriterContext
from gradstream.worker.sending.records import record


class DroppedError(GradstreamError):
    """Raised inside a stream's `add` when its run has been canceled."""


class LiveSink:
    """Sends every segment at once. Fulfils `media.types.SegmentSink`."""

    def __init__(self, output: str, context: WriterContext) -> None:
        self._output = output
        self._context = context

    def open(self, init: InitSegment) -> None:
        """Send the beginning of the stream."""
        self._send(INIT_INDEX, start_s=0.0, duration_s=init.longest_s, data=init.data)
        begun = StreamBegun(output=self._output, mime=init.mime, timescale=init.timescale)
        self._context.outbox.send(record(begun))

    def append(self, segment: MediaSegment) -> None:
        """Send a segment and its event."""
        start_s, duration_s = round(segment.start_s, 6), round(segment.duration_s, 6)
        self._send(segment.index, start_s=start_s, duration_s=duration_s, data=segment.data)
        added = SegmentAdded(
            output=self._output,
            index=segment.index,
            start_s=start_s,
            duration_s=duration_s,
            peaks=segment.peaks,
        )
        self._context.outbox.send(record(added))

    def finish(self) -> None:
        """Do nothing: every segment has been sent."""

    def _send(self, index: int, *, start_s: float, duration_s: float, data: bytes) -> None:
        if not self._context.flow.wait_for_credit():
            raise DroppedError
        self._context.outbox.send_part(
            StreamPart(
                run=self._context.run,
                output=self._output,
                index=index,
                start_s=start_s,
                duration_s=duration_s,
                data=data,
            )
        )


class BufferedSink:
    """Gathers segments and sends them as one clip. Fulfils `media.types.SegmentSink`."""

    def __init__(self, output: Output, context: WriterContext, *, streamer: Streamer) -> None:
        self._output = output
        self._context = context
        self._streamer = streamer
        self._init: InitSegment | None = None
        self._segments: list[bytes] = []
        self._size = 0

    def open(self, init: InitSegment) -> None:
        """Keep the init."""
        self._init = init

    def append(self, segment: MediaSegment) -> None:
        """Keep a segment. Raises UnusableYieldError when the clip becomes too large."""
        if self._context.flow.dropped:
            raise DroppedError
        self._size += len(segment.data)
        self._streamer.check_size(self._size, self._context.store)
        self._segments.append(segment.data)

    def finish(self) -> None:
        """Send the clip. Raises UnusableYieldError when it is too large."""
        if self._init is not None:
            value = self._streamer.join(self._init, self._segments, self._context.store)
            self._context.outbox.send(record(Set(output=self._output.name, value=value)))
