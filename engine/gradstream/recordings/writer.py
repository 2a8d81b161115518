"""Write a recording: whole, or not at all. To be called in a thread.

Content --> .NAME.part-XXXXXXXX --renamed--> NAME
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from msgspec import json

from gradstream.ids import new_id
from gradstream.recordings.event_lines import write_lines
from gradstream.recordings.types import EVENTS, MANIFEST, MOST_BYTES, Content, UnusableRecordingError

UNFINISHED = ".part-"
"""In the name of a file that is being written, or whose writer was killed."""

PRIVATE = 0o600
"""What visitors have typed is for the user alone whose server it is."""


def write_recording(content: Content, target: Path, *, max_bytes: int) -> int:
    """Write a recording in a folder that exists; return its size in bytes.

    Raises UnusableRecordingError for one that is too large, and OSError, also when a file is gone.
    """
    most = min(max_bytes, MOST_BYTES)
    _check_content(content, most)
    unfinished = target.with_name(f".{target.name}{UNFINISHED}{new_id()[:8]}")
    try:
        unfinished.touch(mode=PRIVATE, exist_ok=False)
        with ZipFile(unfinished, "w", ZIP_STORED, allowZip64=False) as archive:
            _write(archive, content)
        size = unfinished.stat().st_size
        _check(size, most)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return size


def _check_content(content: Content, most: int) -> None:
    manifest, journal = content.manifest, content.journal
    size = manifest.files_size + sum(len(entry.body) for entry in journal.entries)
    size += 0 if journal.base is None else journal.base.size
    _check(size, most)


def _check(size: int, most: int) -> None:
    if size > most:
        raise UnusableRecordingError(f"it is larger than the {most:,} bytes that are allowed")


def _write(archive: ZipFile, content: Content) -> None:
    archive.writestr(ZipInfo(MANIFEST), json.encode(content.manifest))
    with archive.open(ZipInfo(EVENTS), "w") as events:
        for line in write_lines(content.journal):
            events.write(line)
    for index, path in enumerate(content.blobs):
        _join(archive, f"blobs/{index}", (path,))
    for index, paths in enumerate(content.streams):
        _join(archive, f"streams/{index}.mp4", paths)


def _join(archive: ZipFile, name: str, paths: Iterable[Path]) -> None:
    with archive.open(ZipInfo(name), "w") as joined:
        for path in paths:
            with path.open("rb") as file:
                shutil.copyfileobj(file, joined)
