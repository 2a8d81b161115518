"""Digests of files, read again when they have changed."""

import os
import time
from pathlib import Path

from gradstream.recordings.file_digests import FileDigests, are_older


def test_a_changed_file_has_another_digest(tmp_path: Path) -> None:
    """Also when its size and its modification time are what they were."""
    path, digests = tmp_path / "module.py", FileDigests()
    path.write_text("one")
    before, times = digests.of(str(path)), path.stat()
    assert digests.of(str(path)) == before
    path.write_text("two")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert digests.of(str(path)) not in (before, "")
    path.unlink()
    assert digests.of(str(path)) == ""


def test_older_than_a_moment(tmp_path: Path) -> None:
    """A file that was touched after the moment, or is missing, is not older than it."""
    path = tmp_path / "module.py"
    path.write_text("one")
    changed_ns = path.stat().st_ctime_ns
    assert are_older([str(path)], changed_ns + 10**9)
    assert not are_older([str(path)], changed_ns)
    assert not are_older([str(path), str(tmp_path / "gone")], time.time_ns() + 10**12)
