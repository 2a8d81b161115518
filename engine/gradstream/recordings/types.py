"""What a recording consists of. Structs without behaviour.

    run.json        the manifest: what the run was, and which files follow
    events.jsonl    one event a line: {"at_ms":12,"seq":3,"type":"set", …}, as on the wire but for `at_ms`
    blobs/0, …      big values, in the manifest's order
    streams/0.mp4   a stream: its initialization segment and its segments, joined; playable as it is

Where a journal had dropped its oldest events, the first line is a `snapshot` of what they amount to. Nothing
is compressed: pictures and sound are already, and what is not compressed cannot grow when it is read.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from gradstream.errors import GradstreamError
from gradstream.events.journal import Recorded

FORMAT = 1
"""The version of this format; a recording of another one is not read."""

MANIFEST = "run.json"
EVENTS = "events.jsonl"

MOST_BYTES = 2**31 - 1
"""Of a recording, whatever the limits say: beyond, the zip's directory would have another form."""


class UnusableRecordingError(GradstreamError):
    """A recording is damaged, of another version or too large; the text says what is wrong."""


class SpecPart(Struct, frozen=True, kw_only=True):
    """An input or output of the demo."""

    name: str
    type: str
    label: str


class SpecAction(Struct, frozen=True, kw_only=True):
    """An action of the demo."""

    name: str
    button: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


class Spec(Struct, frozen=True, kw_only=True):
    """The demo as it was: what tells of its run, without anything secret."""

    address: str
    file: str
    title: str
    revision: str
    inputs: tuple[SpecPart, ...]
    outputs: tuple[SpecPart, ...]
    actions: tuple[SpecAction, ...]
    shows_errors: bool
    is_guarded: bool = False
    """Whether it had users or a token of its own, which are in no recording."""


class RecordedBlob(Struct, frozen=True, kw_only=True):
    """A big value, in the file of its number."""

    digest: str
    mime: str
    size: int


class RecordedStream(Struct, frozen=True, kw_only=True):
    """A stream, in the file of its number; `segments` are (start_s, duration_s, size), from `first` on."""

    output: str
    mime: str
    timescale: int
    longest_s: float
    init_size: int
    first: int
    segments: tuple[tuple[float, float, int], ...]

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.init_size + sum(size for _, _, size in self.segments)


class Manifest(Struct, frozen=True, kw_only=True):
    """What `run.json` says; `recording` is the version of the format.

    `inputs` has the values that the generator was given: of a file its name and type, of a password nothing.
    Times are in seconds since the epoch. `replays` is when the recording was made that the run replayed.
    `rests_on` has digests of the files that the run's code was imported from, and of those that it watches.
    """

    recording: int = FORMAT
    gradstream: str
    run: str
    demo: Spec
    action: str
    inputs: Mapping[str, Any]
    created_at: float
    recorded_at: float
    replays: float | None = None
    rests_on: Mapping[str, str] = {}
    blobs: tuple[RecordedBlob, ...] = ()
    streams: tuple[RecordedStream, ...] = ()

    @property
    def files_size(self) -> int:
        """How many bytes all big values and streams have."""
        return sum(part.size for part in self.blobs) + sum(part.size for part in self.streams)


class Content(Struct, frozen=True, kw_only=True, eq=False):
    """All of a recording that is to be written: what `manifest` lists is in `blobs` and `streams`, in order.

    Of a stream there are the files of the initialization segment and of each segment.
    """

    manifest: Manifest
    journal: Recorded
    blobs: tuple[Path, ...]
    streams: tuple[tuple[Path, ...], ...]


class Recording(Struct, frozen=True, kw_only=True, eq=False):
    """A recording that was read, but for its big values and streams, which stay in the file at `path`."""

    path: Path
    manifest: Manifest
    journal: Recorded
