"""The narrow interface to runs: all that a server, a foreign protocol or the terminal knows of them.

    Runs --find(id, caller), create(wish, caller)--> RunHandle | Refusal
         --create_once(wish, caller, key)----------> Next | Refusal
    RunHandle --reader(after)--> batches of entries, through `runs.follow.Follower`
              --state, blob, stream, segment, download--> values; files are named by reference
              --read(slices)--> bytes
              --stop-->

What may have to ask another machine is asynchronous; for a run in this process it returns without a task
switch. No behaviour here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

from msgspec import Struct

from gradstream.components.form import Finding
from gradstream.components.types import Upload
from gradstream.events.feed import WRITE_BYTES
from gradstream.events.fold import RunState
from gradstream.events.types import CanceledBy, Entry
from gradstream.file_ref import FileRef, FileSlice, StoredFile
from gradstream.format.types import Demo, OnDisconnect, PageEvent
from gradstream.runs.caller import Caller
from gradstream.runs.follow import Source
from gradstream.runs.record import RunRecord

Presence = Literal["here", "silent", "left"]
"""What is known of a reader that has a name: it reads, nothing was heard of it for too long, or it said
that it leaves."""


class RunWish(Struct, frozen=True, kw_only=True):
    """What a caller asks for. Without `action` it is the demo's first; `inputs` are unchecked.

    `properties` are runs that have changed properties of inputs which hold now, later ones over earlier ones.
    `accepts` are the audio codecs that the caller's player has, the preferred first. `size` is what the
    inputs weigh, in bytes. `event` is what a visitor did that starts the run. `on_disconnect` takes the place
    of the demo's. With `exact` each picture is sent without loss, and not only the last. `language` is
    what the visitor prefers, `headers` are those of the request that the demo lists. With `replays`
    a recording may stand for the run, if there is one of an example with the same values.
    """

    demo: Demo
    inputs: Mapping[str, Any]
    action: str | None = None
    supersedes: str | None = None
    accepts: tuple[str, ...] = ("aac",)
    properties: tuple[str, ...] = ()
    size: int = 0
    event: PageEvent | None = None
    on_disconnect: OnDisconnect | None = None
    exact: bool = False
    language: str | None = None
    headers: Mapping[str, str] = {}
    replays: bool = False


class NoSuchAction(Struct, frozen=True, kw_only=True):
    """The demo has no action of this name; `known` are those it has."""

    name: str
    known: tuple[str, ...]


class UnfitInputs(Struct, frozen=True, kw_only=True):
    """What is wrong with the inputs; `more` is the number of findings beside those that are listed."""

    findings: tuple[Finding, ...]
    more: int = 0


class QueueFull(Struct, frozen=True, kw_only=True):
    """Too many runs are waiting already."""

    retry_after_s: int


class TooManyRuns(Struct, frozen=True, kw_only=True):
    """So many runs of the caller go on or wait, and no more are accepted."""

    most: int
    retry_after_s: int


class DiskFull(Struct, frozen=True):
    """There is no room on the disk for the files of a run, and none can be made."""


class ShuttingDown(Struct, frozen=True):
    """The server is shutting down and takes no new runs."""


class CannotFollow(Struct, frozen=True):
    """The run to be followed is unknown, another visitor's, or did not end so that the action follows."""

    reason: str


class Reused(Struct, frozen=True):
    """The caller's key belongs to a request that asked for something else."""


Refusal = (
    NoSuchAction | CannotFollow | Reused | UnfitInputs | QueueFull | TooManyRuns | DiskFull | ShuttingDown
)


class Latest(Struct, frozen=True):
    """The number of a run's latest event, 0 before the first, and whether it is the run's last."""

    seq: int
    is_over: bool


class Segment(Struct, frozen=True, gc=False):
    """A playable part of a stream: its start and duration in seconds, its size in bytes."""

    start_s: float
    duration_s: float
    size: int


class SegmentFile(Struct, frozen=True, kw_only=True):
    """A segment that is kept, and its file."""

    index: int
    segment: Segment
    file: StoredFile


class StoredStream(Struct, frozen=True, kw_only=True):
    """What is kept of an output's stream: `segments[0]` has the index `first`; dropped ones were before it.

    `longest_s` is an upper bound of the segments' durations. `folder` has the segments' files, each named by
    its index.
    """

    init: StoredFile
    longest_s: float
    folder: FileRef
    first: int
    segments: Sequence[Segment]

    @property
    def end(self) -> int:
        """The index of the next segment."""
        return self.first + len(self.segments)

    @property
    def is_video(self) -> bool:
        """Whether there are frames in it, and not audio alone."""
        return self.init.mime.startswith("video/")

    @property
    def files(self) -> list[StoredFile]:
        """The initialization segment and all segments, in order: joined they are one MP4 file."""
        owner, id_, folder = self.folder.owner, self.folder.id, self.folder.name
        return [
            self.init,
            *(
                StoredFile(
                    ref=FileRef(owner, id_, f"{folder}/{index}"), mime=self.init.mime, size=segment.size
                )
                for index, segment in enumerate(self.segments, self.first)
            ),
        ]


