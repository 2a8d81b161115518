"""Read a recording, from wherever it came: nothing in it is believed. To be called in a thread.

    NAME --read_recording--> Recording --extract--> blobs/0.png, …   streams/0/init, streams/0/0, …

Bounds: `max_bytes`, and a directory of at most `DIRECTORY_BYTES`. Policy: beyond, it is not used. No name in
the archive becomes a path, and nothing in it may be compressed.
"""

import mimetypes
import os
from collections.abc import Callable
from pathlib import Path
from struct import Struct as Layout
from typing import IO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import msgspec
from msgspec import Struct, json

from gradstream.recordings.event_lines import read_lines
from gradstream.recordings.types import (
    EVENTS,
    FORMAT,
    MANIFEST,
    MOST_BYTES,
    Manifest,
    RecordedStream,
    Recording,
    UnusableRecordingError,
)

DIRECTORY_BYTES = 8 * 2**20
"""The zip's own list of its files: the 65,535 that it can have without another form take half of that."""

MANIFEST_BYTES = 32 * 2**20
"""A stream of 100,000 segments has 5 MB of them."""

_END = Layout("<4s4H2LH")
"""The end of a zip: a signature, four counts, the directory's size and offset, the length of a comment."""

_DAMAGED = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, msgspec.DecodeError)
"""What reading raises where bytes are not what they should be."""


class _Version(Struct):
    recording: int
    gradstream: str = "an unknown version"


def read_recording(path: Path, *, max_bytes: int) -> Recording:
    """Read a recording but for its big values. Raises UnusableRecordingError, OSError."""
    with path.open("rb") as file:
        _check_end(file, max_bytes=min(max_bytes, MOST_BYTES))
        with _archive(file) as archive:
            try:
                return _read(path, archive)
            except _DAMAGED as error:
                raise UnusableRecordingError(f"it is damaged: {error}") from error


def extract(
    recording: Recording, *, blobs: Path, streams: Path, write: Callable[[Path, bytes], None]
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write the big values and the streams below two folders; return the values' files and streams' folders.

    Raises UnusableRecordingError, OSError.
    """
    with recording.path.open("rb") as file, _archive(file) as archive:
        try:
            values = []
            for index, part in enumerate(recording.manifest.blobs):
                suffix = mimetypes.guess_extension(part.mime) or ""
                values.append(blobs / f"{index}{suffix}")
                write(values[-1], archive.read(f"blobs/{index}"))
            folders = []
            for index, stream in enumerate(recording.manifest.streams):
                folders.append(streams / str(index))
                with archive.open(f"streams/{index}.mp4") as joined:
                    _split(joined, stream, folders[-1], write)
        except (*_DAMAGED, KeyError) as error:
            raise UnusableRecordingError(f"it is damaged: {error}") from error
    return tuple(values), tuple(folders)


def _check_end(file: IO[bytes], *, max_bytes: int) -> None:
    """Check sizes before the directory is read: it could fill the memory."""
    size = file.seek(0, os.SEEK_END)
    if size > max_bytes:
        raise UnusableRecordingError(f"it has {size:,} bytes, and {max_bytes:,} are allowed")
    if size < _END.size:
        raise UnusableRecordingError("it is cut off")
    file.seek(-_END.size, os.SEEK_END)
    signature, _, _, _, _, directory, _, comment = _END.unpack(file.read(_END.size))
    if signature != b"PK\5\6" or comment:
        raise UnusableRecordingError("it is cut off, or no recording")
    if directory > DIRECTORY_BYTES:
        raise UnusableRecordingError("it has too many files")
    file.seek(max(0, size - _END.size - 20))
    if file.read(4) == b"PK\6\7":
        # The locator of another, larger directory.
        raise UnusableRecordingError("it has too many files")


def _archive(file: IO[bytes]) -> ZipFile:
    try:
        return ZipFile(file)
    except _DAMAGED as error:
        raise UnusableRecordingError(f"it is damaged: {error}") from error


def _read(path: Path, archive: ZipFile) -> Recording:
    infos = {info.filename: info for info in archive.infolist()}
    _check_sizes(archive.infolist(), os.fstat(archive.fp.fileno()).st_size if archive.fp else 0)
    if len(infos) != len(archive.infolist()) or not {MANIFEST, EVENTS} <= infos.keys():
        raise UnusableRecordingError(f"it has no {MANIFEST}, no {EVENTS}, or one of its files twice")
    if infos[MANIFEST].file_size > MANIFEST_BYTES:
        raise UnusableRecordingError(f"its {MANIFEST} is too large")
    manifest = _manifest(archive.read(MANIFEST))
    expected = {
        **{f"blobs/{index}": part.size for index, part in enumerate(manifest.blobs)},
        **{f"streams/{index}.mp4": part.size for index, part in enumerate(manifest.streams)},
    }
    found = {name: info.file_size for name, info in infos.items() if name not in {MANIFEST, EVENTS}}
    if found != expected:
        raise UnusableRecordingError(f"its files are not those that its {MANIFEST} lists")
    with archive.open(EVENTS) as lines:
        return Recording(path=path, manifest=manifest, journal=read_lines(lines))


def _check_sizes(infos: list[ZipInfo], size: int) -> None:
    for info in infos:
        if info.compress_type != ZIP_STORED or info.file_size != info.compress_size or info.flag_bits & 1:
            raise UnusableRecordingError("a file in it is compressed or encrypted")
    if sum(info.file_size for info in infos) > size:
        raise UnusableRecordingError("its files overlap")


def _manifest(data: bytes) -> Manifest:
    try:
        version = json.decode(data, type=_Version)
        if version.recording == FORMAT:
            manifest = json.decode(data, type=Manifest)
            _check(manifest)
            return manifest
    except RecursionError as error:
        raise ValueError(str(error)) from error
    raise UnusableRecordingError(
        f"gradstream {version.gradstream} made it in version {version.recording} of the format, and this one "
        f"reads {FORMAT}"
    )


def _check(manifest: Manifest) -> None:
    action = next((one for one in manifest.demo.actions if one.name == manifest.action), None)
    if action is None:
        raise ValueError("its demo does not have its action")
    sizes = [size for stream in manifest.streams for _, _, size in stream.segments]
    sizes += [part.init_size for part in manifest.streams] + [part.size for part in manifest.blobs]
    names = [part.output for part in manifest.streams]
    digests = [part.digest for part in manifest.blobs]
    if min(sizes, default=0) < 0 or any(part.first < 0 for part in manifest.streams):
        raise ValueError("a size is negative")
    if (
        len(set(names)) != len(names)
        or not set(names).issubset(action.outputs)
        or len(set(digests)) != len(digests)
    ):
        raise ValueError("a big value or stream is there twice, or of no output")


def _split(
    joined: IO[bytes], part: RecordedStream, folder: Path, write: Callable[[Path, bytes], None]
) -> None:
    write(folder / "init", joined.read(part.init_size))
    for index, (_, _, size) in enumerate(part.segments, part.first):
        write(folder / str(index), joined.read(size))
    if joined.read(1):
        raise ValueError("a stream is longer than its segments")
