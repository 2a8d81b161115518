"""Recordings of examples: which one is right for a demo as it is now, and which run makes one.

    demo + example's number --everything the result rests on--> START-KEY.zip
    START   the demo's address and the example's values: at most one recording is kept for each
    KEY     this program, Python and the installed packages, the demo as it was read, the example's files

What cannot be known beforehand is in the recording itself: digests of the files that the code was imported
from, and of those under `watch`. They are compared at each press, so nothing stale is shown, and a recording
that does not fit any more is removed. All functions here use the disk: to be called in threads.
"""

import sys
import sysconfig
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec import Struct, msgpack
from msgspec.structs import replace

import gradstream
from gradstream.components.registry import KINDS
from gradstream.engines.contract import ImportedCode
from gradstream.format.generator.resolve import Located, locate
from gradstream.format.rules.shipped_files import example_files
from gradstream.format.rules.watching import watched_files
from gradstream.format.types import Demo
from gradstream.recordings.file_digests import FileDigests, are_older
from gradstream.recordings.shelf import Shelf
from gradstream.recordings.types import Content, RecordedStream, Recording
from gradstream.runs.record import RunRecord

CODECS = {"opus": "opus", "flac": "flac", "mp4a": "aac"}
"""What a stream's type calls a codec of sound, and what a caller accepts by."""


class ExamplePlace(Struct, frozen=True):
    """The name of an example's recording: its start is the same for all versions of the demo."""

    start: str
    key: str

    @property
    def name(self) -> str:
        """The recording's name on its shelf."""
        return f"{self.start}-{self.key}"


class ExampleRecordings:
    """Those of one catalog."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._digests = FileDigests()

    def find(self, demo: Demo, number: int, accepts: tuple[str, ...]) -> Recording | None:
        """Return an example's recording, if nothing has changed since and the caller can play it."""
        place = self._place(demo, number)
        recording = self._shelf.read(place.name)
        if recording is None:
            return None
        rests_on = recording.manifest.rests_on
        watched = watched_files(demo)
        is_same = watched is not None and all(str(path) in rests_on for path in watched)
        if not is_same or any(self._digests.of(path) != digest for path, digest in rests_on.items()):
            self._shelf.drop(place.name)
            return None
        is_playable = all(_can_play(stream, accepts) for stream in recording.manifest.streams)
        return recording if is_playable else None

    def rests_on(self, record: RunRecord, imported: ImportedCode) -> Mapping[str, str] | None:
        """Return what the recording of a run would rest on; None where the run may have seen other files.

        That is where one of them has changed since its process began, where the result may be for one visitor
        alone, or there is a recording already.
        """
        demo, number = record.demo, record.example
        watched = watched_files(demo)
        if (
            imported.is_personal
            or number is None
            or watched is None
            or self._shelf.has(self._place(demo, number).name)
        ):
            return None
        code = {*imported.files, *map(str, watched)}
        since_run = int(record.created_at * 1e9)
        if not are_older((*code, *_package_folders(demo)), imported.since_ns):
            return None
        if not are_older(map(str, example_files(demo, number, kinds=KINDS)), since_run):
            return None
        return {path: self._digests.of(path) for path in sorted(code)}

    def keep(self, record: RunRecord, content: Content, rests_on: Mapping[str, str]) -> None:
        """Keep a recording in place of those of earlier versions of the example."""
        if record.example is not None:
            content = replace(content, manifest=replace(content.manifest, rests_on=rests_on))
            place = self._place(record.demo, record.example)
            if self._shelf.add(place.name, content):
                self._shelf.drop_like(f"{place.start}-", but=place.name)

    def _place(self, demo: Demo, number: int) -> ExamplePlace:
        values = demo.examples[number].inputs
        start = _digest((demo.address, values), size=8)
        # Where the demo is does not matter, and secrets are not needed: their values are where they are used.
        bare = replace(demo, folder="", root="", secrets=())
        located = [one.file for one in map(locate, demo.paths) if isinstance(one, Located)]
        packages = [(path, _changed_ns(path)) for path in _package_folders(demo)]
        program = (gradstream.__version__, sys.version, sys.executable, packages)
        files = [self._digests.of(str(path)) for path in example_files(demo, number, kinds=KINDS)]
        return ExamplePlace(start, _digest((program, bare, located, values, files), size=16))


def _can_play(stream: RecordedStream, accepts: tuple[str, ...]) -> bool:
    needed = {codec for sign, codec in CODECS.items() if sign in stream.mime.lower()}
    return needed.issubset(accepts)


def _package_folders(demo: Demo) -> list[str]:
    """Return where the worker's packages are installed: each installation changes the folder."""
    python = demo.worker.python
    if python is None:
        paths = sysconfig.get_paths()
        return sorted({paths["purelib"], paths["platlib"]})
    prefix = Path(python.path).parent.parent
    return sorted(map(str, (*prefix.glob("lib*/python*/*-packages"), Path(python.path))))


def _changed_ns(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0


def _digest(value: Any, *, size: int) -> str:
    return blake2b(msgpack.encode(value), digest_size=size).hexdigest()