class ExportFailure(Struct, frozen=True):
    """Why a stream cannot be downloaded as a file; `is_ours` when the stream itself could have been."""

    reason: str
    is_ours: bool


class EntrySource(Source[Entry], Protocol):
    """One reader of a run's journal: what has happened after a number, then what happens.

    While it is open the run has a reader. One that falls too far behind gets a snapshot.
    """

    @property
    def has_more(self) -> bool:
        """Whether there is something to read at once."""

    @property
    def is_shut_out(self) -> bool:
        """Whether it is over because its reader may not open the demo any longer."""

    def read(self, *, max_bytes: int = WRITE_BYTES) -> Sequence[Entry]:
        """Return what is new, at most `max_bytes` of bodies but at least one entry; empty when nothing is."""


class RunHandle(Protocol):
    """One run, as one caller may see and control it."""

    @property
    def record(self) -> RunRecord:
        """The facts of the run that never change."""

    async def latest(self) -> Latest:
        """Return how far the run's events go."""

    async def state(self) -> RunState:
        """Return what all events so far amount to; without the traceback for a caller who may not see it."""

    def reader(self, *, after: int, name: str | None = None) -> EntrySource:
        """Return a reader of the events with greater numbers, not yet open.

        Closed without a name it has left; with a name it is silent, unless it said that it leaves.
        """

    def note_reader(self, name: str, presence: Presence) -> None:
        """Note what is known of a reader of this name; does nothing for one that never read this run."""

    def expect_reader(self, *, for_s: float, renew: bool = False) -> None:
        """Count a reader that will be back within this time; with `renew` only if one is expected already."""

    async def blob(self, digest: str) -> StoredFile | None:
        """Return a big value that is still kept."""

    async def stream(self, output: str) -> StoredStream | None:
        """Return what is kept of an output's stream; None before it has started."""

    async def segment(self, output: str, index: int) -> SegmentFile | None:
        """Return a segment, or the oldest one kept if it was dropped; None when there is none yet."""

    async def download(self, output: str, suffix: str) -> StoredFile | ExportFailure | None:
        """Return a finished run's stream as a file of this kind, made at the first call; None without one."""

    async def read(self, slices: Sequence[FileSlice]) -> bytes:
        """Return bytes of the run's files, joined. Raises FileNotFoundError when one is gone."""

    async def stop(self, by: CanceledBy) -> None:
        """Cancel the run; one that is over stays as it is."""


class Next(Struct, frozen=True, kw_only=True):
    """A run that is started once; `is_new` if it was started now, and not by an earlier call."""

    run: RunHandle
    is_new: bool


class Runs(Protocol):
    """All runs of a home, wherever it is."""

    @property
    def is_closing(self) -> bool:
        """Whether no new runs are accepted."""

    async def find(self, run: str, caller: Caller) -> RunHandle | None:
        """Return the run with this id; None when it is unknown, was forgotten, or is not for this caller."""

    async def demo_of(self, run: str) -> Demo | None:
        """Return the demo of a run, as it was; None when the run is unknown or was forgotten."""

    async def create_once(self, wish: RunWish, caller: Caller, *, key: str, digest: bytes) -> Next | Refusal:
        """Start a run as `create` does, unless this caller has done so with this key.

        `digest` is of all that was asked for: the same key with another one is refused.
        """

    async def create(self, wish: RunWish, caller: Caller) -> RunHandle | Refusal:
        """Start a run, at once or when its turn comes, or return why not."""

    async def go_on(self, wish: RunWish, caller: Caller, *, follows: str) -> Next | Refusal:
        """Start a run after the end of another one, or return the one that was started then, or why not."""

    async def has_room(self) -> bool:
        """Return whether there is room on the disk for new runs."""

    def open(self, demo: Demo) -> None:
        """Get the demo's worker ready soon; the engine reports its import to those who watch it."""


class Door(Protocol):
    """Says who may open a demo, and so its runs and what they have made."""

    def admits(self, caller: Caller, demo: Demo) -> bool:
        """Return whether a caller may open a demo."""

    def watch(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` whenever somebody may have been shut out; the returned function ends that."""


class UploadSource(Protocol):
    """Finds the files that a caller's inputs refer to."""

    def find(self, key: str, caller: Caller) -> Upload | None:
        """Return an upload that the caller owns."""
