"""Recordings that are written, read, damaged and forged."""

import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from gradstream.recordings.event_lines import write_lines
from gradstream.recordings.reader import extract, read_recording
from gradstream.recordings.types import Recording, UnusableRecordingError
from gradstream.recordings.writer import write_recording
from gradstream.runs.disk import write_file
from tests.unit.recordings.finished import EVENTS, MANIFEST, PICTURE, SOUND, make_content, recorded

MAX = 10_000


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a recording on disk."""
    path = tmp_path / "run.zip"
    write_recording(make_content(tmp_path / "files"), path, max_bytes=MAX)
    return path


def rewritten(archive: Path, files: dict[str, bytes | None], *, compression: int = ZIP_STORED) -> Path:
    """Return the recording with other files; None for one that is left out."""
    with ZipFile(archive) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    with ZipFile(archive, "w", compression) as new:
        for name, data in {**kept, **files}.items():
            if data is not None:
                new.writestr(name, data)
    return archive


def extracted(recording: Recording, folder: Path) -> None:
    """Write a recording's files below a folder."""
    extract(recording, blobs=folder / "blobs", streams=folder / "streams", write=write_file)


def test_round_trip(archive: Path, tmp_path: Path) -> None:
    """Events, big values and segments come back byte for byte; a stream in it is one file that plays."""
    recording = read_recording(archive, max_bytes=MAX)
    assert recording.manifest == MANIFEST
    assert list(write_lines(recording.journal)) == list(write_lines(recorded(*EVENTS)))
    extracted(recording, tmp_path / "out")
    assert (tmp_path / "out/blobs/0.png").read_bytes() == PICTURE
    names = ("init", "0", "1")
    assert tuple((tmp_path / "out/streams/0" / name).read_bytes() for name in names) == SOUND
    with ZipFile(archive) as unpacked:
        assert unpacked.read("streams/0.mp4") == b"".join(SOUND)
    assert archive.stat().st_mode & 0o777 == 0o600


def test_nothing_unfinished_is_left(tmp_path: Path) -> None:
    """A run whose files are gone, or that is too large, leaves no file behind."""
    content = make_content(tmp_path / "files")
    content.blobs[0].unlink()
    folder = tmp_path / "recordings"
    folder.mkdir()
    with pytest.raises(FileNotFoundError):
        write_recording(content, folder / "run.zip", max_bytes=MAX)
    content = make_content(tmp_path / "files")
    for most in (10, 700):
        with pytest.raises(UnusableRecordingError, match=f"it is larger than the {most} bytes"):
            write_recording(content, folder / "run.zip", max_bytes=most)
    assert list(folder.iterdir()) == []


@given(st.floats(0, 1, exclude_max=True), st.booleans())
def test_cut_off_or_damaged(tmp_path_factory: pytest.TempPathFactory, share: float, is_cut: bool) -> None:  # noqa: FBT001 (pytest passes it)
    """Whatever is missing or changed, it is either told, or the recording is still the same."""
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / "run.zip"
    write_recording(make_content(folder / "files"), path, max_bytes=MAX)
    whole = path.read_bytes()
    place = int(share * len(whole))
    path.write_bytes(
        whole[:place] if is_cut else whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
    )
    try:
        recording = read_recording(path, max_bytes=MAX)
        extracted(recording, folder / "out")
    except UnusableRecordingError:
        return
    assert not is_cut
    assert recording.manifest == MANIFEST
    assert list(write_lines(recording.journal)) == list(write_lines(recorded(*EVENTS)))
    assert (folder / "out/blobs/0.png").read_bytes() == PICTURE


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"blobs/0": None}, "its files are not those that its run.json lists"),
        ({"blobs/0": b"more than was said"}, "its files are not those"),
        ({"../../escaped": b"x"}, "its files are not those"),
        ({"/etc/passwd": b"x"}, "its files are not those"),
        ({"run.json": b"{}"}, "it is damaged: Object missing required field `recording`"),
        (
            {"run.json": b'{"recording": 2, "gradstream": "9.1"}'},
            "gradstream 9.1 made it in version 2 of the format",
        ),
        ({"run.json": b"[" * 100_000}, "it is damaged"),
        ({"run.json": b" " * (33 * 2**20)}, "its run.json is too large"),
        ({"run.json": None}, "it has no run.json"),
        ({"events.jsonl": b""}, "its events have no end"),
    ],
)
def test_forged(archive: Path, files: dict[str, bytes | None], reason: str) -> None:
    """A name in the archive is compared and never used; what it should not have is told."""
    with pytest.raises(UnusableRecordingError, match=reason):
        read_recording(rewritten(archive, files), max_bytes=10**8)


