"""The runs of this process behind the narrow interface (`runs.contract`); no call waits for another one."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from gradstream.components.types import Upload
from gradstream.events.fold import RunState
from gradstream.events.types import CanceledBy
from gradstream.file_ref import FileRef, FileSlice, StoredFile, read_slices
from gradstream.format.rules.shipped_files import texts_in
from gradstream.format.types import Demo
from gradstream.ipc.protocol import INIT_INDEX
from gradstream.recordings.types import UnusableRecordingError
from gradstream.recordings.writer import write_recording
from gradstream.runs.caller import Caller
from gradstream.runs.chains import action_of, next_run
from gradstream.runs.contract import (
    CannotFollow,
    Door,
    ExportFailure,
    Latest,
    Next,
    Presence,
    Refusal,
    Reused,
    RunHandle,
    RunWish,
    SegmentFile,
    StoredStream,
    UploadSource,
)
from gradstream.runs.control import RunControl
from gradstream.runs.disclosure import message_for
from gradstream.runs.downloads import Downloads
from gradstream.runs.history import History
from gradstream.runs.reader import RunReader
from gradstream.runs.record import RunRecord
from gradstream.runs.recording import content_of
from gradstream.runs.repeats import Repeats
from gradstream.runs.replays import Replays
from gradstream.runs.service import RunService
from gradstream.runs.stored_run import StoredRun
from gradstream.runs.streams import StreamFiles

LONGEST_KEY = 256
"""More than the id of a run and a digest have."""

OF_RUN = "/"
"""Between a run's id and the digest of one of its big values, which together name a file for an input."""


class LocalRuns:
    """Fulfils `Runs` by a service in this process."""

    def __init__(
        self,
        service: RunService,
        *,
        uploads: UploadSource,
        downloads: Downloads,
        history: History | None = None,
        replays: Replays | None = None,
        door: Door | None = None,
    ) -> None:
        self._service = service
        self._uploads = uploads
        self._downloads = downloads
        self._history = history
        self._replays = replays
        self._door = door or OpenDoor()
        self._repeats = Repeats(most=service.limits.repeats)
        self._following = asyncio.Lock()
        """Held while a run that follows another is started: of two requests at once the second finds it."""

    @property
    def is_closing(self) -> bool:
        """Whether no new runs are accepted."""
        return self._service.is_closing

    async def find(self, run: str, caller: Caller) -> "LocalRun | None":
        """Return the run with this id; None when it is unknown, was forgotten, or is not for this caller."""
        stored = await self._find(run)
        if stored is None or not self._door.admits(caller, stored.record.demo):
            return None
        return self._handle(stored, caller)

    async def demo_of(self, run: str) -> Demo | None:
        """Return the demo of a run, as it was; None when the run is unknown or was forgotten."""
        stored = await self._find(run)
        return None if stored is None else stored.record.demo

    async def _find(self, run: str) -> StoredRun | None:
        stored = self._service.get(run)
        if stored is None and self._history is not None:
            stored = await self._history.find(run, self._service.restore)
        return stored

    async def create(self, wish: RunWish, caller: Caller) -> RunHandle | Refusal:
        """Start a run, at once or when its turn comes, or return why not."""
        if wish.replays and self._replays is not None:
            replayed = await self._replays.run(wish, caller)
            if replayed is not None:
                return self._handle(replayed, caller)
        made = await self._files_of_runs(wish, caller)
        started = await self._service.create(
            wish, caller, find_upload=lambda key: self._uploads.find(key, caller) or made.get(key)
        )
        return self._handle(started.run, caller) if isinstance(started, RunControl) else started

    async def create_once(self, wish: RunWish, caller: Caller, *, key: str, digest: bytes) -> Next | Refusal:
        """Start a run as `create` does, unless this caller has done so with this key."""
        owned = (caller.visitor, key)
        known = await self._repeats.known(owned, digest)
        if isinstance(known, Reused):
            return known
        stored = None if known is None else self._service.get(known)
        if stored is not None:
            return Next(run=self._handle(stored, caller), is_new=False)
        made = await self._repeats.start(
            owned, digest, lambda: self.create(wish, caller), id_of=lambda run: run.record.id
        )
        return made if isinstance(made, Refusal) else Next(run=made, is_new=True)

    async def go_on(self, wish: RunWish, caller: Caller, *, follows: str) -> Next | Refusal:
        """Start a run after the end of another one, or return the one that was started then, or why not."""
        async with self._following:
            ended = self._service.get(follows)
            found = next_run(wish, caller, ended=ended, find=self._service.get)
            if isinstance(found, CannotFollow):
                return found
            if found is not None:
                return Next(run=self._handle(found, caller), is_new=False)
            created = await self.create(wish, caller)
            if isinstance(created, Refusal):
                return created
            if ended is not None:
                ended.followers[action_of(wish)] = created.record.id
            return Next(run=created, is_new=True)

    async def has_room(self) -> bool:
        """Return whether there is room on the disk for new runs."""
        return await self._service.has_room()

    async def record(self, run: str, target: Path, inputs: Mapping[str, Any]) -> str | None:
        """Write a run that is over as a recording; return why not, if it fails."""
        stored = self._service.get(run)
        if stored is None or not stored.is_over:
            return "the run is not over, or no longer stored"
        content = content_of(stored, inputs)
        most = self._service.limits.recording_bytes
        try:
            await asyncio.to_thread(partial(write_recording, content, target, max_bytes=most))
        except (OSError, UnusableRecordingError) as error:
            return f"the recording could not be written: {error}"
        return None

    def open(self, demo: Demo) -> None:
        """Get the demo's worker ready soon; the engine reports its import to those who watch it."""
        self._service.open(demo)

    async def _files_of_runs(self, wish: RunWish, caller: Caller) -> dict[str, Upload]:
        """Return the big values of runs that inputs name, as if they had been uploaded, by what names them.

        They are for those who may read them anyway.
        """
        wanted: dict[str, set[str]] = {}
        for text in texts_in(wish.inputs):
            run, sign, digest = text.partition(OF_RUN) if len(text) <= LONGEST_KEY else ("", "", "")
            if sign and self._service.get(run) is not None:
                wanted.setdefault(run, set()).add(digest)
        made: dict[str, Upload] = {}
        for run, digests in wanted.items():
            stored = self._service.get(run)
            if stored is not None and self._door.admits(caller, stored.record.demo):
                files = await stored.shown_files(digests)
                made |= {f"{run}{OF_RUN}{digest}": upload for digest, upload in files.items()}
        return made

    def _handle(self, run: StoredRun, caller: Caller) -> "LocalRun":
        return LocalRun(run, caller, service=self._service, downloads=self._downloads, door=self._door)


