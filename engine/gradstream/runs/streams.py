"""The streams of one run's outputs: an initialization segment and segments, each a file of its own.

    add(part -1)       FOLDER/0/init     once, first
    add(part 0, 1, …)  FOLDER/0/0, 1, …  in order, without gaps
    start(output)      the stream's type is known: from now on it can be read

Bounds: `max_bytes` and `max_segments`. Policy: the largest stream's oldest segments are dropped, the newest
of each stream never; a reader that comes later starts with what is left. A segment fits into one frame from
the worker, so a run is over its bound by at most one such frame for each of its streams.
"""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from gradstream.errors import GradstreamError
from gradstream.ipc.protocol import INIT_INDEX, StreamPart
from gradstream.runs.contract import Segment
from gradstream.runs.disk import Disk, write_file

Resized = Callable[[int], None]
"""Called with how many bytes a run's streams have gained, or lost."""


class BrokenStreamError(GradstreamError):
    """A part does not continue the stream; the text says what was expected."""


class StreamFiles:
    """One output's stream on disk. Segments from `first` on, to before `end`, are kept."""

    def __init__(self, folder: Path, *, longest_s: float, init_size: int, disk: Disk, first: int = 0) -> None:
        self._disk = disk
        self.folder = folder
        self.longest_s = longest_s
        self.init_size = init_size
        self.mime = ""
        self.timescale = 0
        self.first = first
        self.segments: list[Segment] = []
        """Those that are kept; the one at 0 has the index `first`."""
        self.size = init_size

    @property
    def end(self) -> int:
        """The index of the next segment."""
        return self.first + len(self.segments)

    @property
    def container(self) -> str:
        """The type without its codecs, which a worker named, and without anything else it may have named."""
        return "video/mp4" if self.mime.startswith("video/") else "audio/mp4"

    def path(self, index: int) -> Path:
        """Return the file of a segment, or of the initialization segment (INIT_INDEX)."""
        return self.folder / ("init" if index == INIT_INDEX else str(index))

    def add(self, segment: Segment) -> None:
        """Append the next segment, whose file exists."""
        self.segments.append(segment)
        self.size += segment.size

    def drop_oldest(self) -> int:
        """Drop one segment and return its size."""
        self._disk.remove(self.path(self.first))
        dropped = self.segments.pop(0)
        self.first += 1
        self.size -= dropped.size
        return dropped.size


class Streams:
    """Keeps the streams of a run with these outputs; `resized` is called at every change of `size`.

    A worker runs the developer's code, so it names no file here.
    """

    def __init__(
        self,
        folder: Path,
        *,
        outputs: Collection[str],
        max_bytes: int,
        max_segments: int,
        resized: Resized = lambda _: None,
        disk: Disk | None = None,
    ) -> None:
        self._disk = disk or Disk()
        self._folder = folder
        self._outputs = outputs
        self._max_bytes = max_bytes
        self._max_segments = max_segments
        self._resized = resized
        self._streams: dict[str, StreamFiles] = {}
        self._is_forgotten = False
        self.size = 0

    async def add(self, part: StreamPart) -> None:
        """Store a part of an output's stream. Raises BrokenStreamError, OSError."""
        stream = self._streams.get(part.output)
        expected = INIT_INDEX if stream is None else stream.end
        if part.output not in self._outputs:
            raise BrokenStreamError(f"{part.output!r} is not an output of this action")
        if part.index != expected:
            raise BrokenStreamError(
                f"The stream of {part.output!r} continued with part {part.index} instead of {expected}"
            )
        if stream is None:
            await self._open(part)
        else:
            await self._disk.write(partial(write_file, stream.path(part.index), part.data))
            stream.add(Segment(part.start_s, part.duration_s, len(part.data)))
            self.resize(len(part.data))
            self._drop_beyond_bounds(stream)

    def start(self, output: str, *, mime: str, timescale: int) -> None:
        """Note the type of an output's stream, which can be read from now on. Raises BrokenStreamError."""
        stream = self._streams.get(output)
        if stream is None or stream.mime:
            raise BrokenStreamError(
                f"The stream of {output!r} was announced {'twice' if stream else 'before its first part'}"
            )
        stream.mime, stream.timescale = mime, timescale

    def get(self, output: str) -> StreamFiles | None:
        """Return an output's stream that has started."""
        stream = self._streams.get(output)
        return stream if stream is not None and stream.mime else None

    def restore(self, output: str, stream: StreamFiles) -> None:
        """Add a whole stream whose files exist already, in this run's folder."""
        self._streams[output] = stream
        self.resize(stream.size)

    def all(self) -> dict[str, StreamFiles]:
        """Return the streams that have started, by output."""
        return {output: stream for output, stream in self._streams.items() if stream.mime}

    def drop(self, size: int) -> None:
        """Drop the oldest segments of the largest stream until at least so much is free, if that can be."""
        freed = 0
        while freed < size and (droppable := self._droppable()):
            dropped = max(droppable, key=lambda stream: stream.size).drop_oldest()
            self.resize(-dropped)
            freed += dropped

    def resize(self, size: int) -> None:
        """Count bytes that came or went; also those of a file made for a download."""
        if not self._is_forgotten:
            self.size += size
            self._resized(size)

    @property
    def is_forgotten(self) -> bool:
        """Whether nothing is kept any more."""
        return self._is_forgotten

    def forget(self) -> None:
        """Drop all streams; the owner of the folder removes the files."""
        self.resize(-self.size)
        self._streams.clear()
        self._is_forgotten = True

    async def _open(self, init: StreamPart) -> None:
        folder = self._folder / str(len(self._streams))
        stream = StreamFiles(folder, longest_s=init.duration_s, init_size=len(init.data), disk=self._disk)
        await self._disk.write(partial(write_file, stream.path(INIT_INDEX), init.data))
        self._streams[init.output] = stream
        self.resize(len(init.data))

    def _drop_beyond_bounds(self, grown: StreamFiles) -> None:
        self.drop(self.size - self._max_bytes)
        if len(grown.segments) > self._max_segments:
            self.resize(-grown.drop_oldest())

    def _droppable(self) -> list[StreamFiles]:
        return [stream for stream in self._streams.values() if len(stream.segments) > 1]