@pytest.mark.parametrize(
    "manifest",
    [
        replace(MANIFEST, action="sing"),
        replace(MANIFEST, streams=(replace(MANIFEST.streams[0], output="other"),)),
        replace(MANIFEST, streams=MANIFEST.streams * 2),
        replace(MANIFEST, blobs=(replace(MANIFEST.blobs[0], size=-1),)),
        replace(MANIFEST, streams=(replace(MANIFEST.streams[0], init_size=-4, segments=((0.0, 1.0, 17),)),)),
    ],
)
def test_a_manifest_that_contradicts_itself(archive: Path, manifest: object) -> None:
    """Streams are of outputs, sizes are not negative, and nothing is there twice."""
    with pytest.raises(UnusableRecordingError):
        read_recording(rewritten(archive, {"run.json": json.encode(manifest)}), max_bytes=MAX)


def test_a_bomb(archive: Path) -> None:
    """What is compressed could grow without bound, and is refused before anything is read."""
    bomb = rewritten(archive, {"events.jsonl": b" " * 10**7}, compression=ZIP_DEFLATED)
    assert bomb.stat().st_size < 20_000
    with pytest.raises(UnusableRecordingError, match="a file in it is compressed or encrypted"):
        read_recording(bomb, max_bytes=10**6)


def test_overlapping_files(archive: Path) -> None:
    """Entries of the directory that share their bytes are refused: their sizes exceed the file's."""
    data = archive.read_bytes()
    start = data.index(b"PK\1\2")
    size, offset = struct.unpack("<LL", data[-10:-2])
    assert offset == start
    entries = data[start : start + size]
    end = data[start + size :]
    count = struct.unpack("<H", end[8:10])[0]
    forged = end[:8] + struct.pack("<HHLL", count * 9, count * 9, size * 9, offset) + end[20:]
    archive.write_bytes(data[:start] + entries * 9 + forged)
    with pytest.raises(UnusableRecordingError, match=r"its files overlap|one of its files twice"):
        read_recording(archive, max_bytes=MAX)


def test_too_large(archive: Path) -> None:
    """A file over the bound is not opened as an archive; nor one with an endless directory."""
    with pytest.raises(UnusableRecordingError, match="bytes, and 100 are allowed"):
        read_recording(archive, max_bytes=100)
    data = archive.read_bytes()
    archive.write_bytes(data[:-10] + struct.pack("<LL", 2**31, 0) + data[-2:])
    with pytest.raises(UnusableRecordingError, match="it has too many files"):
        read_recording(archive, max_bytes=MAX)
    archive.write_bytes(data[:-22] + b"PK\6\7" + bytes(16) + data[-22:])
    with pytest.raises(UnusableRecordingError, match="it has too many files"):
        read_recording(archive, max_bytes=MAX)


def test_not_a_recording(tmp_path: Path) -> None:
    """Any other file is told apart."""
    path = tmp_path / "run.zip"
    for data, reason in ((b"", "it is cut off"), (b"x" * 100, "it is cut off, or no recording")):
        path.write_bytes(data)
        with pytest.raises(UnusableRecordingError, match=reason):
            read_recording(path, max_bytes=MAX)