class LocalRun:
    """Fulfils `RunHandle` by what is stored of a run, and by its control as long as it has one."""

    def __init__(
        self, run: StoredRun, caller: Caller, *, service: RunService, downloads: Downloads, door: Door
    ) -> None:
        self._run = run
        self._caller = caller
        self._door = door
        self._service = service
        self._downloads = downloads

    @property
    def record(self) -> RunRecord:
        """The facts of the run that never change."""
        return self._run.record

    async def latest(self) -> Latest:
        """Return how far the run's events go."""
        return Latest(self._run.journal.seq, self._run.journal.is_over)

    async def state(self) -> RunState:
        """Return what all events so far amount to; without the traceback for a caller who may not see it."""
        state = await self._run.journal.state_soon()
        self._service.recount(self._run)
        if self._caller.may_see_tracebacks:
            return state
        instead = message_for(self.record, self._caller) if state.fault == "developer" else None
        return replace(state, detail=None, message=instead or state.message)

    def reader(self, *, after: int, name: str | None = None) -> RunReader:
        """Return a reader of the events with greater numbers, not yet open."""
        control = self._service.control(self._run.id)
        return RunReader(
            self._run.journal,
            self._service.feed(self._run, self._caller, after=after),
            attach=_attach_nothing if control is None else partial(control.readers.attach, name),
            watch=self._door.watch,
            is_admitted=partial(self._door.admits, self._caller, self.record.demo),
        )

    def note_reader(self, name: str, presence: Presence) -> None:
        """Note what is known of a reader of this name; does nothing for one that never read this run."""
        control = self._service.control(self._run.id)
        if control is not None:
            control.readers.note(name, presence)

    def expect_reader(self, *, for_s: float, renew: bool = False) -> None:
        """Count a reader that will be back within this time; with `renew` only if one is expected already."""
        control = self._service.control(self._run.id)
        if control is not None and not control.is_over and (control.readers.is_expecting or not renew):
            control.readers.expect(for_s=for_s)

    async def blob(self, digest: str) -> StoredFile | None:
        """Return a big value that is still kept."""
        found = self._run.blobs.get(digest)
        return None if found is None else self._file(found.path, mime=found.mime, size=found.size)

    async def stream(self, output: str) -> StoredStream | None:
        """Return what is kept of an output's stream; None before it has started."""
        stream = self._run.streams.get(output)
        if stream is None:
            return None
        return StoredStream(
            init=self._file(stream.path(INIT_INDEX), mime=stream.container, size=stream.init_size),
            longest_s=stream.longest_s,
            folder=self._ref(stream.folder),
            first=stream.first,
            segments=tuple(stream.segments),
        )

    async def segment(self, output: str, index: int) -> SegmentFile | None:
        """Return a segment, or the oldest one kept if it was dropped; None when there is none yet."""
        stream = self._run.streams.get(output)
        if stream is None or index >= stream.end:
            return None
        return self._segment(stream, max(index, stream.first))

    async def download(self, output: str, suffix: str) -> StoredFile | ExportFailure | None:
        """Return a finished run's stream as a file of this kind, made at the first call; None without one."""
        stream = self._run.streams.get(output)
        if stream is None:
            return None
        made = await self._downloads.file(self._run, stream, suffix)
        if isinstance(made, ExportFailure):
            return made
        return self._file(made.path, mime=stream.container, size=made.size)

    async def read(self, slices: Sequence[FileSlice]) -> bytes:
        """Return bytes of the run's files, joined. Raises FileNotFoundError when one is gone."""
        return await asyncio.to_thread(read_slices, self._service.folders.root, list(slices))

    async def stop(self, by: CanceledBy) -> None:
        """Cancel the run; one that is over stays as it is."""
        control = self._service.control(self._run.id)
        if control is not None:
            control.stop(by)

    def _segment(self, stream: StreamFiles, index: int) -> SegmentFile:
        segment = stream.segments[index - stream.first]
        file = self._file(stream.path(index), mime=stream.container, size=segment.size)
        return SegmentFile(index=index, segment=segment, file=file)

    def _file(self, path: Path, *, mime: str, size: int) -> StoredFile:
        return StoredFile(ref=self._ref(path), mime=mime, size=size)

    def _ref(self, path: Path) -> FileRef:
        return self._service.folders.ref(self._run.id, path)


class OpenDoor:
    """Lets everybody in: the terminal's own runs, and servers without users."""

    def admits(self, caller: Caller, demo: Demo) -> bool:
        """Let a caller in."""
        return True

    def watch(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Nobody is shut out."""
        return _detach_nothing


def _attach_nothing() -> Callable[[], None]:
    """Count no reader: the run is over."""
    return _detach_nothing


def _detach_nothing() -> None:
    """Undo nothing."""
