"""The streams of one run's outputs: what comes before all, and segments, each a file of its own.

    put(output, -1)   FOLDER/0/init     once, first
    put(output, 0…)   FOLDER/0/0, 1, …  in order, without gaps
    begin(output)     its type is told: from now on it can be read

Bounds: `max_bytes` and MAX_SEGMENTS. Policy: the largest stream's oldest segments are dropped, the newest of
each stream never; a reader that comes later begins with what is left. One segment fits one frame of the
worker's, so a run is over its bound by one such frame for each of its streams at most.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from msgspec import Struct

from gradstream.errors import GradstreamError
from gradstream.ipc.protocol import INIT_INDEX, StreamPart

MAX_SEGMENTS = 100_000
"""Of one stream: a day of segments of a second; each takes a file, and its place in every playlist."""

Resized = Callable[[int], None]
"""Called with how many bytes a run's streams have gained, or lost."""


class BrokenStream(GradstreamError):  # noqa: N818 (a broken promise of the worker's)
    """What came does not continue the stream; the text says what was expected."""


class Segment(Struct, frozen=True, gc=False):
    """A playable piece: when it begins and how long it lasts, in seconds, and its bytes."""

    start_s: float
    duration_s: float
    size: int


class Stream:
    """One output's stream, read by `path`s. Segments from `first` on, to before `end`, are kept."""

    def __init__(self, folder: Path, *, longest_s: float, head_size: int) -> None:
        self.folder = folder
        self.longest_s = longest_s
        self.head_size = head_size
        self.mime = ""
        self.timescale = 0
        self.first = 0
        self.segments: list[Segment] = []
        """Those that are kept; the one at 0 has the index `first`."""
        self.size = head_size

    @property
    def end(self) -> int:
        """The index of the segment that comes next."""
        return self.first + len(self.segments)

    @property
    def has_pictures(self) -> bool:
        """Whether there is more than sound in it."""
        return self.mime.startswith("video/")

    def path(self, index: int) -> Path:
        """Return the file of a segment, or of the initialization segment (INIT_INDEX)."""
        return self.folder / ("init" if index == INIT_INDEX else str(index))

    def add(self, segment: Segment) -> None:
        """Take in the next segment, whose file is there."""
        self.segments.append(segment)
        self.size += segment.size

    def drop_oldest(self) -> int:
        """Drop one segment and return its size."""
        self.path(self.first).unlink(missing_ok=True)
        dropped = self.segments.pop(0)
        self.first += 1
        self.size -= dropped.size
        return dropped.size


class Streams:
    """Keeps the streams of a run with these outputs; `resized` hears of every change of `size`.

    Nothing here is named by a worker: it runs the developer's code.
    """

    def __init__(
        self, folder: Path, *, outputs: Collection[str], max_bytes: int, resized: Resized = lambda _: None
    ) -> None:
        self._folder = folder
        self._outputs = outputs
        self._max_bytes = max_bytes
        self._resized = resized
        self._streams: dict[str, Stream] = {}
        self._is_forgotten = False
        self.size = 0

    def put(self, part: StreamPart) -> None:
        """Store a part of an output's stream. Raises BrokenStream, and OSError when it cannot be stored."""
        stream = self._streams.get(part.output)
        expected = INIT_INDEX if stream is None else stream.end
        if part.output not in self._outputs:
            raise BrokenStream(f"{part.output!r} is not an output of this action")
        if part.index != expected:
            raise BrokenStream(
                f"The stream of {part.output!r} continued with part {part.index} instead of {expected}"
            )
        if stream is None:
            self._open(part)
        else:
            stream.path(part.index).write_bytes(part.data)
            stream.add(Segment(part.start_s, part.duration_s, len(part.data)))
            self.resize(len(part.data))
            self._drop_beyond_bounds(stream)

    def begin(self, output: str, *, mime: str, timescale: int) -> None:
        """Hear the type of an output's stream, which can be read from now on. Raises BrokenStream."""
        stream = self._streams.get(output)
        if stream is None or stream.mime:
            raise BrokenStream(f"The stream of {output!r} was told {'twice' if stream else 'before it came'}")
        stream.mime, stream.timescale = mime, timescale

    def get(self, output: str) -> Stream | None:
        """Return an output's stream that has begun."""
        stream = self._streams.get(output)
        return stream if stream is not None and stream.mime else None

    def drop(self, size: int) -> None:
        """Drop the oldest segments of the largest stream until at least so much is free, if that can be."""
        freed = 0
        while freed < size and (droppable := self._droppable()):
            dropped = max(droppable, key=lambda stream: stream.size).drop_oldest()
            self.resize(-dropped)
            freed += dropped

    def resize(self, size: int) -> None:
        """Count what is kept beside the segments, or was: a file made for a download."""
        if not self._is_forgotten:
            self.size += size
            self._resized(size)

    def forget(self) -> None:
        """Count nothing any more: whoever owns the folder removes it."""
        self.resize(-self.size)
        self._is_forgotten = True

    def _open(self, init: StreamPart) -> None:
        folder = self._folder / str(len(self._streams))
        folder.mkdir(parents=True)
        stream = Stream(folder, longest_s=init.duration_s, head_size=len(init.data))
        stream.path(INIT_INDEX).write_bytes(init.data)
        self._streams[init.output] = stream
        self.resize(len(init.data))

    def _drop_beyond_bounds(self, grown: Stream) -> None:
        self.drop(self.size - self._max_bytes)
        if len(grown.segments) > MAX_SEGMENTS:
            self.resize(-grown.drop_oldest())

    def _droppable(self) -> list[Stream]:
        return [stream for stream in self._streams.values() if len(stream.segments) > 1]
